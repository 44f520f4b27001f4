"""What the service answers: from the bytes of a request to the bytes of an answer, in a thread of its own."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, cast

from quality.rewards.adapters import NeMoGymVerifier, OpenRLHFReward
from quality.samples import encode_line, read_json, sample_of, score_lines, score_samples
from quality.serve._problems import ProblemError
from quality.serve._shapes import read_reward

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quality.rewards import QualityReward
    from quality.serve._dispatcher import SharedScorer

JSON = "application/json"
#: JSON lines, by their names.
LINES = ("application/x-ndjson", "application/jsonl", "application/jsonlines")


@dataclass(frozen=True, slots=True)
class Asked:
    """A request.

    Attributes:
        body: Its body.
        media: Its media type.
        scorer: What scores for it.
    """

    body: bytes
    media: str
    scorer: SharedScorer


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that went well.

    Attributes:
        body: Its body.
        media: Its media type.
    """

    body: bytes
    media: str = JSON


class Service:
    """Answers with one profile and one reward.

    Args:
        reward: The reward.
    """

    def __init__(self, reward: QualityReward) -> None:
        self.reward = reward

    def score(self, asked: Asked) -> Answer:
        """Scores a sample, a list of samples, or lines of samples: the bytes of ``quality score``."""
        if asked.media in LINES:
            lines = score_lines(io.BytesIO(asked.body), asked.scorer)
            return Answer(b"".join(encode_line(line) for line in lines), asked.media)
        value = _json(asked)
        samples = value if isinstance(value, list) else [_mapping(value)]
        numbered = (sample_of(sample, number) for number, sample in enumerate(samples, 1))
        found = [encode_line(line) for line in score_samples(numbered, asked.scorer)]
        if not isinstance(value, list):
            return Answer(found[0])
        return Answer(b"[" + b",".join(line.rstrip(b"\n") for line in found) + b"]\n")

    def rewards(self, asked: Asked) -> Answer:
        """Rewards a batch, in the form of this service or in that of OpenRLHF."""
        body = _json(asked)
        if isinstance(body, dict) and "query" in body:
            return self._remote(body, asked)
        request = read_reward(body)
        columns = {name: values for name, values in request if values is not None}
        rows = self._own(asked).components(columns.pop("completions"), **columns)
        return _encoded(
            {
                "rewards": [None if row["abstained"] else row["reward"] for row in rows],
                "components": rows,
                "profile": self.reward.profile.name,
                "fingerprint": asked.scorer.fingerprint,
            }
        )

    def remote(self, asked: Asked) -> Answer:
        """Rewards a batch in the form of OpenRLHF."""
        return self._remote(_mapping(_json(asked)), asked)

    def verify(self, asked: Asked) -> Answer:
        """Rewards one response in the form of NeMo-Gym."""
        return _encoded(NeMoGymVerifier(self._own(asked)).respond(_mapping(_json(asked))))

    def _remote(self, body: Mapping[str, Any], asked: Asked) -> Answer:
        return _encoded(OpenRLHFReward(self._own(asked)).respond(body))

    def _own(self, asked: Asked) -> QualityReward:
        return self.reward.with_scorer(lambda: asked.scorer)


def _json(asked: Asked) -> object:
    try:
        return read_json(asked.body)
    except ValueError as error:
        raise ProblemError(
            HTTPStatus.BAD_REQUEST, f"The body cannot be read: {error}.", "Send JSON in UTF-8."
        ) from None


def _mapping(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ProblemError(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "The body is of another form.",
            "The form of a request is in /openapi.json.",
        )
    return cast("dict[str, Any]", value)


def _encoded(document: Mapping[str, object]) -> Answer:
    text = json.dumps(document, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    return Answer(text.encode("ascii"))
