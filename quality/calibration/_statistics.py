"""Quantiles and distances of weighted samples."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def quantile(sample: Sequence[tuple[float, float]], level: float) -> float:
    """The smallest value that at least ``level`` of the weight does not exceed.

    Args:
        sample: (value, weight) pairs, not empty, weights positive.
        level: Between 0 and 1.
    """
    ordered = sorted(sample)
    wanted = level * sum(weight for _, weight in ordered)
    reached = 0.0
    for value, weight in ordered:
        reached += weight
        if reached >= wanted:
            return value
    return ordered[-1][0]


def kolmogorov_smirnov(first: Sequence[tuple[float, float]], second: Sequence[tuple[float, float]]) -> float:
    """The largest distance between two weighted empirical distribution functions."""
    steps: dict[float, list[float]] = {}
    for side, sample in enumerate((first, second)):
        total = sum(weight for _, weight in sample)
        for value, weight in sample:
            steps.setdefault(value, [0.0, 0.0])[side] += weight / total
    distance = 0.0
    heights = [0.0, 0.0]
    for value in sorted(steps):
        heights = [heights[0] + steps[value][0], heights[1] + steps[value][1]]
        distance = max(distance, abs(heights[0] - heights[1]))
    return distance
