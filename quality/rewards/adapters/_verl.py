"""verl: ``compute_score``, one sample at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quality.rewards._checks import check_function
from quality.rewards.adapters._facts import fact, own_reward, share, single

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from quality.rewards._reward import QualityReward


class VerlReward:
    """verl's ``compute_score`` (0.9: ``reward.custom_reward_function.path`` and ``name``).

    Put ``compute_score = VerlReward(workers=1, tests=...)`` into a file and name both in the configuration. The
    answer has the same keys for every sample, which verl needs: ``score``, ``acc`` (1 when the tests pass) and
    the components; with GDPO list ``correctness_term`` and ``quality_term`` as ``gdpo_reward_keys``.

    Evidence and references are taken from ``extra_info`` (``passed``, ``tests_fraction``, ``reference``,
    ``before``, ``entry_point``), and from a mapping as ground truth. A text under ``extra_info["prompt"]`` is the prompt.

    Args:
        reward: The reward; made of the other arguments when it is None.
        tests: Called with verl's four arguments; gives a truth value, a fraction, or a mapping with
            ``score``, such as one of verl's own functions. What it raises is not caught.
        options: Arguments of ``QualityReward``.
    """

    def __init__(
        self,
        reward: QualityReward | None = None,
        *,
        tests: Callable[..., object] | None = None,
        **options: Any,
    ) -> None:
        self.reward = own_reward(reward, options, "verl")
        if tests is not None:
            check_function("tests", tests)
        self.tests = tests
        self.__name__ = "compute_score"

    def __call__(
        self,
        data_source: object = None,
        solution_str: object = None,
        ground_truth: object = None,
        extra_info: Mapping[str, object] | None = None,
        **others: object,
    ) -> dict[str, float]:
        """Rewards one sample; what verl passes besides (``reward_kwargs``) is ignored."""
        del others
        passed = None
        if self.tests is not None:
            passed = share(
                self.tests(
                    data_source=data_source,
                    solution_str=solution_str,
                    ground_truth=ground_truth,
                    extra_info=extra_info,
                )
            )
        prompt = fact("prompt", [extra_info])
        row = single(self.reward, solution_str, prompt, [extra_info, ground_truth], passed)
        return {"score": row["reward"], "acc": row["passed"], **row}
