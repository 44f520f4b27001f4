"""Advantages as trainers compute them from rewards: TRL 1.16's settings, Dr. GRPO and RLOO.

A reward is a number, or NaN where there is none.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: What TRL adds to a standard deviation.
_EPSILON = 1e-4
_NAN = math.nan


@dataclass(frozen=True, slots=True)
class Setting:
    """A way to make advantages.

    Attributes:
        name: Short name.
        scale: What differences from the group's mean are divided by.
        split: Whether tests and quality are normalised apart before they are added.
        leave_one_out: Whether the mean is that of the others.
        description: How to get it.
    """

    name: str
    scale: Literal["group", "batch", "none"]
    description: str
    split: bool = False
    leave_one_out: bool = False


SETTINGS = (
    Setting("group", "group", "TRL scale_rewards='group' (its default): GRPO"),
    Setting("batch", "batch", "TRL scale_rewards='batch'"),
    Setting("none", "none", "TRL scale_rewards='none': Dr. GRPO's advantages"),
    Setting(
        "gdpo",
        "batch",
        "TRL multi_objective_aggregation='normalize_then_sum' with reward.split(): GDPO",
        split=True,
    ),
    Setting("rloo", "none", "RLOO: the mean of the others as baseline", leave_one_out=True),
)


def advantages(
    setting: Setting,
    groups: Sequence[Sequence[float]],
    tests: Sequence[Sequence[float]],
    quality: Sequence[Sequence[float]],
    weight: float,
) -> list[list[float]]:
    """The advantages of each sample of each group; 0 where a sample has no reward.

    Args:
        setting: How.
        groups: The rewards.
        tests: The tests' column of a reward that is split.
        quality: The quality's column.
        weight: The quality's weight where the columns are added.
    """
    if setting.split:
        return _split(tests, quality, weight)
    if setting.leave_one_out:
        return [_leave_one_out(group) for group in groups]
    centred = [_centred(group) for group in groups]
    if setting.scale == "none":
        return [_filled(group) for group in centred]
    whole = _deviation(value for group in groups for value in group)
    spreads = [_deviation(group) if setting.scale == "group" else whole for group in groups]
    return [_filled(_scaled(group, spread)) for group, spread in zip(centred, spreads, strict=True)]


def _split(
    tests: Sequence[Sequence[float]], quality: Sequence[Sequence[float]], weight: float
) -> list[list[float]]:
    sums = [_summed(left, right, weight) for left, right in zip(tests, quality, strict=True)]
    known = [value for group in sums for value in group if not math.isnan(value)]
    middle = math.fsum(known) / len(known) if known else 0.0
    spread = _deviation(known)
    return [_filled(_scaled([value - middle for value in group], spread)) for group in sums]


def _normal(group: Sequence[float]) -> list[float]:
    return _scaled(_centred(group), _deviation(group))


def _summed(tests: Sequence[float], quality: Sequence[float], weight: float) -> list[float]:
    """The columns of a group, normalised and added.

    A column that says nothing of a sample adds nothing, and so does one that could not be normalised because it
    says something of one sample alone. Where no column says anything there is no reward.
    """
    return [
        _NAN if math.isnan(left) and math.isnan(right) else math.fsum(_filled([one, weight * other]))
        for left, right, one, other in zip(tests, quality, _normal(tests), _normal(quality), strict=True)
    ]


def _leave_one_out(group: Sequence[float]) -> list[float]:
    known = [value for value in group if not math.isnan(value)]
    if len(known) < 2:  # noqa: PLR2004 - nobody else is left
        return [0.0] * len(group)
    total = math.fsum(known)
    return _filled([value - (total - value) / (len(known) - 1) for value in group])


def _centred(group: Sequence[float]) -> list[float]:
    known = [value for value in group if not math.isnan(value)]
    middle = math.fsum(known) / len(known) if known else 0.0
    return [value - middle for value in group]


def _scaled(group: Sequence[float], spread: float) -> list[float]:
    return [value / (spread + _EPSILON) for value in group]


def _deviation(values: Iterable[float]) -> float:
    """The sample standard deviation of what is known; NaN of fewer than two, as in TRL."""
    known = [value for value in values if not math.isnan(value)]
    if len(known) < 2:  # noqa: PLR2004
        return _NAN
    middle = math.fsum(known) / len(known)
    return math.sqrt(math.fsum((value - middle) ** 2 for value in known) / (len(known) - 1))


def _filled(group: Sequence[float]) -> list[float]:
    return [0.0 if math.isnan(value) else value for value in group]
