"""The reward's formula and the inequality that makes correctness dominate."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from quality.model import UsageError
from quality.rewards._checks import check_number

#: What a sample that fails its tests gets: 0, a part for the tests it passes, or no reward at all.
OnFailure = Literal["floor", "fraction", "abstain"]
_ON_FAILURE = ("floor", "fraction", "abstain")


@dataclass(frozen=True, slots=True)
class Parts:
    """A sample's reward in its two terms.

    Attributes:
        correctness: The tests' term.
        quality: The quality's term.
    """

    correctness: float
    quality: float

    @property
    def total(self) -> float:
        """The reward."""
        return self.correctness + self.quality


@dataclass(frozen=True, slots=True)
class Terms:
    """The constants of a reward; making one checks that correctness dominates.

    - With a gate (the default) a sample that passes gets ``1 - w + w * Q`` and one that fails
      ``f * fraction``: dominated when ``f < 1 - w``.
    - With ``k`` graded tests every sample gets ``(1 - w) * passed / k + w * Q``: one more test always
      outweighs quality when ``w < (1 - w) / k``, that is ``w < 1 / (k + 1)``.
    - Without evidence from tests a sample gets ``w * Q``: added to a reward of 0 or 1 for the tests it
      leaves the worst right sample above the best wrong one.

    Attributes:
        weight: ``w``, the quality's share, 0 or more and less than 1.
        failed_factor: ``f``, what failing samples can get at most, 0 or more.
        graded_tests: ``k``, or None for a gate.
        on_failure: What failing samples get.
        quantum: Step to which Q is rounded, 0 for none. Steps keep noise from deciding ties.

    Raises:
        UsageError: A constant is out of range, or wrong samples could win; says which inequality fails and
            by how much.
    """

    weight: float = 0.15
    failed_factor: float = 0.5
    graded_tests: int | None = None
    on_failure: OnFailure = "fraction"
    quantum: float = 0.01

    def __post_init__(self) -> None:
        check_number("weight", self.weight, 0.0, 1.0)
        check_number("failed_factor", self.failed_factor, 0.0, 1.0)
        check_number("quantum", self.quantum, 0.0, 1.0)
        if self.on_failure not in _ON_FAILURE:
            allowed = ", ".join(repr(name) for name in _ON_FAILURE)
            raise UsageError(f"on_failure should be one of {allowed}, got {self.on_failure!r}.")
        if self.graded_tests is not None:
            self._check_graded(self.graded_tests)
        elif self.on_failure == "fraction":
            self._check_gate()

    def level(self, value: float) -> float:
        """Q, rounded to the quantum."""
        if not self.quantum:
            return value
        return min(1.0, round(round(value / self.quantum) * self.quantum, 12))

    def parts(self, level: float, fraction: float | None, *, passed: bool) -> Parts | None:
        """Says what a sample gets.

        Args:
            level: Q, 0 to 1.
            fraction: Share of its tests that it passes, 0 to 1; None when there are no tests at all.
            passed: Whether it passes all of them.

        Returns:
            The two terms, or None for no reward.
        """
        if fraction is None:
            return Parts(0.0, self.weight * level)
        if self.graded_tests is not None:
            count = (
                self.graded_tests
                if passed
                else min(_whole(fraction, self.graded_tests), self.graded_tests - 1)
            )
            return Parts((1.0 - self.weight) * count / self.graded_tests, self.weight * level)
        if passed:
            return Parts(1.0 - self.weight, self.weight * level)
        if self.on_failure == "abstain":
            return None
        return Parts(self.failed_factor * fraction if self.on_failure == "fraction" else 0.0, 0.0)

    def _check_gate(self) -> None:
        least = 1.0 - self.weight
        if self.failed_factor >= least:
            raise UsageError(
                "Wrong samples could get as much as right ones: failed_factor < 1 - weight does not hold, "
                f"{self.failed_factor:g} is {self.failed_factor - least:.3g} above {least:g}.",
                remedy=f"Set failed_factor below {least:g}, or weight below {1.0 - self.failed_factor:g}.",
            )

    def _check_graded(self, tests: object) -> None:
        if isinstance(tests, bool) or not isinstance(tests, int) or tests < 1:
            raise UsageError(f"graded_tests should be a number of tests, 1 or more, got {tests!r}.")
        if self.on_failure != "fraction":
            raise UsageError(
                f"graded_tests pays for each test, on_failure={self.on_failure!r} does not.",
                remedy="Leave one of the two out.",
            )
        step = (1.0 - self.weight) / tests
        if self.weight >= step:
            raise UsageError(
                "Quality could outweigh a test: weight < (1 - weight) / graded_tests does not hold, "
                f"{self.weight:g} is {self.weight - step:.3g} above {step:.3g}.",
                remedy=f"Set weight below 1 / (graded_tests + 1) = {1.0 / (tests + 1):.3g}.",
            )


def _whole(fraction: float, tests: int) -> int:
    """How many tests a share means; the smallest excess over a whole number is a rounding error."""
    return math.floor(fraction * tests + 1e-6)
