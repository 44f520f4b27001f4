"""Quantiles of weighted samples."""

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
