"""The functions of a report with their measures and what they cost."""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quality.model import Costs, ScopeKind, shortened
from quality_reports._facts import lost, shown_paths

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from quality.model import Contribution, Report, Scope, SourceReport


@dataclass(frozen=True, slots=True)
class FunctionFact:
    """The measures of one unit.

    Attributes:
        path: Its source.
        name: Qualified name.
        line: Where it begins.
        values: Short metric name (``cognitive``) → value.
        points: Points lost between its first and last line; for module code, outside of all functions.
        cost: Points that its own size and complexity cost.
        gain: Points that the score would gain without that.
        percentiles: Short metric name → share of functions of its size that have no more. Not scored.
    """

    path: str
    name: str
    line: int
    values: Mapping[str, float]
    points: float
    cost: float = 0.0
    gain: float = 0.0
    percentiles: Mapping[str, float] = field(default_factory=dict)


def function_facts(report: Report) -> list[FunctionFact]:
    """Lists the functions and the module code of all sources, most points lost first."""
    paths = shown_paths(report)
    entries: dict[str, list[Contribution]] = {}
    for entry in report.total.contributions:
        entries.setdefault(paths.get(entry.path, entry.path), []).append(entry)
    costs = Costs(report.total)
    functions = [
        fact
        for source in report.sources
        for fact in _functions(report, source, entries.get(source.path, []), costs)
    ]
    return sorted(functions, key=lambda fact: (-fact.points, fact.path, fact.line, fact.name))


def most_expensive(report: Report, count: int) -> list[FunctionFact]:
    """Picks the functions whose own size and complexity cost most."""
    found = [fact for fact in function_facts(report) if fact.cost > 0]
    return sorted(found, key=lambda fact: (-fact.cost, fact.path, fact.line, fact.name))[:count]


def _functions(
    report: Report, source: SourceReport, entries: Iterable[Contribution], costs: Costs
) -> Iterator[FunctionFact]:
    values: dict[Scope, dict[str, float]] = {}
    for measure in source.score.measures:
        if measure.scope.kind is not ScopeKind.CLASS:
            values.setdefault(measure.scope, {})[measure.metric] = measure.value
    losses = _losses(list(values), entries)
    for scope, measures in values.items():
        cost = costs.of_unit(source.score.path, scope)
        known = report.profile.percentiles(measures) if scope.kind is ScopeKind.FUNCTION else {}
        yield FunctionFact(
            path=source.path,
            name=shortened(scope.name),
            line=scope.line,
            values=_short(measures),
            points=lost(report.total, math.fsum(losses.get(scope, ()))),
            cost=lost(report.total, cost.loss),
            gain=100 * cost.gain,
            percentiles=_short(known),
        )


def _short(values: Mapping[str, float]) -> dict[str, float]:
    return {metric.partition(":")[2]: value for metric, value in values.items()}


def _losses(scopes: list[Scope], entries: Iterable[Contribution]) -> dict[Scope, list[float]]:
    """Gives each loss to the function that holds its line, or else to the module's own code."""
    functions = sorted(
        (s for s in scopes if s.kind is ScopeKind.FUNCTION), key=lambda s: (s.line, -s.end_line)
    )
    module = next((scope for scope in scopes if scope.kind is ScopeKind.MODULE), None)
    starts = [scope.line for scope in functions]
    losses: dict[Scope, list[float]] = {}
    for entry in entries:
        index = bisect_right(starts, entry.line) - 1
        inside = index >= 0 and entry.line <= functions[index].end_line
        owner = functions[index] if inside else module
        if owner is not None:
            losses.setdefault(owner, []).append(entry.loss)
    return losses
