"""Rank correlation, to see whether a reward pays for length."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from quality.model import UsageError
from quality.samples import plain

if TYPE_CHECKING:
    from collections.abc import Sequence


def rank_correlation(one: Sequence[float], other: Sequence[float]) -> float | None:
    """Spearman's rank correlation; ties share the mean of their ranks.

    Args:
        one: Numbers.
        other: As many numbers.

    Returns:
        -1 to 1, or None when a side has fewer than two different numbers, or one that is not a number (NaN).
    """
    if any(map(_is_nan, (*one, *other))):
        return None
    return _pearson(_ranks(one), _ranks(other))


def length_correlation(rewards: Sequence[float | None], texts: Sequence[object]) -> float | None:
    """The rank correlation of rewards with the lengths of their texts, in characters.

    Rewards that are None or NaN and entries that are no text are left out. A reward that is to be length-neutral has
    a correlation near 0 within each group of passing samples; over all samples, that longer ones fail more
    often shows too.

    Raises:
        UsageError: There are more of the one than of the other.
    """
    if len(rewards) != len(texts):
        raise UsageError(
            f"There are {len(rewards)} rewards and {len(texts)} texts.",
            remedy="Give the texts that were rewarded.",
        )
    pairs = [
        (reward, float(len(text)))
        for reward, text in zip(rewards, map(plain, texts), strict=True)
        if reward is not None and not _is_nan(reward) and isinstance(text, str)
    ]
    return rank_correlation([reward for reward, _ in pairs], [length for _, length in pairs])


def _is_nan(number: object) -> bool:
    # An integer may be beyond all floats.
    return isinstance(number, float) and math.isnan(number)


def _ranks(values: Sequence[float]) -> list[float]:
    order = sorted(range(len(values)), key=values.__getitem__)
    ranks = [0.0] * len(values)
    start = 0
    while start < len(order):
        end = start
        while end < len(order) and values[order[end]] == values[order[start]]:
            end += 1
        for place in order[start:end]:
            ranks[place] = (start + end - 1) / 2
        start = end
    return ranks


def _pearson(one: Sequence[float], other: Sequence[float]) -> float | None:
    count = len(one)
    if count < 2:  # noqa: PLR2004 - a correlation needs a line
        return None
    left, right = math.fsum(one) / count, math.fsum(other) / count
    spread = math.fsum((a - left) ** 2 for a in one) * math.fsum((b - right) ** 2 for b in other)
    if spread <= 0.0:
        return None
    both = math.fsum((a - left) * (b - right) for a, b in zip(one, other, strict=True))
    return min(1.0, max(-1.0, both / math.sqrt(spread)))
