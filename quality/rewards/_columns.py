"""A reward as two columns, for trainers that normalise each before they add them (GDPO)."""

from __future__ import annotations

import math
import threading
from typing import TYPE_CHECKING, Any, Literal

from quality.model import UsageError
from quality.rewards._checks import check_count

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quality.rewards._reward import QualityReward

_LARGEST_GROUP = 4096


def split_reward(reward: QualityReward, group_size: int) -> tuple[Column, Column]:
    """Makes two TRL reward functions of one reward, each sample being scored once for both.

    ``NAME_tests`` gives 1 for passing and the failing samples' part (``f * fraction / (1 - w)``), and
    ``NAME_quality`` gives Q of passing samples and None for the others, which then say nothing of quality. Use
    them with ``multi_objective_aggregation="normalize_then_sum"`` and ``reward_weights=[1, w]``: then no
    group's spread can blow the quality up to the tests' size.

    Args:
        reward: The reward; behind a gate, with evidence in columns.
        group_size: Samples per prompt (TRL's ``num_generations``), 2 to 4096.

    Raises:
        UsageError: The reward has no gate, or in some group the worst right sample could get less than the
            best wrong one: says in which, and by how much.
    """
    terms = reward.terms
    if terms.graded_tests is not None or reward.runs_tests:
        raise UsageError("A reward that is split has a gate and its evidence in columns.")
    check_count("group_size", group_size, 2, _LARGEST_GROUP)
    wrong = terms.failed_factor if terms.on_failure == "fraction" else 0.0
    gap = (1.0 - terms.weight - wrong) / (1.0 - terms.weight)
    for passing in range(2, group_size):
        margin = _margin(gap, terms.weight, passing, group_size)
        if margin <= 0.0:
            raise UsageError(
                f"With {passing} of {group_size} samples passing, quality could outweigh the tests after each "
                f"was normalised: the margin is {margin:.3g} standard deviations.",
                remedy="Lower weight or failed_factor.",
            )
    rows = _Rows(reward)
    return Column(rows, "tests", f"{reward.__name__}_tests"), Column(
        rows, "quality", f"{reward.__name__}_quality"
    )


def _margin(gap: float, weight: float, passing: int, group: int) -> float:
    """The least that any right sample is above any wrong one, in standard deviations.

    A wrong sample gets no quality, the worst of n right ones is at most ``(n - 1) / sqrt(n)`` standard
    deviations below their mean, and the tests' standard deviation is largest when no wrong sample gets a part.
    """
    spread = math.sqrt(passing * (group - passing) / (group * (group - 1)))
    return gap / spread - weight * (passing - 1) / math.sqrt(passing)


class _Rows:
    """The components of the last batch, which the second column finds ready."""

    def __init__(self, reward: QualityReward) -> None:
        self.reward = reward
        self._key: tuple[object, ...] = ()
        self._rows: list[dict[str, float]] = []
        self._turn = threading.Lock()

    def __getstate__(self) -> dict[str, object]:
        return {"reward": self.reward}

    def __setstate__(self, state: Mapping[str, Any]) -> None:
        self.__init__(state["reward"])  # type: ignore[misc]

    def rows(self, completions: object, columns: Mapping[str, Any]) -> list[dict[str, float]]:
        names = ("prompts", "passed", "tests_fraction", "reference", "before", "entry_point")
        # The very same objects, which the key keeps alive: trainers hand each function the same columns.
        key = (completions, *(columns.get(name) for name in names))
        with self._turn:
            same = len(key) == len(self._key) and all(
                one is other for one, other in zip(key, self._key, strict=True)
            )
            if not same:
                self._rows = self.reward.components(
                    completions, **{name: columns[name] for name in names if name in columns}
                )
                self._key = key
            return self._rows


class Column:
    """One column of a reward that was split: a TRL reward function."""

    def __init__(self, rows: _Rows, kind: Literal["tests", "quality"], name: str) -> None:
        self._rows = rows
        self._kind = kind
        self.__name__ = name

    def __call__(self, completions: object = (), **columns: Any) -> list[float | None]:
        """The column of a batch; takes what ``QualityReward`` takes."""
        rows = self._rows.rows(completions, columns)
        return [self._quality(row) if self._kind == "quality" else self._tests(row) for row in rows]

    def _tests(self, row: Mapping[str, float]) -> float | None:
        if row["abstained"]:
            return None
        return row["correctness_term"] / (1.0 - self._rows.reward.terms.weight)

    @staticmethod
    def _quality(row: Mapping[str, float]) -> float | None:
        judged = row["measured"] and row["passed"] and not row["abstained"]
        return row["quality"] if judged else None
