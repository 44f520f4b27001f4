"""Evidence from tests in words. Test names are hostile text: formats escape them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quality.model import counted

if TYPE_CHECKING:
    from quality.model import Coverage, FunctionCoverage, Report, SuiteResults

#: The change risk from which a function is listed (Savoia and Evans, 2007).
_RISKY = 30.0


def suite_line(suite: SuiteResults) -> str:
    """The results of tests as a sentence."""
    return f"Tests: {suite.passed:,} passed, {suite.failed:,} failed, {suite.skipped:,} skipped."


def coverage_line(coverage: Coverage) -> str:
    """What tests execute, as a sentence; rounded down, so that 100 % means all."""
    share = 100 * coverage.executed // coverage.statements if coverage.statements else 100
    return f"They execute {share} % of {counted(coverage.statements, 'statement')}."


def risky(report: Report) -> list[FunctionCoverage]:
    """The functions that are complex for how little tests execute of them, riskiest first."""
    coverage = report.evidence.coverage if report.evidence else None
    return [each for each in coverage.functions if each.risk > _RISKY] if coverage else []


def risk_line(function: FunctionCoverage) -> str:
    """Why a function is listed."""
    return (
        f"{function.executed:,} of {counted(function.statements, 'statement')} executed, "
        f"cyclomatic {function.cyclomatic:g}, change risk {function.risk:.0f}"
    )


def evidence_lines(report: Report) -> list[str]:
    """The sentences that there are."""
    evidence = report.evidence
    if evidence is None:
        return []
    lines = [suite_line(evidence.suite)] if evidence.suite else []
    return lines + ([coverage_line(evidence.coverage)] if evidence.coverage else [])
