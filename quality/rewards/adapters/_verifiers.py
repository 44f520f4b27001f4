"""verifiers: functions of a rubric (0.1), and methods of a task (0.4)."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from quality.rewards.adapters._facts import columns_of, own_reward, single
from quality.samples import plain, plain_entry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quality.rewards._reward import QualityReward


class VerifiersReward:
    """Rewards for both lines of verifiers.

    0.1: it is a reward function of a rubric, ``vf.Rubric(funcs=[reward])``, and ``reward.group`` one for all
    samples of a prompt together. 0.4: a task's method asks it::

        @vf.reward(weight=1.0)
        async def quality(self, trace):
            return await REWARD.trace(trace, self.data, passed=...)

    Evidence and references (``passed``, ``tests_fraction``, ``reference``, ``before``, ``entry_point``) are
    taken from a rollout's state, info and task. Where there are none the reward is the quality term alone, to be added to a rubric's
    reward of 0 or 1 for the tests. A sample without a reward gets 0: a raise would lose its trace.

    Args:
        reward: The reward; made of the other arguments when it is None.
        options: Arguments of ``QualityReward``.
    """

    def __init__(self, reward: QualityReward | None = None, **options: Any) -> None:
        self.reward = own_reward(reward, options)
        self.__name__ = self.reward.__name__

    def __call__(
        self,
        completion: object,
        prompt: object = None,
        info: object = None,
        state: object = None,
        task: object = None,
    ) -> float:
        """Rewards one rollout of the 0.1 line."""
        return single(self.reward, completion, _text(prompt), [state, info, task])["reward"]

    def group(
        self,
        completions: Sequence[object],
        prompts: Sequence[object],
        infos: Sequence[object] = (),
        states: Sequence[object] = (),
    ) -> list[float]:
        """Rewards all rollouts of a prompt, in the 0.1 line."""
        beside = [
            [places[number] for places in (states, infos) if number < len(places)]
            for number in range(len(completions))
        ]
        rows = self.reward.components(completions, prompts=list(prompts), **columns_of(beside))
        return [row["reward"] for row in rows]

    async def trace(self, trace: Any, task: Any = None, *, passed: object = None) -> float:
        """Rewards a trace of the 0.4 line by its last reply, in a thread of its own.

        Args:
            trace: The trace; its ``last_reply`` is the completion.
            task: The task's data, whose fields may give evidence and references.
            passed: What the task's tests say, when no field does.
        """
        fields = plain(task)
        prompt = plain_entry(fields, "prompt")
        row = await asyncio.to_thread(single, self.reward, trace.last_reply, _text(prompt), [fields], passed)
        return row["reward"]


def _text(prompt: object) -> str | None:
    """A prompt that is a text; chat messages are not echoed by completions."""
    prompt = plain(prompt)
    return prompt if isinstance(prompt, str) else None
