"""Measuring a corpus with a profile's analyzers."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quality.model import Firing, Reason, ScopeKind, Source, body_digest, counted, is_function
from quality.runtime import Task
from quality.scoring import charges, density

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from quality.calibration._corpus import Project
    from quality.model import Analysis, Profile, Rule
    from quality.runtime import Scorer


@dataclass(frozen=True, slots=True)
class Measured:
    """A project's measured sources.

    Attributes:
        project: The sources.
        analyses: One per measured source; sources of which every function is a clone are left out.
        refused: (path, reason) of the others, apart from empty ones.
        units: One mapping of metric → value per function, clones of the whole corpus left out.
    """

    project: Project
    analyses: tuple[Analysis, ...]
    refused: tuple[tuple[str, str], ...]
    units: tuple[Mapping[str, float], ...] = field(repr=False)


def measure(
    projects: Iterable[Project],
    scorer: Scorer,
    say: Callable[[str], None] | None = None,
    lose: Callable[[str], None] | None = None,
) -> list[Measured]:
    """Analyses every project. Functions whose bodies were seen before, in any project, do not count."""
    digests: set[str] = set()
    measured: list[Measured] = []
    for project in projects:
        tasks = [Task(data, f"{project.name}/{path}") for path, data in project.files]
        kept: list[Analysis] = []
        refused: list[tuple[str, str]] = []
        units: list[Mapping[str, float]] = []
        for (_, data), outcome in zip(project.files, scorer.run(tasks), strict=True):
            analysis = outcome.analysis
            if analysis.reason in {Reason.EMPTY, Reason.NO_CODE}:
                continue
            if analysis.reason is not None or analysis.failures:
                refused.append((analysis.path, _why(analysis)))
                continue
            functions, clone = _functions(analysis, data, digests)
            units += functions
            if not clone:
                kept.append(analysis)
        measured.append(Measured(project, tuple(kept), tuple(refused), tuple(units)))
        if say:
            title = f"{project.name} {project.version}".rstrip()
            say(f"{title}: {counted(len(kept), 'source')}")
        if lose:
            for path, why in (*((f"{project.name}/{path}", why) for path, why in project.lost), *refused):
                lose(f"{path}: {why}")
    return measured


def _why(analysis: Analysis) -> str:
    if analysis.reason is None:
        return "; ".join(f"{failure.analyzer}: {failure.text}" for failure in analysis.failures)
    return f"{analysis.reason} ({analysis.detail})" if analysis.detail else str(analysis.reason)


def _functions(analysis: Analysis, data: bytes, digests: set[str]) -> tuple[list[Mapping[str, float]], bool]:
    """The functions that were not seen before, and whether the source has functions and all of them were."""
    units: dict[tuple[str, int], dict[str, float]] = {}
    for taken in analysis.measures:
        if taken.scope.kind is ScopeKind.FUNCTION:
            units.setdefault((taken.scope.name, taken.scope.line), {})[taken.metric] = taken.value
    bodies = {
        (unit.scope.name, unit.scope.line): body_digest(unit.node)
        for unit in Source(data.decode("utf-8-sig"), analysis.path).outline.units
        if is_function(unit.node)
    }
    fresh: list[Mapping[str, float]] = []
    for place, values in units.items():
        digest = bodies.get(place, "")
        if not digest or digest not in digests:
            digests.add(digest)
            fresh.append(values)
    return fresh, bool(units) and not fresh


def densities(
    measured: Measured, profile: Profile, rules: Mapping[str, Rule], least: int
) -> dict[str, list[float]]:
    """Dimension → points per logical line, one value per source of at least so many lines."""
    found: dict[str, list[float]] = {}
    for analysis in measured.analyses:
        if analysis.lloc < least:
            continue
        charged = charges([analysis], profile, rules)
        for dimension in profile.dimensions:
            if dimension.half_points is not None:
                points = sum(charge.points for charge in charged.get(dimension.id, []))
                found.setdefault(dimension.id, []).append(density(points, analysis.lloc, profile))
    return found


def firing(measured: Sequence[Measured], rules: Iterable[str]) -> dict[str, Firing]:
    """How often each rule fires; every project weighs the same."""
    counts: dict[str, list[tuple[float, float]]] = {rule_id: [] for rule_id in rules}
    usable = [project for project in measured if any(analysis.lloc for analysis in project.analyses)]
    for project in usable:
        lloc = sum(analysis.lloc for analysis in project.analyses)
        found = Counter(f.rule_id for analysis in project.analyses for f in analysis.findings)
        places = Counter(
            rule_id for analysis in project.analyses for rule_id in {f.rule_id for f in analysis.findings}
        )
        for rule_id in counts.keys() & found.keys():
            counts[rule_id].append((1000 * found[rule_id] / lloc, places[rule_id] / len(project.analyses)))
    if not usable:
        return {}
    return {
        rule_id: Firing(
            _share(len(usable), (by_line for by_line, _ in rates)),
            _share(len(usable), (by_source for _, by_source in rates)),
        )
        for rule_id, rates in sorted(counts.items())
    }


def _share(projects: int, rates: Iterable[float]) -> float:
    """The mean over all projects, of which those that are left out have none."""
    return round(math.fsum(rates) / projects, 4)
