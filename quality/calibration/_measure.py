"""Measuring a corpus with a profile's analyzers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quality.model import Analysis, ScopeKind
from quality.runtime import Task
from quality.scoring import charges, density

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from quality.calibration._corpus import Project
    from quality.model import Profile, Rule
    from quality.runtime import Scorer


@dataclass(frozen=True, slots=True)
class Measured:
    """A project's measured sources.

    Attributes:
        project: The sources.
        analyses: One per measured source.
        refused: (path, reason) of the others.
        units: One mapping of metric → value per function, clones of the whole corpus left out.
    """

    project: Project
    analyses: tuple[Analysis, ...]
    refused: tuple[tuple[str, str], ...]
    units: tuple[Mapping[str, float], ...] = field(repr=False)


def measure(
    projects: Iterable[Project], scorer: Scorer, say: Callable[[str], None] = lambda _: None
) -> list[Measured]:
    """Analyses every project. Functions whose bodies were seen before, in any project, do not count."""
    digests: set[str] = set()
    measured: list[Measured] = []
    for project in projects:
        tasks = [Task(data, f"{project.name}/{path}") for path, data in project.files]
        analyses = [outcome.analysis for outcome in scorer.run(tasks)]
        kept = tuple(analysis for analysis in analyses if analysis.reason is None and not analysis.failures)
        refused = tuple(
            (analysis.path, analysis.detail or str(analysis.reason) or analysis.failures[0].text)
            for analysis in analyses
            if analysis not in kept
        )
        measured.append(Measured(project, kept, refused, tuple(_functions(kept, digests))))
        say(f"{project.name} {project.version}: {len(kept)} files, {len(measured[-1].units)} functions")
    return measured


def _functions(analyses: Sequence[Analysis], digests: set[str]) -> Iterable[Mapping[str, float]]:
    for analysis in analyses:
        units: dict[object, dict[str, float]] = {}
        for taken in analysis.measures:
            if taken.scope.kind is ScopeKind.FUNCTION and not (
                taken.scope.digest and taken.scope.digest in digests
            ):
                units.setdefault(taken.scope, {})[taken.metric] = taken.value
        digests.update(m.scope.digest for m in analysis.measures if m.scope.digest)
        yield from units.values()


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
