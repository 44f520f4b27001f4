"""Shapes of the JSON documents. Only type checkers and ``json_schema`` import this: it needs pydantic."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict

from quality.model import (  # noqa: TC001 - pydantic reads the annotations
    Confidence,
    FailureKind,
    Reason,
    ScopeKind,
    Severity,
    Status,
)

Unit = Annotated[float, Field(ge=0, le=1)]
Loss = Annotated[float, Field(ge=0)]
Line = Annotated[int, Field(ge=1)]
Count = Annotated[int, Field(ge=0)]


class FindingObject(TypedDict):
    """One defect. Lines and columns are 1-based, columns count code points, the end is exclusive."""

    rule: Annotated[str, Field(pattern=r"^[^:]+:.+$")]
    dimension: str
    severity: Severity
    confidence: Confidence
    line: Line
    column: Line
    end_line: Line
    end_column: Line
    message: str
    cwe: int | None
    suppressed: bool
    fingerprint: str


class PricedFindingObject(FindingObject):
    """A finding with what it costs in its source; nothing where an equivalent one is charged."""

    loss: Annotated[Loss, Field(description="Its part of 1 / score - 1.")]
    gain: Annotated[float, Field(description="By how much the score would rise if it alone were gone.")]


class ContributionObject(TypedDict):
    """A part of the loss. The losses of a score sum to 1 / score - 1."""

    dimension: str
    cause: Annotated[str, Field(description="Rule or metric id.")]
    line: Line
    loss: Loss
    gain: Annotated[float, Field(description="By how much the score would rise if this alone were gone.")]
    scope: Annotated[str, Field(description="Function or class concerned, or empty.")]


class ScoreLine(TypedDict):
    """One output line of ``quality score``; other keys of the input line pass through."""

    id: Annotated[object, Field(description="The input's id, unchanged.")]
    status: Status
    reason: Reason | None
    score: Unit | None
    grade: str | None
    dimensions: dict[str, Unit]
    contributions: list[ContributionObject]
    findings: list[FindingObject]
    profile: str
    fingerprint: str


class MeasuresObject(TypedDict):
    """What was measured over one function, class or module."""

    kind: ScopeKind
    name: str
    line: Line
    end_line: Line
    values: Annotated[dict[str, float], Field(description="Metric id to value.")]
    percentiles: Annotated[
        dict[str, Unit],
        Field(
            description="Metric id to the share of functions of the same size that have no more. Not scored."
        ),
    ]
    loss: Annotated[Loss, Field(description="What its size and complexity cost, its findings aside.")]
    gain: Annotated[float, Field(description="By how much the score would rise without that.")]


class FailureObject(TypedDict):
    """An analyzer that did not finish the source."""

    analyzer: str
    kind: FailureKind
    text: str


class DirectiveObject(TypedDict):
    """A comment that asks a tool to look away."""

    tool: str
    codes: list[str]
    line: Line
    first_line: Line
    last_line: Line


class SourceObject(ScoreLine):
    """A source in the document of ``quality check``; its id is its path."""

    path: str
    detail: Annotated[str, Field(description="The reason in words, or empty.")]
    findings: list[PricedFindingObject]  # type: ignore[misc]
    lloc: Count
    measures: list[MeasuresObject]
    failures: list[FailureObject]
    directives: list[DirectiveObject]


class CauseObject(TypedDict):
    """All contributions of one cause to the total. Their losses sum to 1 / score - 1 of the total."""

    dimension: str
    cause: str
    places: Count
    loss: Loss


class FindingCounts(TypedDict):
    """Findings by severity, without the suppressed ones, which are counted on their own."""

    error: Count
    warning: Count
    note: Count
    suppressed: Count


class StatusCounts(TypedDict):
    """Sources by status."""

    measured: Count
    partial: Count
    unmeasured: Count


class GateObject(TypedDict):
    """The gate's verdict."""

    passed: bool
    fail_under: Annotated[float | None, Field(description="Bound on 100 x score, or null.")]
    failed: Annotated[list[str], Field(description="Why it failed, a line each.")]


class SummaryObject(TypedDict):
    """All sources together."""

    title: str
    status: Status
    reason: Reason | None
    detail: str
    score: Unit | None
    grade: str | None
    dimensions: dict[str, Unit]
    lloc: Count
    sources: StatusCounts
    findings: FindingCounts
    causes: list[CauseObject]
    gate: GateObject


class FailedTestObject(TypedDict):
    """A test that did not pass."""

    name: str
    kind: Literal["failure", "error"]
    message: str


class SuiteObject(TypedDict):
    """Results of tests."""

    passed: Count
    failed: Count
    skipped: Count
    failures: list[FailedTestObject]


class FunctionCoverageObject(TypedDict):
    """How much of a function tests execute."""

    path: str
    name: str
    line: Line
    executed: Count
    statements: Annotated[int, Field(ge=1)]
    cyclomatic: float
    risk: Annotated[float, Field(ge=0, description="c^2 (1 - executed/statements)^3 + c.")]


class CoverageObject(TypedDict):
    """How much of the judged sources tests execute."""

    executed: Count
    statements: Count
    functions: list[FunctionCoverageObject]


class EvidenceObject(TypedDict):
    """What tests say. It moves no score."""

    suite: SuiteObject | None
    coverage: CoverageObject | None


class ReportDocument(TypedDict):
    """The document of ``quality check --format json``."""

    schema: Literal["quality/1"]
    profile: str
    fingerprint: str
    summary: SummaryObject
    sources: list[SourceObject]
    versions: Annotated[dict[str, str], Field(description="Tool to version.")]
    evidence: Annotated[EvidenceObject | None, Field(description="Null when no tests were named.")]
