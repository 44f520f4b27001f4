"""What every format says about a report, made once from the model and free of any layout.

Points are hundredths of the score. The losses of a score sum to ``1 / score - 1``, so a loss times
``100 * score`` is its part of the ``100 - 100 * score`` points that are missing, again adding up exactly.
"""

from __future__ import annotations

import dataclasses
import math
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from quality.model import Cost, Severity, shortened
from quality_reports._advice import METRIC_ADVICE, REMEDIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from quality.model import Contribution, Finding, Report, Rule, Score, SourceReport

_NOT_MEASURED = "not measured"
#: Gains that are equal to so many digits are equal.
_DIGITS = 9

#: Severities, worst first.
SEVERITIES = (Severity.ERROR, Severity.WARNING, Severity.NOTE)


@dataclass(frozen=True, slots=True)
class DimensionFact:
    """A dimension of the total.

    Attributes:
        id: The dimension.
        title: For people.
        description: What is judged.
        value: 0 to 1, or None when unmeasured.
        weight: Its share in the score, 0 to 1.
        points: Points lost to it.
    """

    id: str
    title: str
    description: str
    value: float | None
    weight: float
    points: float


@dataclass(frozen=True, slots=True)
class CauseFact:
    """All that one rule or metric costs.

    Attributes:
        cause: Its id.
        title: For people.
        dimension: Where the points were lost.
        places: At how many places it is found.
        loss: Its part of ``1 / score - 1``.
        points: The same in points.
        share: The same as a share of all points lost, 0 to 1.
        gain: Points that the best single fix of it would bring.
    """

    cause: str
    title: str
    dimension: str
    places: int
    loss: float
    points: float
    share: float
    gain: float


@dataclass(frozen=True, slots=True)
class Fix:
    """One place whose repair would raise the score.

    Attributes:
        cause: Rule or metric id.
        title: What is wrong.
        advice: Why it matters or what to do.
        dimension: Where the points come back.
        path: The source.
        line: Where.
        scope: Function or class concerned, or empty.
        gain: Points that the repair brings.
        effort: Minutes it usually takes, or None when nobody has said.
    """

    cause: str
    title: str
    advice: str
    dimension: str
    path: str
    line: int
    scope: str
    gain: float
    effort: int | None


def in_points(value: float | None) -> str:
    """Writes a score as points, rounded down: 100.0 only when nothing is lost."""
    if value is None:
        return _NOT_MEASURED
    return f"{math.floor(value * 1000 + 1e-9) / 10:.1f}"


def small(points: float) -> str:
    """Writes points with two decimals, or with two digits where these would be zeros; never with an exponent."""
    if points == 0 or abs(points) >= 0.1:  # noqa: PLR2004 - see above
        return f"{points:.2f}"
    return f"{Decimal(f'{points:.2g}'):f}"


def missing(total: Score) -> str:
    """Writes the points that are lost; with ``in_points`` of the value it makes 100.0."""
    return f"{100 - float(in_points(total.value or 0.0)):.1f}"


def lost(total: Score, loss: float) -> float:
    """Turns a loss of the total into points."""
    return 100 * (total.value or 0.0) * loss


def price_of(total: Score, cost: Cost, *, several: bool = False) -> str:
    """Says what something costs and what its repair gains, in points; empty when it costs nothing."""
    if not cost.loss:
        return ""
    price, gain = small(lost(total, cost.loss)), small(100 * cost.gain)
    if several:
        return f"together cost {price} points, fixing them gains {gain}"
    return f"costs {price} points, fixing it gains {gain}"


def percent(share: float) -> str:
    """Writes a percentile: ``p93`` when 93 % have no more; never p100, which nobody can know."""
    return f"p{min(math.floor(100 * share), 99)}"


def title_of(rules: Mapping[str, Rule], cause: str) -> str:
    """Names a rule or metric for people; by its id when the catalogue does not have it."""
    rule = rules.get(cause)
    return rule.title if rule else cause


def dimension_facts(report: Report) -> tuple[DimensionFact, ...]:
    """Lists the profile's dimensions in its order."""
    losses = sums((entry.dimension, entry.loss) for entry in report.total.contributions)
    return tuple(
        DimensionFact(
            id=dimension.id,
            title=dimension.title,
            description=dimension.description,
            value=report.total.dimensions.get(dimension.id),
            weight=dimension.weight,
            points=lost(report.total, losses.get(dimension.id, 0.0)),
        )
        for dimension in report.profile.dimensions
    )


def places(report: Report) -> list[Contribution]:
    """Adds up what one cause costs at one place, most expensive first.

    A finding that holds several dimensions has a part of the loss in each; it is shown once, in its own
    dimension, with what the score would gain without all of its parts.
    """
    parts: dict[tuple[str, int, str, str], list[Contribution]] = {}
    for entry in report.total.contributions:
        parts.setdefault((entry.path, entry.line, entry.scope, entry.cause), []).append(entry)
    merged = [_merged(report, entries) for entries in parts.values()]
    return sorted(merged, key=lambda entry: (-entry.loss, entry.path, entry.line, entry.cause))


def _merged(report: Report, entries: list[Contribution]) -> Contribution:
    if len(entries) == 1:
        return entries[0]
    cost = Cost.within(report.total.value or 0.0, math.fsum(entry.loss for entry in entries))
    rule = report.rules.get(entries[0].cause)
    return dataclasses.replace(
        entries[0],
        dimension=rule.dimension if rule else entries[0].dimension,
        loss=cost.loss,
        gain=cost.gain,
    )


