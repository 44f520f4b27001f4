"""The functions of a report with their measures and what they cost."""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quality.model import ScopeKind
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
    """

    path: str
    name: str
    line: int
    values: Mapping[str, float]
    points: float


def function_facts(report: Report) -> list[FunctionFact]:
    """Lists the functions and the module code of all sources, most points lost first."""
    paths = shown_paths(report)
    entries: dict[str, list[Contribution]] = {}
    for entry in report.total.contributions:
        entries.setdefault(paths.get(entry.path, entry.path), []).append(entry)
    functions = [
        fact for source in report.sources for fact in _functions(report, source, entries.get(source.path, []))
    ]
    return sorted(functions, key=lambda fact: (-fact.points, fact.path, fact.line, fact.name))


def _functions(
    report: Report, source: SourceReport, entries: Iterable[Contribution]
) -> Iterator[FunctionFact]:
    values: dict[Scope, dict[str, float]] = {}
    for measure in source.score.measures:
        if measure.scope.kind is not ScopeKind.CLASS:
            values.setdefault(measure.scope, {})[measure.metric.partition(":")[2]] = measure.value
    losses = _losses(list(values), entries)
    for scope, measures in values.items():
        points = lost(report.total, math.fsum(losses.get(scope, ())))
        yield FunctionFact(source.path, scope.name, scope.line, measures, points)


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
