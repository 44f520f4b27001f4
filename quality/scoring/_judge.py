"""The score: harmonic over dimensions, with a loss that adds up.

``S = 1 / sum(W_d / d)``, so ``1/S - 1 = sum(W_d * (1/d - 1))``: the loss is a plain sum over the
dimensions, and inside a dimension a plain sum over its findings or units.
"""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from quality.model import Analysis, Contribution, FailureKind, Reason, Score, Status
from quality.scoring._charges import charged_once, charges
from quality.scoring._units import POWER, unit_scores

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from quality.model import AnalyzerFailure, Dimension, Profile, Rule
    from quality.scoring._charges import Charge
    from quality.scoring._units import UnitScore

#: No dimension counts as lower, so that one dimension cannot hide the others.
DIMENSION_FLOOR = 0.02
#: Added to the size: a single finding in a tiny source is not the whole truth about it.
_SMOOTHING = 8.0

_REASONS = {
    FailureKind.CRASH: Reason.CRASH,
    FailureKind.INVALID_OUTPUT: Reason.CRASH,
    FailureKind.TIMEOUT: Reason.TIMEOUT,
    FailureKind.MEMORY: Reason.MEMORY,
}


@dataclass(frozen=True, slots=True)
class Volume:
    """How much code there is.

    Attributes:
        lloc: Logical lines of code.
        weight: Sum of the units' weights.
    """

    lloc: float
    weight: float


class _Part(NamedTuple):
    """A contribution before all losses are known, and with them what is gained without it."""

    dimension: str
    cause: str
    line: int
    loss: float
    path: str
    scope: str = ""


class _Judged(NamedTuple):
    """One dimension's result; ``sum(loss of parts) == weight * (1 / value - 1)``."""

    value: float
    parts: list[_Part]


_FAULTLESS = _Judged(1.0, [])


def judge(
    analyses: Sequence[Analysis],
    profile: Profile,
    rules: Mapping[str, Rule],
    fingerprint: str,
    *,
    reference: Volume | None = None,
) -> Score:
    """Judges one source, or several as one body of code.

    Args:
        analyses: What was found. Unmeasured ones among several take no part; the caller reports them.
        profile: How to judge.
        rules: The catalogue entries by id.
        fingerprint: Names everything that can move the score.
        reference: Size of the code it is measured against, instead of the profile's or its own.

    Returns:
        A score without a value when no analysis can be judged.
    """
    usable = [a for a in analyses if a.reason is None and not _lost(a.failures, profile)]
    if not usable or not any(analysis.lloc for analysis in usable):
        return _nothing(analyses, profile, fingerprint)
    judged = _dimensions(usable, profile, rules, _anchor(reference, profile))
    parts = [part for result in judged.values() for part in result.parts if part.loss > 0]
    total = math.fsum([part.loss for part in parts])
    value = 1.0 / (1.0 + total)
    return Score(
        status=Status.PARTIAL if any(analysis.failures for analysis in usable) else Status.MEASURED,
        profile=profile.name,
        fingerprint=fingerprint,
        value=value,
        grade=_grade(value, profile, several=len(analyses) > 1),
        dimensions={name: result.value for name, result in judged.items()},
        contributions=_with_gains(parts, total),
        findings=tuple(chain.from_iterable([analysis.findings for analysis in usable])),
        measures=tuple(chain.from_iterable([analysis.measures for analysis in usable])),
        failures=tuple(chain.from_iterable([analysis.failures for analysis in analyses])),
        lloc=sum([analysis.lloc for analysis in usable]),
        path=usable[0].path if len(analyses) == 1 else "",
    )


def density(points: float, lloc: float, profile: Profile) -> float:
    """Points per logical line, as the profile counts lines."""
    return points / ((profile.volume or lloc) + _SMOOTHING)


def unmeasured(profile: Profile, fingerprint: str, reason: Reason, detail: str = "", path: str = "") -> Score:
    """A score without a number."""
    return Score(
        status=Status.UNMEASURED,
        profile=profile.name,
        fingerprint=fingerprint,
        reason=reason,
        detail=detail,
        path=path,
    )


