"""OpenRLHF: a function of queries, prompts and labels, and the same over HTTP."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from quality.model import UsageError
from quality.rewards._checks import check_function
from quality.rewards.adapters._facts import columns_of, own_reward
from quality.samples import plain, plain_items

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from quality.rewards._reward import QualityReward


class OpenRLHFReward:
    """OpenRLHF's ``reward_func`` (0.11: ``--remote_rm_url FILE.py``).

    Put ``reward_func = OpenRLHFReward(workers=8, tests=...)`` into the file. Queries contain the prompt, which is
    taken off. A label that is an object (or its JSON) may give ``passed``, ``tests_fraction``, ``reference``,
    ``before`` or ``entry_point``. A sample without a reward gets 0, and ``abstained`` is 1 in its logs.

    Args:
        reward: The reward; made of the other arguments when it is None.
        tests: Called with ``queries``, ``prompts`` and ``labels``; gives a truth value or a fraction per sample.
        options: Arguments of ``QualityReward``.
    """

    def __init__(
        self,
        reward: QualityReward | None = None,
        *,
        tests: Callable[..., Sequence[object]] | None = None,
        **options: Any,
    ) -> None:
        self.reward = own_reward(reward, options)
        if tests is not None:
            check_function("tests", tests)
        self.tests = tests
        self.__name__ = "reward_func"

    def __call__(
        self,
        queries: Sequence[object],
        prompts: Sequence[object] = (),
        labels: Sequence[object] = (),
        **others: object,
    ) -> dict[str, Any]:
        """Rewards a batch: ``rewards``, ``scores`` and ``extra_logs``, as tensors where torch is loaded."""
        del others
        answer = self.respond({"query": queries, "prompts": prompts, "labels": labels})
        logs = {key: _tensor(values) for key, values in answer["extra_logs"].items()}
        return {
            "rewards": _tensor(answer["rewards"]),
            "scores": _tensor(answer["scores"]),
            "extra_logs": logs,
        }

    def respond(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """Answers the request that OpenRLHF posts to a remote reward model.

        Args:
            body: ``query`` (a list of texts) with ``prompts`` and ``labels``, each as long or left out.

        Returns:
            ``rewards`` (for training), ``scores`` (0 to 1, whether the tests pass; for filtering) and
            ``extra_logs`` (the components), lists of numbers.

        Raises:
            UsageError: ``query`` is no list, or another list is not as long.
        """
        queries, prompts, labels = _lists(body)
        completions = [_answer(*pair) for pair in zip(queries, prompts, strict=True)]
        columns = columns_of([[_label(label)] for label in labels])
        if self.tests is not None:
            columns["passed"] = plain_items(self.tests(queries=queries, prompts=prompts, labels=labels))
        rows = self.reward.components(completions, prompts=prompts, **columns)
        logs = {key: [row[key] for row in rows] for key in (rows[0] if rows else ())}
        tested = "passed" in columns or "tests_fraction" in columns
        return {
            "rewards": [row["reward"] for row in rows],
            "scores": [row["passed"] if tested else row["quality"] for row in rows],
            "extra_logs": logs,
        }


def _lists(body: Mapping[str, Any]) -> tuple[list[object], list[object], list[object]]:
    queries = body.get("query")
    if not isinstance(queries, list | tuple):
        raise UsageError("'query' should be a list of texts.")
    others = []
    for name in ("prompts", "labels"):
        values = body.get(name)
        if values is None or (isinstance(values, list | tuple) and not values):
            values = [None] * len(queries)
        if not isinstance(values, list | tuple) or len(values) != len(queries):
            raise UsageError(
                f"'{name}' should be a list as long as 'query', which has {len(queries)} entries."
            )
        others.append(list(values))
    return list(queries), others[0], others[1]


def _answer(query: object, prompt: object) -> object:
    """What follows the prompt, wherever a template put it into the query."""
    query, prompt = plain(query), plain(prompt)
    if isinstance(query, str) and isinstance(prompt, str) and prompt.strip():
        before, found, after = query.partition(prompt)
        # A beginning-of-text mark may stand before the prompt; what is further inside is no echo of it.
        return after if found and len(before) <= _LONGEST_MARK else query
    return query


_LONGEST_MARK = 32


def _label(label: object) -> object:
    label = plain(label)
    if isinstance(label, str) and label.lstrip().startswith("{"):
        try:
            return json.loads(label)
        except (ValueError, RecursionError):
            return None
    return label


def _tensor(values: list[float]) -> Any:
    """OpenRLHF concatenates tensors; it has torch loaded, others need none."""
    torch = sys.modules.get("torch")
    return values if torch is None else torch.tensor(values)
