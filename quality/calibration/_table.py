"""Writing a calibration table from a measured corpus."""

from __future__ import annotations

import dataclasses
import hashlib
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quality.calibration._corpus import distinct
from quality.calibration._fit import fit
from quality.calibration._measure import densities, firing, measure
from quality.calibration._peers import fit_peers, pooled
from quality.calibration._statistics import quantile
from quality.model import Curve, UsageError, counted
from quality.runtime import Scorer, plugins_for
from quality.scoring import judge

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence

    from quality.calibration._corpus import Project
    from quality.calibration._measure import Measured
    from quality.model import Fit, Peers, Profile, Rule


#: Logical lines of a sample. HumanEval's solutions have 2, 7 and 16 at the 5 %, 50 % and 95 % quantiles.
SNIPPET_LLOC = (3, 20)


@dataclass(frozen=True, slots=True)
class CalibrationPlan:
    """What a table is made of, apart from the corpus.

    Attributes:
        name: The table's name.
        files: Most sources per project, so that no project outweighs the others.
        measured: Most sources per project whose functions are measured and nothing else: curves need more code
            than findings do, and measuring is cheap.
        snippet_lloc: Take functions of such sizes as sources instead of files, or None.
        curve_levels: Share of functions that do not exceed the values scoring 0.9 and 0.5.
        affected_level: Share of the sources with a finding in a dimension that score better than 0.5 there.
        least_affected: Fewer sources with a finding say nothing; the half-point stays what it was. Three quarters of
            a hundred are known to within ±4 %; of 34, which 79 projects had for efficiency, to within ±7 %: the
            half-point could be anything from 0.06 to 0.11.
        policy: Dimensions whose half-point stays what it was, whatever the corpus has. The weaknesses of good
            packages are mostly suspicions of low certainty, several to a function: measured by these, a certain
            one would cost a sample less than the lines of the check that removes it. What looks like a stub in a
            function of theirs that is taken alone is mostly one that others override, replace or decorate.
        least_lloc: Smaller files say nothing about densities.
        grade_levels: Grade → share of sources, and of projects, that get it or a better one.
    """

    name: str
    files: int = 40
    measured: int = 150
    snippet_lloc: tuple[int, int] | None = None
    curve_levels: tuple[float, float] = (0.75, 0.98)
    affected_level: float = 0.9
    least_affected: int = 100
    policy: tuple[str, ...] = ()
    least_lloc: int = 20
    grade_levels: tuple[tuple[str, float], ...] = (("A", 0.10), ("B", 0.35), ("C", 0.65), ("D", 0.90))


def snippet_plan(name: str, files: int = 40, measured: int = 150) -> CalibrationPlan:
    """The plan for tables that judge samples: sources of a sample's size, and a finer scale for them.

    Args:
        name: The table's name.
        files: Most sources per project of which the findings count.
        measured: Most sources per project whose functions are measured.
    """
    return CalibrationPlan(
        name,
        files=files,
        measured=measured,
        snippet_lloc=SNIPPET_LLOC,
        curve_levels=(0.5, 0.95),
        affected_level=0.75,
        policy=("security", "structure"),
        least_lloc=0,
    )


