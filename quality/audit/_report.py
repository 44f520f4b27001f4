"""What an audit found."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quality.audit.attacks import Expectation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quality.audit._cost import Cost
    from quality.audit._reliability import Reliability
    from quality.audit._trials import AttackResult
    from quality.audit.sets import InjectionResult, SetResult
    from quality.model import Fit

#: Share of injected smells that must lower the score.
FALLS = 0.99


@dataclass(frozen=True, slots=True)
class Spread:
    """How scores of a set of solutions spread.

    Attributes:
        count: Measured solutions.
        unmeasured: The others.
        distinct: Different scores, to four decimals.
        entropy: Of 20 bins, as a share of the largest possible.
        entropy_variance: What its interval needs: the variance of one score's part in it.
        above: Share of scores above 0.99.
        median: The middle score.
    """

    count: int
    unmeasured: int
    distinct: int
    entropy: float
    entropy_variance: float
    above: float
    median: float


@dataclass(frozen=True, slots=True)
class AuditReport:
    """All results; what was not asked for, or had no data, is empty or None.

    Attributes:
        profile: Name of the profile.
        fingerprint: What judged.
        versions: Python and analyzers → version.
        calibration: Facts of the calibration table.
        fit: Metric → how well the table's corpus tells of other projects.
        quick: Whether this was the bounded form.
        seed: Decided every choice.
        code: SHA-256 of the code that was read to measure on.
        bases: How many codes were attacked.
        attacks: By attack, in the families' order.
        sets: By validity set.
        injections: By injector.
        spread: How the scores of the solutions spread.
        reliability: Differences that should not be.
        cost: In times of ``ast.parse``.
        problems: Input that could not be used, a line each.
    """

    profile: str
    fingerprint: str
    versions: Mapping[str, str]
    calibration: Mapping[str, object]
    quick: bool
    seed: int
    code: str = ""
    bases: int = 0
    attacks: tuple[AttackResult, ...] = ()
    sets: tuple[SetResult, ...] = ()
    injections: tuple[InjectionResult, ...] = ()
    spread: Spread | None = None
    reliability: Reliability | None = None
    cost: Cost | None = None
    problems: tuple[str, ...] = field(default=())
    fit: Mapping[str, Fit] = field(default_factory=dict)

    @property
    def failed(self) -> tuple[str, ...]:
        """What is past its bound, a line each; empty when everything holds."""
        lines = [_attack_line(result) for result in self.attacks if not result.holds]
        lines += [
            f"set {result.name}: the worse side ranks above in {len(result.inverted)} pairs"
            for result in self.sets
            if result.name == "stubs" and result.inverted
        ]
        lines += [
            f"set {result.name}: no pair has a score on both sides"
            for result in self.sets
            if result.unmeasured and not result.judges["score"][""].pairs
        ]
        count = sum(result.count for result in self.injections)
        falls = sum(result.falls for result in self.injections)
        rises = sum(result.rises for result in self.injections)
        if count and falls < FALLS * count:
            lines.append(f"injected smells: {falls} of {count} scores fall, should be {FALLS:.0%}")
        if rises:
            lines.append(f"injected smells: {rises} of {count} scores rise, should be none")
        if self.reliability is not None and not self.reliability.holds:
            lines.append("reliability: the same text has different scores")
        return tuple(lines)


def _attack_line(result: AttackResult) -> str:
    if result.attack.expectation is Expectation.UNMEASURED:
        return f"attack {result.attack.id}: {result.applied - result.unmeasured} of {result.applied} have a score"
    return f"attack {result.attack.id}: {result.excess:.3f} past its bound"
