"""TRL: ``QualityReward`` is a reward function as it is; this is the same as a coroutine."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from quality.rewards._checks import check_function

if TYPE_CHECKING:
    from quality.rewards._reward import QualityReward


class AsyncTRLReward:
    """An asynchronous reward function for TRL, which then runs it beside other asynchronous ones.

    Args:
        reward: The reward. It works in a thread of its own, so the event loop stays free.
    """

    def __init__(self, reward: QualityReward) -> None:
        check_function("reward", reward)
        self.reward = reward
        self.__name__ = str(getattr(reward, "__name__", "quality_reward"))

    async def __call__(self, completions: object = (), **columns: Any) -> list[float | None]:
        """Rewards a batch, as ``QualityReward`` does."""
        return await asyncio.to_thread(self.reward, completions, **columns)
