"""Quality as a potential over the turns of an episode."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quality.model import UsageError
from quality.rewards._checks import check_count, check_number, is_number
from quality.rewards._reward import QualityReward
from quality.samples import plain_items

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class TurnReward:
    """Rewards each turn of an episode for the quality that it adds, and the last one for the result too.

    Turn ``t`` gets ``p * (g * Φ(s_t) - Φ(s_t-1))``, with the quality of the code after the turn as potential
    ``Φ`` and ``Φ = 0`` in the terminal state; the last turn gets the reward of its code besides. So the
    potential moves reward to the turns that earn it and changes no optimal policy (Ng, Harada and Russell,
    1999): the discounted sum over an episode is that of the last reward, less ``p * Φ`` of the start.

    Summed without discounting, an episode loses ``p * (1 - g) * Φ`` a turn. Construction checks that this does
    not make right episodes worse than wrong ones, and that discounting does not either.

    Attributes:
        reward: What the code of the last turn gets. Its on_failure should not be ``abstain``.
        discount: ``g`` of the trainer, above 0 and at most 1.
        potential: ``p``, the potential's weight, 0 or more and less than 1.
        longest: Most turns of an episode.

    Raises:
        UsageError: An argument is out of range, or wrong episodes could win: says which inequality fails and
            by how much.
    """

    reward: QualityReward
    discount: float = 1.0
    potential: float = 0.15
    longest: int = 16

    def __post_init__(self) -> None:
        if not isinstance(self.reward, QualityReward):
            raise UsageError(f"reward should be a QualityReward, got {self.reward!r}.")
        check_number("potential", self.potential, 0.0, 1.0)
        if not (is_number(self.discount) and 0.0 < self.discount <= 1.0):
            raise UsageError(f"discount should be a number above 0 and at most 1, got {self.discount!r}.")
        check_count("longest", self.longest, 1)
        terms = self.reward.terms
        if terms.on_failure == "abstain" or terms.graded_tests is not None:
            raise UsageError(
                "An episode ends in a reward behind a gate: on_failure 'fraction' or 'floor', no graded_tests."
            )
        self._check_margin()

    def __call__(
        self,
        turns: Sequence[object],
        *,
        start: object = None,
        passed: object = None,
        tests_fraction: float | None = None,
        prompt: object = None,
    ) -> list[float | None]:
        """Rewards the turns of one episode.

        Args:
            turns: What each turn ends with: a completion with the whole code as it is then.
            start: The code before the first turn; None when there is none, whose potential is 0.
            passed: Whether the last turn's code passes its tests, or which fraction of them; None when there
                are no tests.
            tests_fraction: Fraction of the tests that the last turn's code passes.
            prompt: The prompt, as for ``QualityReward``.

        Returns:
            A reward per turn. The last is None, and all others too, when the last code could not be analysed
            on our side. A turn that could not be keeps the potential of the one before.
        """
        turns = plain_items(turns)
        if not turns:
            return []
        states = [start, *turns[:-1]]
        shaped = self._shaped(states, prompt)
        (final,) = self.reward(
            [turns[-1]],
            prompts=[prompt],
            passed=None if passed is None else [passed],
            tests_fraction=None if tests_fraction is None else [tests_fraction],
        )
        if final is None:
            return [None] * len(turns)
        return [*shaped[:-1], shaped[-1] + final]

    def _shaped(self, states: Sequence[object], prompt: object) -> list[float]:
        rows = self.reward.components(states, prompts=[prompt] * len(states))
        levels: list[float] = []
        for row in rows:
            unknown = row["abstained"] and levels
            levels.append(levels[-1] if unknown else row["quality"])
        after = [*levels[1:], 0.0]
        pairs = zip(after, levels, strict=True)
        return [self.potential * (self.discount * later - now) for later, now in pairs]

    def _check_margin(self) -> None:
        terms = self.reward.terms
        right = 1.0 - terms.weight
        wrong = terms.failed_factor if terms.on_failure == "fraction" else 0.0
        lost = self.potential * (1.0 - self.discount) * (self.longest - 1)
        if wrong + lost >= right:
            raise UsageError(
                "Long right episodes could get as little as short wrong ones: failed_factor + potential * "
                "(1 - discount) * (longest - 1) < 1 - weight does not hold, "
                f"{wrong + lost:.3g} is {wrong + lost - right:.3g} above {right:.3g}.",
                remedy="Lower the potential or longest, or raise the discount.",
            )
        late = self.discount ** (self.longest - 1) * right
        if wrong >= late:
            raise UsageError(
                "Late right episodes could be worth as little as early wrong ones: failed_factor < "
                f"discount ** (longest - 1) * (1 - weight) does not hold, {wrong:.3g} is {wrong - late:.3g} "
                f"above {late:.3g}.",
                remedy="Lower failed_factor or longest, or raise the discount.",
            )
