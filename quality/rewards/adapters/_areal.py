"""AReaL: ``reward_fn``, one sample at a time, pickled into a pool of processes for every call."""

from __future__ import annotations

import pickle
import secrets
from typing import TYPE_CHECKING, Any

from quality.model import UsageError
from quality.rewards._checks import check_function
from quality.rewards.adapters._facts import own_reward, share, single

if TYPE_CHECKING:
    from collections.abc import Callable

    from quality.rewards._reward import QualityReward

#: The rewards of this process. Each call brings a new copy; the first one opens the analyzers and stays.
_KEPT: dict[str, QualityReward] = {}


class AReaLReward:
    """AReaL's ``reward_fn`` (1.0), a number per call.

    Evidence and references are taken from the data set's columns, which AReaL passes as keywords (``passed``,
    ``tests_fraction``, ``reference``, ``before``, ``entry_point``). AReaL gives a call 15 seconds and tries it again: the first of
    a process opens the analyzers, which takes about two.

    Args:
        reward: The reward; made of the other arguments when it is None.
        tests: Called like this function; gives a truth value or a fraction. Must be picklable.
        options: Arguments of ``QualityReward``.
    """

    def __init__(
        self,
        reward: QualityReward | None = None,
        *,
        tests: Callable[..., object] | None = None,
        **options: Any,
    ) -> None:
        self.reward = own_reward(reward, options, "AReaL")
        if tests is not None:
            check_function("tests", tests)
        self.tests = tests
        self.__name__ = "reward_fn"
        self._key = secrets.token_hex(8)
        try:
            pickle.dumps(self)
        except (pickle.PicklingError, AttributeError, TypeError) as error:
            raise UsageError(
                f"AReaL pickles a reward, and this one cannot be pickled: {error}.",
                remedy="Give functions of a module as tests and open_scorer, no lambdas.",
            ) from None

    def __call__(
        self,
        prompt: object = None,
        completions: object = None,
        prompt_ids: object = None,
        completion_ids: object = None,
        **columns: Any,
    ) -> float:
        """Rewards one sample (which AReaL calls ``completions``)."""
        passed = None
        if self.tests is not None:
            passed = share(self.tests(prompt, completions, prompt_ids, completion_ids, **columns))
        kept = _KEPT.setdefault(self._key, self.reward)
        return single(kept, completions, prompt, [columns], passed)["reward"]
