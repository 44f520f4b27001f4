"""From the model to plain mappings."""

from __future__ import annotations

import math
from itertools import groupby
from typing import TYPE_CHECKING

from quality.model import Costs, ScopeKind, Severity, Status

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quality.model import (
        AnalyzerFailure,
        Contribution,
        Cost,
        Directive,
        Evidence,
        Finding,
        FunctionCoverage,
        Profile,
        Report,
        Scope,
        Score,
        SourceReport,
    )
    from quality.schema.shapes import (
        CauseObject,
        ContributionObject,
        DirectiveObject,
        EvidenceObject,
        FailureObject,
        FindingCounts,
        FindingObject,
        FunctionCoverageObject,
        MeasuresObject,
        PricedFindingObject,
        ReportDocument,
        ScoreLine,
        SourceObject,
        StatusCounts,
        SummaryObject,
    )


def score_line(identity: object, score: Score) -> ScoreLine:
    """Makes an output line of ``quality score``.

    Args:
        identity: The input's id, of any JSON type.
        score: The score.
    """
    return {
        "id": identity,
        "status": score.status,
        "reason": score.reason,
        "score": score.value,
        "grade": score.grade,
        "dimensions": dict(score.dimensions),
        "contributions": [_contribution(entry) for entry in score.contributions],
        "findings": [finding_object(finding) for finding in score.findings],
        "profile": score.profile,
        "fingerprint": score.fingerprint,
    }


def finding_object(finding: Finding) -> FindingObject:
    """Makes the object of one finding."""
    where = finding.location
    return {
        "rule": finding.rule_id,
        "dimension": finding.dimension,
        "severity": finding.severity,
        "confidence": finding.confidence,
        "line": where.line,
        "column": where.column,
        "end_line": where.end_line,
        "end_column": where.end_column,
        "message": finding.message,
        "cwe": finding.cwe,
        "suppressed": finding.suppressed,
        "fingerprint": finding.fingerprint,
    }


def source_object(source: SourceReport, profile: Profile) -> SourceObject:
    """Makes the object of one source in the document of ``quality check``."""
    score = source.score
    costs = Costs(score)
    return {
        **score_line(source.path, score),
        "findings": [_priced(finding, costs) for finding in score.findings],
        "path": source.path,
        "detail": score.detail,
        "lloc": score.lloc,
        "measures": _measures(score, costs, profile),
        "failures": [_failure(failure) for failure in score.failures],
        "directives": [_directive(directive) for directive in source.directives],
    }


def report_document(report: Report) -> ReportDocument:
    """Makes the whole document of ``quality check --format json``."""
    return {
        "schema": "quality/1",
        "profile": report.profile.name,
        "fingerprint": report.total.fingerprint,
        "summary": _summary(report),
        "sources": [source_object(source, report.profile) for source in report.sources],
        "versions": dict(sorted(report.versions.items())),
        "evidence": None if report.evidence is None else _evidence(report.evidence),
    }


def _evidence(evidence: Evidence) -> EvidenceObject:
    suite, coverage = evidence.suite, evidence.coverage
    return {
        "suite": None
        if suite is None
        else {
            "passed": suite.passed,
            "failed": suite.failed,
            "skipped": suite.skipped,
            "failures": [
                {"name": test.name, "kind": test.kind, "message": test.message} for test in suite.failures
            ],
        },
        "coverage": None
        if coverage is None
        else {
            "executed": coverage.executed,
            "statements": coverage.statements,
            "functions": [_function(function) for function in coverage.functions],
        },
    }


def _function(function: FunctionCoverage) -> FunctionCoverageObject:
    return {
        "path": function.path,
        "name": function.name,
        "line": function.line,
        "executed": function.executed,
        "statements": function.statements,
        "cyclomatic": function.cyclomatic,
        "risk": function.risk,
    }


def _summary(report: Report) -> SummaryObject:
    total = report.total
    return {
        "title": report.title,
        "status": total.status,
        "reason": total.reason,
        "detail": total.detail,
        "score": total.value,
        "grade": total.grade,
        "dimensions": dict(total.dimensions),
        "lloc": total.lloc,
        "sources": _statuses(report.sources),
        "findings": _counts(finding for source in report.sources for finding in source.score.findings),
        "causes": _causes(total.contributions),
        "gate": {
            "passed": not report.failed,
            "fail_under": report.fail_under,
            "failed": list(report.failed),
        },
    }


def _contribution(entry: Contribution) -> ContributionObject:
    return {
        "dimension": entry.dimension,
        "cause": entry.cause,
        "line": entry.line,
        "loss": entry.loss,
        "gain": entry.gain,
        "scope": entry.scope,
    }


def _priced(finding: Finding, costs: Costs) -> PricedFindingObject:
    cost = costs.of(finding)
    return {**finding_object(finding), "loss": cost.loss, "gain": cost.gain}


def _measures(score: Score, costs: Costs, profile: Profile) -> list[MeasuresObject]:
    """Groups measures by scope, in order of place and then name."""
    ordered = sorted(score.measures, key=lambda m: (*_place(m.scope), m.metric))
    return [
        _measured(
            scope,
            {measure.metric: measure.value for measure in group},
            costs.of_unit(score.path, scope),
            profile,
        )
        for scope, group in groupby(ordered, key=lambda measure: measure.scope)
    ]


def _measured(scope: Scope, values: dict[str, float], cost: Cost, profile: Profile) -> MeasuresObject:
    return {
        "kind": scope.kind,
        "name": scope.name,
        "line": scope.line,
        "end_line": scope.end_line,
        "values": values,
        "percentiles": profile.percentiles(values) if scope.kind is ScopeKind.FUNCTION else {},
        "loss": cost.loss,
        "gain": cost.gain,
    }


def _place(scope: Scope) -> tuple[int, int, str, str, str]:
    return (scope.line, scope.end_line, scope.name, scope.kind, scope.digest)


def _failure(failure: AnalyzerFailure) -> FailureObject:
    return {"analyzer": failure.analyzer, "kind": failure.kind, "text": failure.text}


def _directive(directive: Directive) -> DirectiveObject:
    return {
        "tool": directive.tool,
        "codes": list(directive.codes),
        "line": directive.location.line,
        "first_line": directive.first_line,
        "last_line": directive.last_line,
    }


def _causes(contributions: Iterable[Contribution]) -> list[CauseObject]:
    """Sums the losses of each cause, largest first."""
    losses: dict[tuple[str, str], list[float]] = {}
    for entry in contributions:
        losses.setdefault((entry.dimension, entry.cause), []).append(entry.loss)
    causes: list[CauseObject] = [
        {"dimension": dimension, "cause": cause, "places": len(values), "loss": math.fsum(values)}
        for (dimension, cause), values in losses.items()
    ]
    return sorted(causes, key=lambda cause: (-cause["loss"], cause["dimension"], cause["cause"]))


def _counts(findings: Iterable[Finding]) -> FindingCounts:
    counts: FindingCounts = {"error": 0, "warning": 0, "note": 0, "suppressed": 0}
    for finding in findings:
        if finding.suppressed:
            counts["suppressed"] += 1
        elif finding.severity is Severity.ERROR:
            counts["error"] += 1
        elif finding.severity is Severity.WARNING:
            counts["warning"] += 1
        else:
            counts["note"] += 1
    return counts


def _statuses(sources: Iterable[SourceReport]) -> StatusCounts:
    statuses = [source.score.status for source in sources]
    return {
        "measured": statuses.count(Status.MEASURED),
        "partial": statuses.count(Status.PARTIAL),
        "unmeasured": statuses.count(Status.UNMEASURED),
    }
