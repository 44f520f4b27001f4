"""Scores of units by size and complexity, and how they combine."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quality.scoring._curve import curve

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from quality.model import Analysis, Curve, Profile, Scope

#: No unit scores lower; keeps the power mean finite.
UNIT_FLOOR = 0.02
#: The exponent of the power mean. Adding perfect code to old code raises it by at most (1 + added/old)^(1/4).
POWER = 4.0
#: The LLOC of a function of one statement. Where units are averaged, a unit's weight is its LLOC above this, so that
#: trivial getters weigh nearly nothing ...
_ONE_STATEMENT = 2.0
#: ... but never less than this.
_LEAST_WEIGHT = 0.25
#: What a statement scores at least that has nothing to simplify: no branch, and no crowd of parameters.
_PLAIN = 0.95


@dataclass(frozen=True, slots=True)
class UnitScore:
    """A unit's score and what it consists of.

    Attributes:
        path: The source.
        scope: The unit.
        value: Between UNIT_FLOOR and 1.
        weight: Its volume in the mean.
        shares: Metric id → its share of the unit's loss, summing to 1.
    """

    path: str
    scope: Scope
    value: float
    weight: float
    shares: Mapping[str, float]


def unit_scores(analyses: Iterable[Analysis], profile: Profile) -> tuple[UnitScore, ...]:
    """Scores every unit of the analyses. Units with identical bodies count once, where they come first."""
    seen: set[str] = set()
    scores: list[UnitScore] = []
    for analysis in analyses:
        for scope, values in _measured_units(analysis, profile):
            if scope.digest and scope.digest in seen:
                continue
            seen.add(scope.digest)
            scores.append(_score_unit(analysis.path, scope, values, profile))
    return tuple(scores)


def _measured_units(analysis: Analysis, profile: Profile) -> Iterator[tuple[Scope, dict[str, float]]]:
    """Yields the scopes that have a value for every curve, with those values and the size."""
    curves = profile.calibration.curves
    needed = {*curves, profile.size_metric}
    wanted = needed.union(*(anchors.free for anchors in curves.values()))
    units: dict[Scope, dict[str, float]] = {}
    scope, values = None, dict[str, float]()
    for measure in analysis.measures:
        if measure.metric in wanted:
            if measure.scope is not scope:  # they are sorted by scope, and to look one up costs
                scope = measure.scope
                values = units.setdefault(scope, {})
            values[measure.metric] = measure.value
    for scope, values in units.items():
        if values.keys() >= needed and values[profile.size_metric] > 0:
            yield scope, values


def _score_unit(path: str, scope: Scope, values: Mapping[str, float], profile: Profile) -> UnitScore:
    curves = profile.calibration.curves
    charged = {metric: anchors.charged(values[metric], values) for metric, anchors in curves.items()}
    logs = {metric: _log_loss(charged[metric], anchors) for metric, anchors in curves.items()}
    total = math.fsum(logs.values())
    # Without a loss of its own it may still lose to a reference; then the curves' exponents decide.
    shares = {metric: log / total if total > 0 else curves[metric].exponent for metric, log in logs.items()}
    value = max(math.exp(-total), UNIT_FLOOR)
    size = charged.get(profile.size_metric, values[profile.size_metric])
    weight = 0.0 if _is_free(size, value, profile) else _weight(size, profile)
    return UnitScore(path, scope, value, weight, shares)


def _log_loss(charged: float, anchors: Curve) -> float:
    """What a metric takes off the logarithm of the unit's score: nothing for the least there can be, as nothing can mend it."""
    if charged <= 0:
        return 0.0
    return -anchors.exponent * math.log(max(curve(charged, anchors.p90, anchors.p50), 1e-300))


def _is_free(lloc: float, value: float, profile: Profile) -> bool:
    """Tells whether a unit is one plain statement with a name, where units are counted.

    There is nothing in it to divide or to simplify; to charge for it would be to charge for the name, which is what
    divides a larger function. Where units are averaged, it weighs next to nothing already.
    """
    return bool(profile.volume) and lloc <= _ONE_STATEMENT and value >= _PLAIN


def _weight(lloc: float, profile: Profile) -> float:
    """Where units are averaged, trivial ones must not dilute; where they are counted, nothing dilutes."""
    return max(lloc if profile.volume else lloc - _ONE_STATEMENT, _LEAST_WEIGHT)