def volume(analysis: Analysis, profile: Profile) -> Volume:
    """The volume of a source, to use it as a reference."""
    return Volume(analysis.lloc, math.fsum(unit.weight for unit in unit_scores([analysis], profile)))


def _anchor(reference: Volume | None, profile: Profile) -> Volume | None:
    """The volume to weigh over: the reference's, or the profile's, or None for the source's own.

    Over a fixed volume findings and units are counted, and nothing that is added dilutes them. A reference
    without a unit of its own is no measure.
    """
    if reference is not None and reference.weight > 0:
        return reference
    return None if profile.volume is None else Volume(profile.volume, profile.volume)


def _lost(failures: Iterable[AnalyzerFailure], profile: Profile) -> list[AnalyzerFailure]:
    """The failures without a score: of whole analyzers that the profile needs, and of rules that hold whole texts.

    Without what such a rule may find, a text that only pretends would be a good one.
    """
    required = {use.id for use in profile.analyzers if use.required}
    return [
        failure
        for failure in failures
        if (failure.rule in profile.caps if failure.rule else failure.analyzer in required)
    ]


def _nothing(analyses: Sequence[Analysis], profile: Profile, fingerprint: str) -> Score:
    """The score when nothing can be judged: with the reason when there is one source."""
    if len(analyses) != 1:
        detail = "no source could be measured" if analyses else "there is no source"
        return unmeasured(profile, fingerprint, Reason.NO_CODE, detail)
    analysis = analyses[0]
    lost = _lost(analysis.failures, profile)
    if analysis.reason is not None:
        score = unmeasured(profile, fingerprint, analysis.reason, analysis.detail, analysis.path)
    elif lost:
        detail = f"{lost[0].analyzer}: {lost[0].text}"
        score = unmeasured(profile, fingerprint, _REASONS[lost[0].kind], detail, analysis.path)
    else:
        score = unmeasured(profile, fingerprint, Reason.EMPTY, "no statement", analysis.path)
    return dataclasses.replace(score, failures=analysis.failures)


def _dimensions(
    analyses: Sequence[Analysis],
    profile: Profile,
    rules: Mapping[str, Rule],
    anchor: Volume | None,
) -> dict[str, _Judged]:
    units = unit_scores(analyses, profile)
    own = Volume(sum(analysis.lloc for analysis in analyses), math.fsum(unit.weight for unit in units))
    size = anchor or own
    charged = charges(analyses, profile, rules)
    holding = [charge for found in charged.values() for charge in found if charge.hold < 1]
    if not holding and any(each.dearer for found in charged.values() for each in found):
        charged = charged_once(charged, _spent(charged, profile, size))
    judged: dict[str, _Judged] = {}
    for dimension in profile.dimensions:
        found = charged.get(dimension.id, [])
        free = (
            _judge_units(dimension, units, size)
            if dimension.half_points is None
            else _judge_findings(dimension, found, size)
        )
        judged[dimension.id] = _held(dimension, free, found, holding)
    return judged


def _spent(charged: Mapping[str, Sequence[Charge]], profile: Profile, size: Volume) -> set[str]:
    """The dimensions that points do not lower any further: by a cap, or since they are at their floor."""
    return {
        dimension.id
        for dimension in profile.dimensions
        if (found := charged.get(dimension.id))
        and (
            _findings_value(dimension, found, size) <= DIMENSION_FLOOR or any(each.cap < 1 for each in found)
        )
    }


def _judge_units(dimension: Dimension, units: Sequence[UnitScore], size: Volume) -> _Judged:
    """``(1 + sum(w * (s^-4 - 1)) / W)^(-1/4)``; over the source's own volume W, the power mean of the units."""
    excess = [unit.weight * (unit.value**-POWER - 1.0) for unit in units]
    total = math.fsum(excess)
    if total <= 0:
        return _FAULTLESS
    value = max((1.0 + total / size.weight) ** (-1.0 / POWER), DIMENSION_FLOOR)
    scale = _scale(dimension, value, total)
    parts = [
        _Part(dimension.id, metric, unit.scope.line, loss, unit.path, unit.scope.name)
        for unit, part in zip(units, excess, strict=True)
        for metric, share in unit.shares.items()
        if (loss := part * scale * share) > 0
    ]
    return _Judged(value, parts)


