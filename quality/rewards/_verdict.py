"""From a score to what a reward makes of it."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quality.model import Confidence, Reason, Status

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from quality.model import Analysis, Finding, Score

#: The analysis did not end as it should; whose fault that is depends on where it ran.
_BROKEN = frozenset({Reason.CRASH, Reason.TIMEOUT, Reason.MEMORY})


class Outcome(enum.StrEnum):
    """What became of a sample's quality."""

    #: There is a number.
    JUDGED = "judged"
    #: The sample has no code, does not parse, or only pretends: it gets nothing.
    CHARGED = "charged"
    #: The analysis failed on our side: it gets no reward.
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A sample's quality as a reward sees it.

    Attributes:
        outcome: What became of it.
        value: The score, 0 to 1; 0 unless judged.
        dimensions: Dimension id → 0 to 1; empty unless judged.
        analysis: What was found, where it was asked for; None unless judged.
    """

    outcome: Outcome
    value: float = 0.0
    dimensions: Mapping[str, float] = field(default_factory=dict)
    analysis: Analysis | None = None


CHARGED = Verdict(Outcome.CHARGED)
LOST = Verdict(Outcome.LOST)


def verdict(
    score: Score, caps: Collection[str], *, isolated: bool, analysis: Analysis | None = None
) -> Verdict:
    """Says what a score means for a reward.

    Args:
        score: The score.
        caps: Rules whose finding means that the code only pretends: stubs, opaque code.
        isolated: True when the text ran alone in a fresh worker before it was given up: then a crash, a
            timeout or a lack of memory is the text's doing.
        analysis: What was found, to be kept.
    """
    if score.value is None:
        ours = score.reason in _BROKEN and not isolated
        return LOST if ours else CHARGED
    if pretence(score, caps) is not None:
        return CHARGED
    if score.status is Status.PARTIAL:
        return LOST
    return Verdict(Outcome.JUDGED, score.value, score.dimensions, analysis)


def pretence(score: Score, caps: Collection[str]) -> Finding | None:
    """The first finding that says for certain that the whole text only pretends, or None."""
    return next(
        (each for each in score.findings if each.rule_id in caps and each.confidence is Confidence.HIGH), None
    )
