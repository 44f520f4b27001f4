"""How well a corpus tells of projects that are not in it: projects are left out and compared with the rest."""

from __future__ import annotations

import random
from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from quality.calibration._peers import fit_peers, pooled
from quality.model import Fit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from quality.calibration._peers import Sample
    from quality.model import Peers

    Units = Sequence[Mapping[str, float]]

#: Projects are left out a fifth at a time.
FOLDS = 5
#: In how many orders.
ORDERS = 8
_STEPS = 200


def fit(projects: Sequence[Units], metric: str, size: str, whole: Peers | None) -> Fit | None:
    """Leaves every fifth of the projects out once, in each of several orders.

    One order alone would tell as much of which projects came to be left out together as of the corpus. Each left-out
    function gets the share of the other projects' functions whose value it does not exceed, once of
    all functions and once, by their fitted spread, of those of its size. Where the corpus tells of other projects,
    these shares are even.

    Args:
        projects: Functions by project, in an order that has nothing to do with their content.
        metric: The metric.
        size: The metric that gives a function's size.
        whole: The spread in the whole corpus; None leaves the shares among code of the same size out.

    Returns:
        None when there are too few projects.
    """
    if len(projects) < 2 * FOLDS:
        return None
    reference: list[float] = []
    peers: list[float] = []
    for left_out in _left_out(len(projects)):
        kept = pooled([each for place, each in enumerate(projects) if place not in left_out], metric, size)
        out = pooled([projects[place] for place in sorted(left_out)], metric, size)
        shares = _shares(kept)
        reference.append(distance(out, lambda value, _, shares=shares: shares(value)))  # type: ignore[misc]
        spread = fit_peers(kept, whole) if whole else None
        if spread is not None:
            peers.append(distance(out, spread.percentile))
    return Fit(_mean(reference), _mean(peers) if peers else None)


def _left_out(count: int) -> Iterator[frozenset[int]]:
    """The places of the projects that are left out together, fold by fold and order by order."""
    for turn in range(ORDERS):
        places = list(range(count))
        random.Random(turn).shuffle(places)  # noqa: S311 - chance, not secrecy
        for fold in range(FOLDS):
            yield frozenset(places[fold::FOLDS])


def distance(sample: Sample, share: Callable[[float, float], float]) -> float:
    """Kolmogorov-Smirnov distance of percentiles from even ones.

    A whole number stands for all percentiles between that of the number below and its own (Czado, Gneiting and Held,
    2009), so that ties are no distance.

    Args:
        sample: (value, size) → weight.
        share: Gives the share that does not exceed a value, for a value and a size.
    """
    bounds = [
        (share(value - 1, lloc), share(value, lloc), weight) for (value, lloc), weight in sample.items()
    ]
    total = sum(weight for *_, weight in bounds)
    worst = 0.0
    for step in range(1, _STEPS):
        level = step / _STEPS
        reached = sum(weight * _part(level, low, high) for low, high, weight in bounds) / total
        worst = max(worst, abs(reached - level))
    return worst


def _part(level: float, low: float, high: float) -> float:
    if level >= high:
        return 1.0
    return max(level - low, 0.0) / (high - low) if high > low else 0.0


def _shares(sample: Sample) -> Callable[[float], float]:
    """The share of a sample's weight that does not exceed a value."""
    weights: dict[float, float] = {}
    for (value, _), weight in sample.items():
        weights[value] = weights.get(value, 0.0) + weight
    values = sorted(weights)
    sums = [0.0, *accumulate(weights[value] for value in values)]
    return lambda value: sums[bisect_right(values, value)] / sums[-1]


def _mean(values: Sequence[float]) -> float:
    return round(sum(values) / len(values), 4)
