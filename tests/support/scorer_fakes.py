"""A scorer whose scores are written in the codes, so that tests of its callers need no analyzer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from quality_fakes import finding

from quality.model import HostError, Reason, Rule, Score, Severity, Status
from quality.rewards import QualityReward

FINGERPRINT = "sha256:fake"
STUB = Rule("quality:stub-body", "A stub", "structure", Severity.ERROR, "It does nothing.", "libcst")

_VALUE = re.compile(r"# q=([\d.]+)")


def fake_score(code: str | bytes, *, value: float | None = None, **changes: object) -> Score:
    """``# q=0.5`` scores 0.5, anything else 0.9; an empty text is unmeasured; ``value`` overrides."""
    text = code if isinstance(code, str) else code.decode()
    if not text.strip():
        return unmeasured(Reason.EMPTY, "no text")
    match = _VALUE.search(text)
    number = value if value is not None else float(match[1]) if match else 0.9
    stub = (finding(STUB),) if "# stub" in text else ()
    fields = {"status": Status.MEASURED, "value": number, "grade": "A", "findings": stub, **changes}
    fields.setdefault("dimensions", {"security": number})
    return Score(profile="sample", fingerprint=FINGERPRINT, **fields)


def unmeasured(reason: Reason, detail: str = "") -> Score:
    return Score(Status.UNMEASURED, "sample", FINGERPRINT, reason=reason, detail=detail)


class FakeScorer:
    """Scores with ``judge``; keeps what it was asked."""

    def __init__(
        self,
        judge: Callable[[str], Score] = fake_score,
        *,
        fingerprint: str = FINGERPRINT,
        breaks: int = 0,
    ) -> None:
        self.judge = judge
        self.fingerprint = fingerprint
        self.breaks = breaks
        self.asked: list[str] = []
        self.closed = 0

    def score_many(self, codes: Iterable[str | bytes]) -> Iterator[Score]:
        if self.breaks:
            self.breaks -= 1
            raise HostError("A worker did not start.")
        for code in codes:
            self.asked.append(code)
            yield self.judge(code)

    def close(self) -> None:
        self.closed += 1


def fake_reward(**arguments: object) -> QualityReward:
    """A reward of what ``FakeScorer`` says, with other arguments as they are given."""
    return QualityReward(**{"open_scorer": FakeScorer, **arguments})


def completion(quality: float) -> str:
    """A completion whose code has a quality."""
    return f"```python\nx = f()  # q={quality:g}\n```"
