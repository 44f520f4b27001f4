"""The result: a score whose every lost point is explained."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quality.model._analyzer import Trace
    from quality.model._finding import AnalyzerFailure, Finding, Measure
    from quality.model._source import Directive


class Status(enum.StrEnum):
    """Whether there is a number, and whether it rests on every analyzer."""

    MEASURED = "measured"
    PARTIAL = "partial"
    UNMEASURED = "unmeasured"


class Reason(enum.StrEnum):
    """Why a source has no number."""

    SYNTAX_ERROR = "syntax-error"
    EMPTY = "empty"
    NO_CODE = "no-code"
    TOO_LARGE = "too-large"
    ENCODING = "encoding"
    TIMEOUT = "timeout"
    MEMORY = "memory"
    CRASH = "crash"
    BAD_INPUT = "bad-input"


@dataclass(frozen=True, slots=True)
class Analysis:
    """What the analyzers found in one source, before anything is judged.

    Attributes:
        path: The source's logical path.
        sha256: Digest of the source's text.
        lloc: Logical lines of code (AST statements, docstrings aside); 0 when it was not parsed.
        findings: In their total order.
        measures: Sorted by scope and metric.
        failures: Analyzers that did not finish.
        reason: Why the source has no analysis, or None.
        detail: The reason in words ("line 3: invalid syntax"), or empty.
        directives: Suppression directives in the text.
        starts: Where statements, decorators and clauses begin: 1-based lines and columns, in their order; nothing where there are no
            findings.
        traces: What rules noted to compare it with other sources.
        seconds: CPU time spent per analyzer. Not part of the result: never compared or printed as such.
    """

    path: str
    sha256: str
    lloc: int = 0
    findings: tuple[Finding, ...] = ()
    measures: tuple[Measure, ...] = ()
    failures: tuple[AnalyzerFailure, ...] = ()
    reason: Reason | None = None
    detail: str = ""
    directives: tuple[Directive, ...] = ()
    starts: tuple[tuple[int, int], ...] = ()
    traces: tuple[Trace, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Contribution:
    """A part of the loss, and what causes it.

    Attributes:
        dimension: Where the points were lost.
        cause: Rule or metric id, ``namespace:name``.
        line: Where in the source, 1-based.
        loss: Its part of ``1 / score - 1``; never negative.
        gain: By how much the score would rise if this cause alone were gone.
        path: The source.
        scope: The function or class concerned, or empty.
    """

    dimension: str
    cause: str
    line: int
    loss: float
    gain: float = 0.0
    path: str = ""
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """A judged source, or several judged as one.

    Attributes:
        status: ``measured``, ``partial`` or ``unmeasured``.
        reason: Why it is unmeasured, else None.
        detail: The reason in words, or empty.
        value: 0 to 1, higher is better; None exactly when unmeasured.
        grade: ``A`` to ``E``; None exactly when unmeasured.
        dimensions: Dimension id → 0 to 1; empty when unmeasured.
        contributions: Where the points went, largest first; ``sum(loss) == 1 / value - 1`` to 1e-9.
        findings: All findings, charged or not, in their total order.
        measures: All measures.
        failures: Analyzers that did not finish.
        lloc: Size in logical lines of code.
        path: The source's logical path, or empty for several.
        profile: Name of the profile that judged.
        fingerprint: Names everything that can move the score; scores compare only under one fingerprint.
    """

    status: Status
    profile: str
    fingerprint: str
    value: float | None = None
    grade: str | None = None
    reason: Reason | None = None
    detail: str = ""
    dimensions: Mapping[str, float] = field(default_factory=dict)
    contributions: tuple[Contribution, ...] = ()
    findings: tuple[Finding, ...] = ()
    measures: tuple[Measure, ...] = ()
    failures: tuple[AnalyzerFailure, ...] = ()
    lloc: int = 0
    path: str = ""

    @property
    def measured(self) -> bool:
        """True when there is a number."""
        return self.value is not None