def _judge_findings(dimension: Dimension, charged: Sequence[Charge], size: Volume) -> _Judged:
    """``1 / (1 + density / half_points)``.

    The loss is linear in the points: a finding has one price, whatever else is found.
    """
    if not charged:
        return _FAULTLESS
    value = _findings_value(dimension, charged, size)
    scale = _scale(dimension, value, math.fsum([charge.points for charge in charged]))
    return _Judged(value, [_part(dimension, each, each.points * scale) for each in charged])


def _findings_value(dimension: Dimension, charged: Sequence[Charge], size: Volume) -> float:
    total = math.fsum([charge.points for charge in charged])
    relative = total / (size.lloc + _SMOOTHING) / (dimension.half_points or 1.0)
    return max(1.0 / (1.0 + relative), DIMENSION_FLOOR)


def _held(dimension: Dimension, free: _Judged, own: Sequence[Charge], holding: Sequence[Charge]) -> _Judged:
    """Holds a dimension at the lowest of its own findings' caps, and near what holds the whole text.

    The findings whose limit is below its value share equally what that costs.
    """
    if not own and not holding:
        return free
    inside = {id(charge) for charge in own}
    limits = [(min(charge.cap, charge.hold), charge) for charge in own]
    limits += [(charge.hold, charge) for charge in holding if id(charge) not in inside]
    acting = {id(charge): charge for limit, charge in limits if limit < free.value}
    if not acting:
        return free
    value = _limited(free.value, own, holding)
    share = dimension.weight * (1.0 / value - 1.0 / free.value) / len(acting)
    parts = (
        [
            part._replace(loss=part.loss + share) if id(charge) in acting else part
            for part, charge in zip(free.parts, own, strict=True)
        ]
        if own
        else list(free.parts)
    )
    parts += [_part(dimension, charge, share) for key, charge in acting.items() if key not in inside]
    return _Judged(value, parts)


def _limited(value: float, own: Sequence[Charge], holding: Sequence[Charge]) -> float:
    """What a dimension scores at most: its own findings' lowest cap, and what holds the text and a little more.

    How good it is otherwise decides how little, so that of two texts that pretend the better one still is better.
    """
    cap = min((charge.cap for charge in own), default=1.0)
    hold = min((charge.hold for charge in (*own, *holding)), default=1.0)
    return max(min(value, cap, hold + DIMENSION_FLOOR * value), DIMENSION_FLOOR)


def _scale(dimension: Dimension, value: float, total: float) -> float:
    """What one part costs, so that all parts together cost the dimension's whole loss."""
    return dimension.weight * (1.0 / value - 1.0) / total if total > 0 else 0.0


def _part(dimension: Dimension, charge: Charge, loss: float) -> _Part:
    where = charge.finding.location
    return _Part(dimension.id, charge.finding.rule_id, where.line, loss, where.path)


def _with_gains(parts: list[_Part], loss: float) -> tuple[Contribution, ...]:
    """Sorts by loss and adds what the score would gain without each part."""
    now = 1.0 / (1.0 + loss)
    parts.sort(key=lambda part: (-part.loss, part.path, part.line, part.cause))
    return tuple(
        [
            Contribution(dimension, cause, line, own, 1.0 / (1.0 + max(loss - own, 0.0)) - now, path, scope)
            for dimension, cause, line, own, path, scope in parts
        ]
    )


def _grade(value: float, profile: Profile, *, several: bool) -> str:
    table = profile.calibration
    grades = table.total_grades if several and table.total_grades else table.grades
    return next((grade for grade, least in grades.items() if value >= least), "E")
