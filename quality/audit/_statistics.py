"""Shares with their intervals, and how scores spread."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Bins of a spread's entropy.
BINS = 20
#: Standard normal quantile of 0.975.
Z95 = 1.959963984540054


def wilson(share: float, count: float, z: float = Z95) -> tuple[float, float]:
    """The score interval of a share (Wilson, 1927).

    Args:
        share: Observed share, 0 to 1.
        count: Number of independent observations; 0 gives the whole range.
        z: Standard normal quantile; 1.96 for 95 %.
    """
    if count <= 0:
        return 0.0, 1.0
    square = z * z
    middle = share + square / (2 * count)
    half = z * math.sqrt(share * (1 - share) / count + square / (4 * count * count))
    scale = 1 + square / count
    return max(0.0, (middle - half) / scale), min(1.0, (middle + half) / scale)


def entropy(values: Sequence[float], bins: int = BINS) -> float:
    """Entropy of a histogram over 0 to 1, as a share of the largest possible."""
    if not values:
        return 0.0
    counts: dict[int, int] = {}
    for value in values:
        place = min(int(value * bins), bins - 1)
        counts[place] = counts.get(place, 0) + 1
    total = len(values)
    return -math.fsum(n / total * math.log(n / total) for _, n in sorted(counts.items())) / math.log(bins)


def entropy_variance(values: Sequence[float], bins: int = BINS) -> float:
    """Variance of ``-ln p`` over the bins that values fall into: that of an entropy times the number of values."""
    counts = Counter(min(int(value * bins), bins - 1) for value in values)
    total = len(values)
    whole = -math.fsum(n / total * math.log(n / total) for n in counts.values())
    return math.fsum(n / total * (math.log(n / total) + whole) ** 2 for n in counts.values())


def mean(values: Sequence[float]) -> float:
    """The arithmetic mean; 0 of nothing."""
    return math.fsum(values) / len(values) if values else 0.0


def median(values: Sequence[float]) -> float:
    """The middle value; 0 of nothing."""
    if not values:
        return 0.0
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