def calibrate(
    projects: Sequence[Project],
    profile: Profile,
    plan: CalibrationPlan,
    *,
    workers: int,
    today: dt.date,
    say: Callable[[str], None] | None = None,
    lose: Callable[[str], None] | None = None,
) -> dict[str, object]:
    """Measures the projects and returns the table, ready to be written as JSON.

    Exponents, points and confidence factors are policy and stay as the profile has them. Anchors of the
    curves are quantiles over functions, half-points quantiles over the sources that have a finding in the
    dimension, grades quantiles over the sources' scores under the new constants. Every project weighs the same.

    Sources and functions that are there twice count once.

    Args:
        projects: The corpus, in any order.
        profile: Says which rules and metrics count, and has the policy.
        plan: How much of each project is measured, and which quantiles make the constants.
        workers: Worker processes; 0 for none.
        today: The date that stands in the table.
        say: Gets a line on what is done next, from time to time.
        lose: Gets a line for each source that cannot be used.

    Raises:
        UsageError: The corpus is too small for a quantile that is asked for.
    """
    projects = sorted(projects, key=lambda project: (project.name.lower(), project.version, project.sha256))
    if plan.snippet_lloc:
        projects = [project.snippets(*plan.snippet_lloc) for project in projects]
    projects = distinct(projects)
    if say:
        say(f"measuring functions of {counted(len(projects), 'project')}")
    with Scorer(_measuring(profile), workers=workers, timeout=20.0) as scorer:
        sizes = measure([project.sample(plan.measured) for project in projects], scorer)
    with Scorer(profile, workers=workers, timeout=20.0) as scorer:
        measured = measure([project.sample(plan.files) for project in projects], scorer, say, lose)
        versions = scorer.versions
    rules = plugins_for(profile).rules
    enabled = {rule_id: rule for rule_id, rule in rules.items() if profile.enables(rule_id)}
    curves = _curves(sizes, profile, plan)
    half_points = _half_points(measured, profile, enabled, plan)
    judged_by = _with_constants(profile, curves, half_points)
    table = profile.calibration
    peers, fits = _peers(sizes, profile)
    return {
        "name": plan.name,
        "curves": _by_name(curves),
        "half-points": half_points,
        "points": dict(table.points),
        "confidence": dict(table.confidence),
        "grades": _source_grades(measured, judged_by, enabled, plan),
        "total-grades": _total_grades(measured, judged_by, enabled, plan),
        "peers": _by_name(peers),
        "fit": _by_name(fits),
        "firing": {
            rule_id: {"per-kilo": each.per_kilo, "share": each.share}
            for rule_id, each in firing(measured, enabled).items()
        },
        "facts": _facts(measured, sizes, plan, versions, today),
    }


def _by_name(constants: Mapping[str, Curve | Peers | Fit]) -> dict[str, dict[str, object]]:
    """Constants by their metric, as JSON has them."""
    return {metric: dataclasses.asdict(each) for metric, each in constants.items()}


def _measuring(profile: Profile) -> Profile:
    """The profile with no other analyzers than those that measure functions; a metric's namespace names its own."""
    wanted = {metric.partition(":")[0] for metric in (*profile.calibration.curves, profile.size_metric)}
    uses = tuple(use for use in profile.analyzers if use.id in wanted)
    return dataclasses.replace(profile, analyzers=uses, options={})


def _weighted(samples: Sequence[Sequence[float]]) -> list[tuple[float, float]]:
    """Gives every project the same weight."""
    return [(value, 1.0 / len(values)) for values in samples for value in values]


def _curves(measured: Sequence[Measured], profile: Profile, plan: CalibrationPlan) -> dict[str, Curve]:
    curves: dict[str, Curve] = {}
    for metric, old in profile.calibration.curves.items():
        sample = _weighted(
            [
                [old.charged(unit[metric], unit) for unit in project.units if metric in unit]
                for project in measured
            ]
        )
        if not sample:
            raise UsageError(f"The corpus has no value of {metric}.", remedy="Name more code.")
        p90, p50 = (quantile(sample, level) for level in plan.curve_levels)
        if not p90 < p50:
            raise UsageError(
                f"The corpus is too small: {metric} is {p90:g} at both levels.", remedy="Name more code."
            )
        curves[metric] = dataclasses.replace(old, p90=p90, p50=p50)
    return curves


def _peers(measured: Sequence[Measured], profile: Profile) -> tuple[dict[str, Peers], dict[str, Fit]]:
    """The spread among functions of one size of every metric whose low values are good, and how well it fits."""
    size = profile.size_metric
    known = plugins_for(profile).metrics
    # The hash of its contents gives each project a place among the others that its name and author have no part in.
    ordered = [each.units for each in sorted(measured, key=lambda each: each.project.sha256)]
    found = {metric for units in ordered for unit in units for metric in unit}
    peers: dict[str, Peers] = {}
    fits: dict[str, Fit] = {}
    for metric in sorted(found):
        if metric in known and known[metric].direction != "lower":
            continue
        spread = None if metric == size else fit_peers(pooled(ordered, metric, size))
        if spread is not None:
            peers[metric] = dataclasses.replace(
                spread,
                intercept=round(spread.intercept, 4),
                slope=round(spread.slope, 4),
                sigma=round(spread.sigma, 4),
            )
        left_out = fit(ordered, metric, size, spread)
        if left_out is not None:
            fits[metric] = left_out
    return peers, fits


