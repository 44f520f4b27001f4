"""NeMo-Gym: ``verify`` of a resources server."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from quality.rewards._checks import check_function
from quality.rewards.adapters._facts import own_reward, share, single
from quality.samples import plain_entry

if TYPE_CHECKING:
    from collections.abc import Callable

    from quality.rewards._reward import QualityReward


class NeMoGymVerifier:
    """What a resources server of NeMo-Gym (0.4) answers to ``/verify``.

    In a server: ``return Response(**await verifier.verify(body))``, where Response is a ``BaseVerifyResponse``
    with ``reward_components: dict[str, float]``. Evidence and references are taken from the body's own fields
    and its ``verifier_metadata`` (``passed``, ``tests_fraction``, ``reference``, ``before``,
    ``entry_point``).

    Args:
        reward: The reward; made of the other arguments when it is None.
        tests: Called with the body, may be a coroutine function; gives a truth value or a fraction.
        options: Arguments of ``QualityReward``.
    """

    def __init__(
        self,
        reward: QualityReward | None = None,
        *,
        tests: Callable[[Any], object] | None = None,
        **options: Any,
    ) -> None:
        self.reward = own_reward(reward, options, "NeMo-Gym")
        if tests is not None:
            check_function("tests", tests, waits=True)
        self.tests = tests

    async def verify(self, body: Any) -> dict[str, Any]:
        """Rewards one response.

        Args:
            body: The request, as NeMo-Gym's model or as its JSON.

        Returns:
            The body's fields with ``reward`` and ``reward_components``: the two terms, whose sum is the reward.
        """
        fields = body.model_dump() if hasattr(body, "model_dump") else dict(body)
        passed = None
        if self.tests is not None:
            found = self.tests(body)
            passed = share(await cast("Any", found) if hasattr(type(found), "__await__") else found)
        return await asyncio.to_thread(self.respond, fields, passed)

    def respond(self, fields: Mapping[str, Any], passed: object = None) -> dict[str, Any]:
        """Rewards one response, given as JSON, in this thread.

        Args:
            fields: The request's fields.
            passed: What tests say that the fields do not tell of.

        Returns:
            As ``verify``.
        """
        metadata = fields.get("verifier_metadata")
        text = output_text(fields.get("response"))
        row = single(self.reward, text, None, [metadata, fields], passed)
        components = {name: row[name] for name in ("correctness_term", "quality_term")}
        return {**fields, "reward": row["reward"], "reward_components": components}


def output_text(response: object) -> str:
    """The text of a response as OpenAI's Responses API gives it: all ``output_text`` parts of its messages."""
    output = plain_entry(response, "output")
    items = [item for item in output if isinstance(item, Mapping)] if isinstance(output, list) else []
    parts = [
        part
        for item in items
        if item.get("type") == "message" and isinstance(item.get("content"), list)
        for part in item["content"]
        if isinstance(part, Mapping) and part.get("type") == "output_text"
    ]
    return "".join(part["text"] for part in parts if isinstance(part.get("text"), str))
