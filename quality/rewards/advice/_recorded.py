"""Recorded samples: their group, tests, quality and length."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from quality.rewards._checks import is_number
from quality.rewards._evidence import read_evidence
from quality.rewards._verdict import Outcome, verdict
from quality.rewards.selection import group_of
from quality.samples import read_sample

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from quality.model import Score
    from quality.rewards._evidence import Evidence
    from quality.samples import CodeScorer, Sample

_UNIT = 1.0


@dataclass(frozen=True, slots=True)
class Recorded:
    """A sample as a trainer got it.

    Attributes:
        number: The line's number, from 1.
        identity: Its ``id``.
        group: What the samples of one prompt share.
        evidence: What its tests say, or None.
        quality: 0 to 1, or None when it gets nothing (no code, a stub) or could not be judged.
        lost: Whether it has no reward: it could not be judged on our side, or nothing is said of its tests while
            something is said of others'.
        length: Characters of the completion, or the line's own ``length``.
    """

    number: int
    identity: object
    group: str
    evidence: Evidence | None
    quality: float | None
    lost: bool
    length: float


def read_recorded(
    lines: Iterable[bytes],
    open_scorer: Callable[[], CodeScorer],
    caps: Collection[str],
    *,
    by: str | None = None,
) -> list[Recorded]:
    """Reads recorded samples; lines that are no samples are left out.

    Args:
        lines: As for ``quality rank``. A line with a number ``quality`` (0 to 1) is not scored; one with
            ``quality`` null gets nothing.
        open_scorer: Makes the scorer, when a line needs one.
        caps: Rules whose finding means that the code only pretends.
        by: The key that the samples of a group share.
    """
    samples = [read_sample(line, number) for number, line in enumerate(lines, 1)]
    needing = [sample for sample in samples if "quality" not in sample.others]
    scores = deque(open_scorer().score_many(sample.code for sample in needing) if needing else ())
    found = []
    for sample in samples:
        score = scores.popleft() if "quality" not in sample.others else None
        if score is not None and sample.reason == "bad-input":
            continue
        found.append(_recorded(sample, score, caps, by))
    tested = any(each.evidence is not None for each in found)
    # In a batch with results of tests, a sample without one gets no reward.
    return [
        replace(each, lost=True, quality=None) if tested and each.evidence is None else each for each in found
    ]


def _recorded(sample: Sample, score: Score | None, caps: Collection[str], by: str | None) -> Recorded:
    others = sample.others
    (evidence,) = read_evidence(1, [others.get("passed")], [others.get("tests_fraction")])
    quality, lost = _quality(sample, score, caps)
    return Recorded(
        number=sample.number,
        identity=sample.identity,
        group=group_of(others, by),
        evidence=evidence,
        quality=quality,
        lost=lost,
        length=_length(sample),
    )


def _quality(sample: Sample, score: Score | None, caps: Collection[str]) -> tuple[float | None, bool]:
    if score is None:
        given = sample.others["quality"]
        return (min(max(given, 0.0), _UNIT) if is_number(given) else None), False
    if sample.reason is not None:
        return None, False
    judged = verdict(score, caps, isolated=True)
    return (judged.value if judged.outcome is Outcome.JUDGED else None), judged.outcome is Outcome.LOST


def _length(sample: Sample) -> float:
    given = sample.others.get("length")
    return given if is_number(given) else sample.length


def grouped(samples: Iterable[Recorded]) -> Iterator[tuple[str, list[Recorded]]]:
    """The samples by group, groups in the order of their first lines."""
    groups: dict[str, list[Recorded]] = {}
    for sample in samples:
        groups.setdefault(sample.group, []).append(sample)
    yield from groups.items()
