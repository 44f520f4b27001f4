"""The figures of a card with their intervals, and which of them are worse than those of another card."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from quality.audit._statistics import BINS, Z95, wilson

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from quality.audit._report import AuditReport, Spread
    from quality.audit._trials import AttackResult, Gains

    Section = Literal["validity", "attacks", "reliability", "calibration", "cost"]

#: Fewer scores have an entropy, but no interval that could be believed.
_ENOUGH = 30
#: (1 - .05) / .05: how many times the gap to the second largest the largest may grow, at 95 %.
_ENDPOINT = 19.0
#: Committed figures are rounded.
_ROUNDING = 1e-4

#: By what factor the same code may cost more on another machine, or on a busy one.
_MACHINES = 1.6


@dataclass(frozen=True, slots=True)
class Figure:
    """One number on a card.

    Attributes:
        section: The card's section.
        name: What it is, the same on every card.
        value: The number.
        low: Lower end of its interval.
        high: Upper end.
        better: Which way is better.
    """

    section: Section
    name: str
    value: float
    low: float
    high: float
    better: Literal["higher", "lower"]


def figures(report: AuditReport) -> list[Figure]:
    """All figures of a report that can be better or worse."""
    return [
        *_validity(report),
        *_attacks(report),
        *_reliability(report),
        *_calibration(report),
        *_cost(report),
    ]


def worse(now: Iterable[Figure], then: Iterable[Figure], *, whole: bool, same_code: bool) -> list[str]:
    """Names the figures that are worse than before by more than their interval.

    Args:
        now: This card's figures.
        then: The other card's.
        whole: Whether all figures were measured, so that a missing one was lost.
        same_code: Whether both were measured on the same code. If so, a figure has to be in the other's interval;
            if not, the two intervals have to meet.

    Returns:
        A line each; also for figures that are missing now, but for gains of attacks on other code.
    """
    known = {(each.section, each.name): each for each in now}
    lines: list[str] = []
    for old in then:
        new = known.get((old.section, old.name))
        # Other code may hold nothing that a family of attacks could change.
        if new is None and whole and (same_code or old.section != "attacks"):
            lines.append(f"{old.section}: {old.name}: not measured, was {_number(old.value)}")
        if new is not None and _is_worse(new, old, same_code=same_code):
            span = f"[{_number(old.low)}, {_number(old.high)}]"
            lines.append(f"{old.section}: {old.name}: {_number(new.value)}, was {_number(old.value)} {span}")
    return lines


def figure_of(entry: Mapping[str, Any]) -> Figure:
    """Reads a figure of a card's JSON.

    Raises:
        KeyError: A part is missing.
        TypeError: A part is no number.
        ValueError: A part is no number.
    """
    return Figure(
        entry["section"],
        str(entry["name"]),
        float(entry["value"]),
        float(entry["low"]),
        float(entry["high"]),
        "higher" if entry["better"] == "higher" else "lower",
    )


def _is_worse(new: Figure, old: Figure, *, same_code: bool) -> bool:
    if old.better == "higher":
        return (new.value if same_code else new.high) < old.low - _ROUNDING
    return (new.value if same_code else new.low) > old.high + _ROUNDING


def _number(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")


def _share(
    section: Section, name: str, part: float, count: float, better: Literal["higher", "lower"]
) -> Figure:
    value = part / count if count else 0.0
    return Figure(section, name, value, *wilson(value, count), better)


def _validity(report: AuditReport) -> Iterator[Figure]:
    for result in report.sets:
        whole = result.judges["score"][""]
        name = f"set {result.name}"
        yield Figure("validity", f"{name}: better side wins", whole.wins, *whole.wins_interval, "higher")
        yield Figure("validity", f"{name}: inverted", whole.inverted, *whole.inverted_interval, "lower")
    count, falls, rises = (
        sum(getattr(each, key) for each in report.injections) for key in ("count", "falls", "rises")
    )
    if count:
        yield _share("validity", "injected smells: score falls", falls, count, "higher")
        yield _share("validity", "injected smells: score rises", rises, count, "lower")
    if report.spread:
        spread = report.spread
        if spread.count >= _ENOUGH:
            yield Figure(
                "validity", "spread: entropy of 20 bins", spread.entropy, *_entropy(spread), "higher"
            )
        above = spread.above * spread.count
        yield _share("validity", "spread: share above .99", above, spread.count, "lower")


def _entropy(spread: Spread) -> tuple[float, float]:
    """The normal interval of a plug-in entropy (Miller and Madow, 1955), as a share of the largest."""
    half = Z95 * math.sqrt(spread.entropy_variance / max(spread.count, 1)) / math.log(BINS)
    return max(0.0, spread.entropy - half), min(1.0, spread.entropy + half)


def _attacks(report: AuditReport) -> Iterator[Figure]:
    if not report.attacks:
        return
    held = sum(result.holds for result in report.attacks)
    yield _share("attacks", "attacks within their bound", held, len(report.attacks), "higher")
    applied = sum(result.applied for result in report.attacks)
    past = sum(result.past for result in report.attacks)
    # All attacks meet the same codes, which are therefore what the interval counts.
    part = past / applied * report.bases if applied else 0
    yield _share("attacks", "attacked codes past the bound", part, report.bases, "lower")
    families: dict[str, list[AttackResult]] = {}
    for result in report.attacks:
        families.setdefault(result.attack.family, []).append(result)
    for family, results in [("all families", report.attacks), *families.items()]:
        for what, side in (("largest gain", "alone"), ("largest gain with a reference", "against")):
            gains = [found for each in results if (found := getattr(each, side))]
            if gains:
                bound = max(getattr(each.attack.bound, side) for each in results)
                yield _largest(f"{family}: {what}", gains, bound)


def _largest(name: str, gains: Iterable[Gains], bound: float) -> Figure:
    """The largest gain, with the upper limit of what more codes may show (Robson and Whitlock, 1964).

    A gain within the bound is allowed, so the limit is never lower.
    """
    most = max(gains, key=lambda each: each.largest)
    limit = min(max(most.largest + _ENDPOINT * (most.largest - most.second), bound), 1.0)
    return Figure("attacks", name, most.largest, most.second, limit, "lower")


def _reliability(report: AuditReport) -> Iterator[Figure]:
    """Nothing is left to chance here, so there is no interval."""
    found = report.reliability
    if found is None:
        return
    counts = {
        "scored again: differences": found.twice,
        "in the reverse order: differences": found.other_order,
        "in a hostile folder: differences": found.hostile_folder,
    }
    for name, count in counts.items():
        if count is not None:
            yield Figure("reliability", name, count, count, count, "lower")


def _calibration(report: AuditReport) -> Iterator[Figure]:
    """Distances of left-out projects; the table decides them, so there is no interval."""
    for metric, fit in report.fit.items():
        for what, distance in (("all functions", fit.reference), ("same size", fit.peers)):
            if distance is not None:
                name = f"{metric}, {what}: distance of left-out projects"
                yield Figure("calibration", name, distance, distance, distance, "lower")


def _cost(report: AuditReport) -> Iterator[Figure]:
    if report.cost is not None:
        cost = report.cost
        low, high = min(cost.low, cost.ratio / _MACHINES), max(cost.high, cost.ratio * _MACHINES)
        yield Figure("cost", "times ast.parse, median", cost.ratio, low, high, "lower")
