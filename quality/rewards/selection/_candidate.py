"""Samples as candidates: which group they belong to, whether they pass, how good they are."""

from __future__ import annotations

import enum
import hashlib
import json
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quality.model import Reason
from quality.rewards._evidence import read_evidence
from quality.rewards._verdict import Outcome, pretence, verdict
from quality.samples import read_sample

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from quality.model import Score
    from quality.rewards._evidence import Evidence
    from quality.samples import CodeScorer, Sample, SampleFile


class Place(enum.IntEnum):
    """Who comes before whom, whatever the quality."""

    #: Judged, and passes its tests; or judged, where there are no tests.
    FIRST = 0
    #: Judged, and does not pass its tests.
    FAILING = 1
    #: Has no code, or only pretends, or could not be judged.
    LAST = 2


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line of a file as a candidate.

    Attributes:
        number: The line's number, from 1.
        start: Where the line begins in the file.
        identity: Its ``id``.
        group: What it has in common with the other candidates for the same thing.
        place: Who it comes before.
        evidence: What its tests say, or None.
        score: Its quality, 0 to 1, or None.
        level: The quality in whole quanta, by which candidates are compared.
        reason: Why it is last, or None: a reason for no score, ``pretends`` or ``lost``.
        detail: The reason in words.
        losses: Cause → loss.
        dimensions: Dimension id → 0 to 1.
        digest: Digest of its code.
        prompted: Whether its line has a prompt.
    """

    number: int
    start: int
    identity: object
    group: str
    place: Place
    evidence: Evidence | None
    score: float | None
    level: int
    reason: str | None = None
    detail: str = ""
    losses: Mapping[str, float] = field(default_factory=dict)
    dimensions: Mapping[str, float] = field(default_factory=dict)
    digest: bytes = b""
    prompted: bool = False

    @property
    def passed(self) -> bool | None:
        """Whether it passes its tests; None when nothing is said."""
        return None if self.evidence is None else self.evidence.passed

    @property
    def order(self) -> tuple[int, float, int]:
        """Smaller is better; equal is a tie."""
        if self.place is Place.LAST:
            return (self.place, 0.0, 0)
        # Of those who come first, the share is 1: they pass, or there are no tests.
        share = self.evidence.fraction if self.evidence is not None else 1.0
        return (self.place, -share, -self.level)


def judge_candidates(
    file: SampleFile,
    scorer: CodeScorer,
    caps: Collection[str],
    *,
    by: str | None = None,
    quantum: float = 0.01,
) -> Iterator[Candidate]:
    """Judges the lines of a file, streaming, in order.

    Args:
        file: Lines as for ``quality score``, with ``passed`` or ``tests_fraction`` where tests were run.
        scorer: Scores the codes.
        caps: Rules whose finding means that the code only pretends.
        by: The key that the candidates of a group share; None for ``task_id``, and ``prompt`` where a line
            has none. A line without it is in the group of all such lines.
        quantum: Step to which quality is rounded, so that noise decides no order; 0 for none.
    """
    pending: deque[tuple[Sample, int]] = deque()

    def codes() -> Iterator[str]:
        for number, (start, line) in enumerate(file.lines(), 1):
            sample = read_sample(line, number)
            pending.append((sample, start))
            yield sample.code

    for score in scorer.score_many(codes()):
        sample, start = pending.popleft()
        yield _candidate(sample, start, score, caps, _group(sample, by), quantum)


def _candidate(
    sample: Sample, start: int, score: Score, caps: Collection[str], group: str, quantum: float
) -> Candidate:
    (evidence,) = read_evidence(1, [sample.others.get("passed")], [sample.others.get("tests_fraction")])
    reason, detail = _problem(sample, score, caps)
    place = Place.FIRST if evidence is None or evidence.passed else Place.FAILING
    place = Place.LAST if reason else place
    value = None if sample.reason is not None else score.value
    losses: dict[str, float] = {}
    for part in score.contributions if value is not None else ():
        losses[part.cause] = losses.get(part.cause, 0.0) + part.loss
    return Candidate(
        number=sample.number,
        start=start,
        identity=sample.identity,
        group=group,
        place=place,
        evidence=evidence,
        score=value,
        level=round((value or 0.0) / (quantum or 1e-9)),
        reason=reason,
        detail=detail,
        losses=losses,
        dimensions=score.dimensions if value is not None else {},
        digest=hashlib.sha256(sample.code.encode("utf-8", "surrogatepass")).digest(),
        prompted=sample.others.get("prompt") is not None,
    )


def _problem(sample: Sample, score: Score, caps: Collection[str]) -> tuple[str | None, str]:
    if sample.reason is not None:
        return sample.reason, sample.detail
    if score.value is None:
        return score.reason or Reason.CRASH, score.detail
    outcome = verdict(score, caps, isolated=True).outcome
    if outcome is Outcome.LOST:
        return "lost", "an analyzer failed"
    if outcome is Outcome.CHARGED and (found := pretence(score, caps)) is not None:
        return "pretends", f"{found.rule_id}: {found.message}"
    return None, ""


def _group(sample: Sample, by: str | None) -> str:
    return group_of({"id": sample.identity, **sample.others}, by)


def group_of(others: Mapping[str, object], by: str | None) -> str:
    """What a line has in common with the others of its group: the text of a key, or its JSON; empty without."""
    names: Sequence[str] = (by,) if by is not None else ("task_id", "prompt")
    value = next((others[name] for name in names if others.get(name) is not None), None)
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, sort_keys=True)
