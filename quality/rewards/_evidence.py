"""What tests say about each sample, from the columns that a trainer passes."""

from __future__ import annotations

import math
from dataclasses import dataclass

from quality.rewards._levels import column


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the tests say of one sample.

    Attributes:
        fraction: Share of the tests that it passes, 0 to 1.
        passed: Whether it passes all of them.
    """

    fraction: float
    passed: bool


def read_evidence(count: int, passed: object, tests_fraction: object) -> list[Evidence | None]:
    """Reads the two columns.

    Args:
        count: How many samples there are.
        passed: A truth value or a number per sample; a number counts as the fraction. None for no column.
        tests_fraction: A number from 0 to 1 per sample, beyond which it is cut. None for no column.

    Returns:
        The evidence per sample. None where nothing usable is said: an entry that is None, not a number or
        NaN, and every entry of a column that has another length than the samples.
    """
    verdicts = _column(count, passed)
    fractions = _column(count, tests_fraction)
    return [_evidence(verdict, share) for verdict, share in zip(verdicts, fractions, strict=True)]


def _column(count: int, values: object) -> list[float | None]:
    """A column as numbers. Arrays and tensors, which have ``tolist``, are columns too."""
    return [_number(value) for value in column(count, values)]


def _number(value: object) -> float | None:
    if isinstance(value, str | bytes):
        return None
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return None
    return None if math.isnan(number) else min(max(number, 0.0), 1.0)


def _evidence(verdict: float | None, share: float | None) -> Evidence | None:
    if verdict is None:
        return None if share is None else Evidence(share, passed=share >= 1.0)
    passed = verdict >= 1.0
    if passed:
        return Evidence(1.0, passed=True)
    return Evidence(max(verdict, share or 0.0), passed=False)
