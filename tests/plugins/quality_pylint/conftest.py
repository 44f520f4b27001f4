"""An open analyzer, and findings in a form that tests can state."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from quality.model import AnalyzerContext, Finding, Source
from quality_pylint import PylintAnalyzer, catalogue, groups

NOT_COMPARABLE = groups()["environment"] | groups()["several-files"] | groups()["tool"]

Look = Callable[..., list[str]]


def make_analyzer(left_out: Iterable[str] = NOT_COMPARABLE) -> PylintAnalyzer:
    """An open analyzer with all rules but these."""
    absent = frozenset(left_out)
    analyzer = PylintAnalyzer()
    analyzer.open(AnalyzerContext({rule.id: rule for rule in catalogue() if rule.id not in absent}))
    return analyzer


def opened(*symbols: str, standalone: bool = True, sealed: bool = True) -> PylintAnalyzer:
    """An open analyzer that looks for these messages only."""
    rules = {rule.id: rule for rule in catalogue()}
    asked = {f"pylint:{symbol}": rules[f"pylint:{symbol}"] for symbol in symbols}
    analyzer = PylintAnalyzer()
    analyzer.open(AnalyzerContext(asked, {"standalone": standalone}, sealed=sealed))
    return analyzer


def place(finding: Finding) -> tuple[str, int, int]:
    """Symbol, line and column."""
    return finding.rule_id.removeprefix("pylint:"), finding.location.line, finding.location.column


@pytest.fixture(scope="session")
def analyzer() -> PylintAnalyzer:
    """An open analyzer with the rules that depend on nothing but the text."""
    return make_analyzer()


@pytest.fixture(scope="session")
def look(analyzer: PylintAnalyzer) -> Look:
    """Analyses a text: symbols of its findings, sorted, those of layout and docstrings left out."""
    uninteresting = groups()["layout"] | groups()["snippet"]

    def look_at(text: str) -> list[str]:
        findings = analyzer.analyze(Source(text)).findings
        return sorted(place(each)[0] for each in findings if each.rule_id not in uninteresting)

    return look_at
