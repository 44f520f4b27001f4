"""How hard recorded tasks are for the policy that was recorded: what a curriculum sorts and leaves out by."""

from __future__ import annotations

import math
import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quality.rewards.advice._recorded import grouped
from quality.rewards.advice._simulate import reward_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quality.rewards._terms import Terms
    from quality.rewards.advice._recorded import Recorded


@dataclass(frozen=True, slots=True)
class Difficulty:
    """What the samples of a task say of it.

    Attributes:
        group: What they share.
        samples: How many there are.
        pass_rate: Share of those with tests that pass; None without tests.
        tests_fraction: Mean share of passed tests; None without tests.
        quality: Median quality of those that pass, None of none.
        room: The best quality of those that pass less their median: what quality can teach without tests.
        signal: Standard deviation of the rewards. 0 teaches nothing: the task is too easy or too hard.
    """

    group: str
    samples: int
    pass_rate: float | None
    tests_fraction: float | None
    quality: float | None
    room: float | None
    signal: float


def difficulties(samples: Iterable[Recorded], terms: Terms) -> Iterator[Difficulty]:
    """Measures each task, in the order of their first samples.

    Args:
        samples: The samples.
        terms: The reward's constants.
    """
    for group, members in grouped(samples):
        proofs = [sample.evidence for sample in members if sample.evidence is not None]
        passing = [
            sample.quality
            for sample in members
            if sample.quality is not None and (sample.evidence is None or sample.evidence.passed)
        ]
        middle = statistics.median(passing) if passing else None
        rewards = [reward for sample in members if not math.isnan(reward := reward_of(sample, terms))]
        yield Difficulty(
            group=group,
            samples=len(members),
            pass_rate=statistics.fmean(proof.passed for proof in proofs) if proofs else None,
            tests_fraction=statistics.fmean(proof.fraction for proof in proofs) if proofs else None,
            quality=middle,
            room=None if middle is None else max(passing) - middle,
            signal=statistics.pstdev(rewards) if rewards else 0.0,
        )