def cause_facts(report: Report) -> tuple[CauseFact, ...]:
    """Sums what each rule and metric costs, most expensive first."""
    entries = sorted(places(report), key=lambda entry: (entry.dimension, entry.cause))
    whole = math.fsum(entry.loss for entry in entries)
    facts = [
        _cause(report, dimension, cause, list(group), whole)
        for (dimension, cause), group in groupby(entries, key=lambda entry: (entry.dimension, entry.cause))
    ]
    return tuple(sorted(facts, key=lambda fact: (-fact.loss, fact.dimension, fact.cause)))


def _cause(
    report: Report, dimension: str, cause: str, entries: list[Contribution], whole: float
) -> CauseFact:
    loss = math.fsum(entry.loss for entry in entries)
    return CauseFact(
        cause=cause,
        title=title_of(report.rules, cause),
        dimension=dimension,
        places=len(entries),
        loss=loss,
        points=lost(report.total, loss),
        share=loss / whole if whole else 0.0,
        gain=100 * max(entry.gain for entry in entries),
    )


def best_fixes(report: Report, count: int = 3) -> tuple[Fix, ...]:
    """Picks the places whose repair raises the score most; of one place, only what gains most there.

    Of places that gain the same, those of other causes come before a second one of the same cause.
    """
    paths = shown_paths(report)
    entries = sorted(
        places(report),
        key=lambda entry: (-entry.gain, -entry.loss, entry.path, entry.line, entry.cause),
    )
    best: dict[tuple[str, int], Contribution] = {}
    for entry in entries:
        best.setdefault((entry.path, entry.line), entry)
    seen: Counter[tuple[float, str]] = Counter()
    ranked: list[tuple[float, int, Contribution]] = []
    for entry in best.values():
        gain = round(entry.gain, _DIGITS)
        ranked.append((-gain, seen[gain, entry.cause], entry))
        seen[gain, entry.cause] += 1
    ranked.sort(key=itemgetter(0, 1))
    return tuple(_fix(report, entry, paths) for _, _, entry in ranked[:count])


def _fix(report: Report, entry: Contribution, paths: Mapping[str, str]) -> Fix:
    rule = report.rules.get(entry.cause)
    return Fix(
        cause=entry.cause,
        title=title_of(report.rules, entry.cause),
        advice=METRIC_ADVICE.get(entry.cause, rule.why if rule else ""),
        dimension=entry.dimension,
        path=paths.get(entry.path, entry.path),
        line=entry.line,
        scope=shortened(entry.scope),
        gain=100 * entry.gain,
        effort=rule.effort if rule else None,
    )


def shown_paths(report: Report) -> dict[str, str]:
    """Maps the logical paths of contributions to the paths that people see."""
    paths = {source.score.path: source.path for source in report.sources}
    if len(report.sources) == 1:
        paths[""] = report.sources[0].path
    return paths


def points_by_path(report: Report) -> dict[str, float]:
    """Sums the points lost in each source, by shown path."""
    paths = shown_paths(report)
    losses = sums((paths.get(e.path, e.path), e.loss) for e in report.total.contributions)
    return {path: lost(report.total, loss) for path, loss in losses.items()}


def worst_first(report: Report) -> list[SourceReport]:
    """Orders the measured sources by points lost, most first, then by path."""
    points = points_by_path(report)
    measured = [source for source in report.sources if source.score.measured]
    return sorted(measured, key=lambda source: (-points.get(source.path, 0.0), source.path))


def unmeasured(report: Report) -> list[tuple[SourceReport, str]]:
    """Lists the sources without a number, each with what to do about it."""
    return [
        (source, REMEDIES[source.score.reason] if source.score.reason else "")
        for source in report.sources
        if not source.score.measured
    ]


def reason_of(score: Score) -> str:
    """Says why there is no number: ``syntax-error: line 3: invalid syntax``."""
    reason = str(score.reason or score.status)
    return f"{reason}: {score.detail}" if score.detail else reason


def charged(findings: Iterable[Finding]) -> list[Finding]:
    """Leaves the suppressed findings out and puts the worst first."""
    live = [finding for finding in findings if not finding.suppressed]
    return sorted(live, key=lambda finding: (SEVERITIES.index(finding.severity), finding.order))


def severity_counts(report: Report) -> dict[Severity, int]:
    """Counts the findings that were not suppressed."""
    counts = Counter(
        f.severity for source in report.sources for f in source.score.findings if not f.suppressed
    )
    return {severity: counts[severity] for severity in SEVERITIES}


def suppressed_count(report: Report) -> int:
    """Counts the findings that a directive asked to ignore."""
    return sum(finding.suppressed for source in report.sources for finding in source.score.findings)


def gate_line(report: Report) -> str:
    """Gives the gate's verdict as one sentence."""
    if not report.gated:
        return "No gate applied."
    bound = "" if report.fail_under is None else f" (asked for at least {report.fail_under:g})"
    return f"Gate {'failed' if report.failed else 'passed'}{bound}."


def sums(pairs: Iterable[tuple[str, float]]) -> dict[str, float]:
    parts: dict[str, list[float]] = {}
    for key, value in pairs:
        parts.setdefault(key, []).append(value)
    return {key: math.fsum(values) for key, values in parts.items()}
