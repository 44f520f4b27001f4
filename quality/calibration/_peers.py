"""How a metric spreads among functions of one size, fitted to a corpus."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from quality.model import Peers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    #: (value, size in logical lines) → weight
    Sample = Mapping[tuple[float, float], float]

_ROUNDS = 400
_CLOSE = 1e-5
_HALF = 0.5
_LEAST_SIGMA = 0.05
#: Weight of a normal distribution that is too small to divide by.
_NOTHING = 1e-12


def pooled(
    projects: Iterable[Sequence[Mapping[str, float]]], metric: str, size: str
) -> dict[tuple[float, float], float]:
    """The values of a metric with their sizes; every project weighs the same."""
    sample: dict[tuple[float, float], float] = {}
    for units in projects:
        found = [(unit[metric], unit[size]) for unit in units if metric in unit and unit.get(size, 0) > 0]
        for pair in found:
            sample[pair] = sample.get(pair, 0.0) + 1.0 / len(found)
    return sample


def fit_peers(sample: Sample, start: Peers | None = None) -> Peers | None:
    """Fits the spread by maximum likelihood.

    A value is a whole number that stands for an interval of a normal variable (``k`` for the logarithms of
    ``k + 0.5`` to ``k + 1.5``, 0 for everything below), so this is a regression on censored data, by
    expectation-maximisation (Dempster, Laird, Rubin, 1977).

    Args:
        sample: What was measured.
        start: Where to begin; a fit to nearly the same sample saves rounds.

    Returns:
        None when the values or the sizes do not differ.
    """
    if len({value for value, _ in sample}) < 2 or len({size for _, size in sample}) < 2:  # noqa: PLR2004
        return None
    least = min(value for value, _ in sample)
    rows = [(*_interval(value - least), math.log(size), weight) for (value, size), weight in sample.items()]
    current = start or _first(rows, least)
    for _ in range(_ROUNDS):
        following = _round(rows, current)
        moved = max(
            abs(following.intercept - current.intercept),
            abs(following.slope - current.slope),
            abs(following.sigma - current.sigma),
        )
        current = following
        if moved < _CLOSE:
            break
    return current


def _interval(above: float) -> tuple[float, float]:
    low = math.log(above + _HALF) if above > 0 else -math.inf
    return low, math.log(above + 1.0 + _HALF)


def _first(rows: Sequence[tuple[float, float, float, float]], least: float) -> Peers:
    return _regressed([(max(low, high - 1.0), 0.0, size, weight) for low, high, size, weight in rows], least)


def _round(rows: Sequence[tuple[float, float, float, float]], peers: Peers) -> Peers:
    """One round: what the hidden values are on average under the last fit, and a regression on these."""
    expected = [
        (*_moments(low, high, peers.intercept + peers.slope * size, peers.sigma), size, weight)
        for low, high, size, weight in rows
    ]
    return _regressed(expected, peers.least)


def _moments(low: float, high: float, mean: float, sigma: float) -> tuple[float, float]:
    """Mean and variance of a normal variable between two bounds."""
    a, b = (low - mean) / sigma, (high - mean) / sigma
    share = 0.5 * (math.erfc(-b / math.sqrt(2)) - math.erfc(-a / math.sqrt(2)))
    if share < _NOTHING:
        return (high if b < 0 else low), 0.0
    at_a, at_b = _density(a), _density(b)
    shift = (at_a - at_b) / share
    tilt = ((a * at_a if at_a else 0.0) - b * at_b) / share
    return mean + sigma * shift, sigma * sigma * max(1.0 + tilt - shift * shift, 0.0)


def _density(place: float) -> float:
    return math.exp(-0.5 * place * place) / math.sqrt(2 * math.pi) if math.isfinite(place) else 0.0


def _regressed(expected: Sequence[tuple[float, float, float, float]], least: float) -> Peers:
    """Weighted least squares of (mean, variance, size, weight)."""
    total = math.fsum(weight for *_, weight in expected)
    middle = math.fsum(size * weight for *_, size, weight in expected) / total
    height = math.fsum(mean * weight for mean, _, _, weight in expected) / total
    spread = math.fsum(weight * (size - middle) ** 2 for *_, size, weight in expected)
    slope = math.fsum(w * (size - middle) * (mean - height) for mean, _, size, w in expected) / spread
    intercept = height - slope * middle
    square = math.fsum(
        weight * (variance + (mean - intercept - slope * size) ** 2)
        for mean, variance, size, weight in expected
    )
    return Peers(intercept, slope, max(math.sqrt(square / total), _LEAST_SIGMA), least)