def _half_points(
    measured: Sequence[Measured], profile: Profile, rules: Mapping[str, Rule], plan: CalibrationPlan
) -> dict[str, float]:
    affected: dict[str, list[tuple[float, float]]] = {}
    for project in measured:
        for dimension, values in densities(project, profile, rules, plan.least_lloc).items():
            found = [(value, 1.0 / len(values)) for value in values if value > 0]
            affected.setdefault(dimension, []).extend(found)
    old = profile.calibration.half_points
    return {
        dimension: round(quantile(sample, plan.affected_level), 4)
        if len(sample) >= plan.least_affected and dimension not in plan.policy
        else old[dimension]
        for dimension, sample in sorted(affected.items())
    }


def _with_constants(
    profile: Profile, curves: Mapping[str, Curve], half_points: Mapping[str, float]
) -> Profile:
    dimensions = tuple(
        dataclasses.replace(dimension, half_points=half_points[dimension.id])
        if dimension.half_points is not None and dimension.id in half_points
        else dimension
        for dimension in profile.dimensions
    )
    calibration = dataclasses.replace(profile.calibration, curves=curves)
    return dataclasses.replace(profile, dimensions=dimensions, calibration=calibration)


def _source_grades(
    measured: Sequence[Measured], profile: Profile, rules: Mapping[str, Rule], plan: CalibrationPlan
) -> dict[str, float]:
    samples = [
        [
            score.value
            for analysis in project.analyses
            if analysis.lloc >= plan.least_lloc
            and (score := judge([analysis], profile, rules, "")).value is not None
        ]
        for project in measured
    ]
    return _grades(_weighted([sample for sample in samples if sample]), plan)


def _total_grades(
    measured: Sequence[Measured], profile: Profile, rules: Mapping[str, Rule], plan: CalibrationPlan
) -> dict[str, float]:
    """Grades of whole projects; samples are not judged together."""
    if plan.snippet_lloc:
        return {}
    totals = [judge(project.analyses, profile, rules, "").value for project in measured]
    return _grades(_weighted([[total for total in totals if total is not None]]), plan)


def _grades(values: Sequence[tuple[float, float]], plan: CalibrationPlan) -> dict[str, float]:
    """The bounds that the wanted shares reach, rounded down so that they do."""
    grades = {
        grade: math.floor(100 * quantile(values, 1.0 - share)) / 100 for grade, share in plan.grade_levels
    }
    return {**grades, "E": 0.0}


def _facts(
    measured: Sequence[Measured],
    sizes: Sequence[Measured],
    plan: CalibrationPlan,
    versions: Mapping[str, str],
    today: dt.date,
) -> dict[str, object]:
    corpus = [
        {
            "name": each.project.name,
            "version": each.project.version,
            "sha256": each.project.sha256,
            "files": len(each.analyses),
            "refused": len(each.refused),
            "functions": len(sized.units),
            "lloc": sum(analysis.lloc for analysis in each.analyses),
        }
        for each, sized in zip(measured, sizes, strict=True)
    ]
    marks = "\n".join(each.project.sha256 for each in measured)
    return {
        "corpus": corpus,
        "corpus-sha256": hashlib.sha256(marks.encode()).hexdigest(),
        "date": today.isoformat(),
        "plan": {
            "sources-per-project": plan.files,
            "measured-per-project": plan.measured,
            "curve-levels": list(plan.curve_levels),
            "affected-level": plan.affected_level,
            "least-affected": plan.least_affected,
            "least-lloc": plan.least_lloc,
            "snippet-lloc": list(plan.snippet_lloc or ()),
            "grade-levels": dict(plan.grade_levels),
        },
        "versions": dict(versions),
    }
