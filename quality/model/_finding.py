"""What analyzers report: findings, measures and their own failures."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from quality.model._location import Location
    from quality.model._rule import Confidence, Rule, Severity


@dataclass(frozen=True, slots=True)
class FlowStep:
    """A place that data passes on its way to a defect.

    Attributes:
        location: Where.
        text: What happens to it there, as a short phrase.
    """

    location: Location
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One defect at one place.

    Attributes:
        rule_id: The catalogue entry, ``namespace:name``.
        message: What is wrong here, with the names from the code.
        location: Where.
        severity: How bad.
        confidence: How sure.
        dimension: Id of the dimension that it costs points in.
        cwe: Common Weakness Enumeration number, or None.
        fingerprint: Identity across edits that do not touch the defect; set by the host.
        suppressed: True when a directive in the text asked to ignore it; set by the host.
        flow: The way that data took to the defect, from where it enters; empty when flow has no part in it.
    """

    rule_id: str
    message: str
    location: Location
    severity: Severity
    confidence: Confidence
    dimension: str
    cwe: int | None = None
    fingerprint: str = ""
    suppressed: bool = False
    flow: tuple[FlowStep, ...] = ()

    @classmethod
    def of(
        cls,
        rule: Rule,
        message: str,
        location: Location,
        *,
        severity: Severity | None = None,
        confidence: Confidence | None = None,
        cwe: int | None = None,
        flow: tuple[FlowStep, ...] = (),
    ) -> Finding:
        """Makes a finding of a rule; what is not given comes from the catalogue."""
        return cls(
            rule_id=rule.id,
            message=message,
            location=location,
            severity=severity or rule.severity,
            confidence=confidence or rule.confidence,
            dimension=rule.dimension,
            cwe=cwe if cwe is not None else rule.cwe,
            flow=flow,
        )

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """The total order of findings: path, line, column, rule id, message."""
        where = self.location
        return (where.path, where.line, where.column, self.rule_id, self.message)


class ScopeKind(enum.StrEnum):
    """What a measure is taken over."""

    FUNCTION = "function"
    CLASS = "class"
    MODULE = "module"


@dataclass(frozen=True, slots=True)
class Scope:
    """A function, class or module.

    Attributes:
        kind: Which of the three. Module code outside any function is the scope ``<module>`` of kind module.
        name: Qualified name (``Class.method``).
        line: First line of its ``def`` or ``class`` statement (not of a decorator); 1 for a module.
        end_line: Last line.
        digest: The same text for units with identical bodies (names of their own aside), else empty.
    """

    kind: ScopeKind
    name: str
    line: int
    end_line: int
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Metric:
    """The definition of a measured quantity.

    Attributes:
        id: ``namespace:name``, for example ``radon:cognitive``.
        title: For people.
        unit: What is counted, in the plural ("statements").
        direction: Which way is better; ``none`` for plain facts.
        minimum: Smallest possible value.
        maximum: Largest possible value, or None when there is none.
    """

    id: str
    title: str
    unit: str
    direction: Literal["lower", "higher", "none"] = "none"
    minimum: float = 0.0
    maximum: float | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """One value of a metric.

    Attributes:
        metric: Id of the metric.
        value: The value, finite, in the metric's unit.
        scope: What it was taken over.
    """

    metric: str
    value: float
    scope: Scope


class FailureKind(enum.StrEnum):
    """How an analyzer failed on a source."""

    CRASH = "crash"
    TIMEOUT = "timeout"
    MEMORY = "memory"
    INVALID_OUTPUT = "invalid_output"


@dataclass(frozen=True, slots=True)
class AnalyzerFailure:
    """An analyzer did not finish a source. Never the same as "no finding".

    Attributes:
        analyzer: Its id.
        kind: How it failed.
        text: What it said, one line, without paths of this machine.
        rule: Id of the rule that failed alone, when the analyzer finished without it; or empty.
    """

    analyzer: str
    kind: FailureKind
    text: str
    rule: str = ""
