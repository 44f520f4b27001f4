"""Running attacks against bases, and what moved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quality.audit._statistics import mean
from quality.audit.attacks import Expectation
from quality.scoring import between

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from quality.audit._materials import Piece
    from quality.audit._panel import Panel, Request, Verdict
    from quality.audit.attacks import Attack
    from quality.scoring import Move, Volume

    #: A base, and what is judged of it before an attack and after it.
    _Trial = tuple[Piece, Verdict, Verdict]

#: Smaller gains are noise of floating point.
_POSITIVE = 1e-6
#: Rounding of a sum of losses.
_SLACK = 1e-9
#: How many causes explain a gain.
_CAUSES = 4


@dataclass(frozen=True, slots=True)
class Gains:
    """Score after minus score before, over the bases that have both.

    Attributes:
        mean: The mean.
        largest: The largest gain; negative when every score fell.
        second: The second largest; the largest where there is one only.
        smallest: The smallest, or the largest fall.
        positive: Share of bases that gained.
        worst: Id of the base with the largest gain.
        before: Its score before.
        after: Its score after.
        moved: What changed on it, the largest saving first.
    """

    mean: float
    largest: float
    second: float
    smallest: float
    positive: float
    worst: str
    before: float
    after: float
    moved: tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class AttackResult:
    """What an attack does to the score.

    Attributes:
        attack: The attack.
        applied: Bases on which it changes something.
        unmeasured: How many of those have no score afterwards.
        alone: Gains without a reference; None when nothing could be compared.
        against: Gains with the base's own size as reference.
        past: Bases on which a bound is exceeded.
    """

    attack: Attack
    applied: int
    unmeasured: int
    alone: Gains | None
    against: Gains | None
    past: int = 0

    @property
    def excess(self) -> float:
        """By how much the bound is exceeded; 0 or less when it holds."""
        if self.attack.expectation is Expectation.UNMEASURED:
            return 1.0 if self.unmeasured < self.applied else 0.0
        bound = self.attack.bound
        pairs = ((self.alone, bound.alone), (self.against, bound.against))
        return max((self._moved(gains) - limit for gains, limit in pairs if gains), default=0.0)

    @property
    def holds(self) -> bool:
        """Whether the attack's expectation holds."""
        return self.excess <= _SLACK

    def _moved(self, gains: Gains) -> float:
        both = self.attack.expectation is Expectation.INVARIANT
        return max(gains.largest, -gains.smallest) if both else gains.largest


def run_attacks(
    attacks: Sequence[Attack],
    bases: Sequence[Piece],
    panel: Panel,
    rng_for: Callable[[str, str], random.Random],
) -> list[AttackResult]:
    """Applies every attack to every base and compares the scores.

    Args:
        attacks: The attacks.
        bases: What is attacked.
        panel: Judges.
        rng_for: Gives the source of chance for an attack's and a base's id.
    """
    before = panel.judge(base.code for base in bases)
    usable = [base for base in bases if before[base.code].value is not None]
    references = {base.code: _anchor(before[base.code]) for base in usable}
    trials = [
        (attack, base, attacked)
        for attack in attacks
        for base in usable
        if not (attack.natural and base.spoilt)
        if (attacked := attack.apply(base.code, rng_for(attack.id, base.id))) is not None
    ]
    requests: list[Request] = [(base.code, references[base.code]) for base in usable]
    requests += [(text, reference) for _, base, text in trials for reference in (None, references[base.code])]
    verdicts: Mapping[Request, Verdict] = {
        **panel.judge_against(requests),
        **{(text, None): verdict for text, verdict in before.items()},
    }
    results: list[AttackResult] = []
    for attack in attacks:
        own = [(base, text) for each, base, text in trials if each is attack]
        alone = [(base, verdicts[base.code, None], verdicts[text, None]) for base, text in own]
        against = [
            (base, verdicts[base.code, reference], verdicts[text, reference])
            for base, text in own
            if (reference := references[base.code]) is not None
        ]
        results.append(_result(attack, alone, against))
    return results


def _result(attack: Attack, alone: Sequence[_Trial], against: Sequence[_Trial]) -> AttackResult:
    lost = sum(after.value is None for _, _, after in alone)
    if attack.expectation is Expectation.UNMEASURED:
        past = len(alone) - lost
    else:
        bound = attack.bound
        past = len({*_past(attack, alone, bound.alone), *_past(attack, against, bound.against)})
    return AttackResult(attack, len(alone), lost, gains_of(alone), gains_of(against), past)


def _past(attack: Attack, trials: Sequence[_Trial], bound: float) -> Iterator[str]:
    """Ids of the bases on which the bound is exceeded."""
    for base, before, after in trials:
        if before.value is not None and after.value is not None:
            gain = after.value - before.value
            moved_by = abs(gain) if attack.expectation is Expectation.INVARIANT else gain
            if moved_by > bound + _SLACK:
                yield base.id


def _anchor(verdict: Verdict) -> Volume | None:
    """The size of a base; None when it has no unit, so that nothing can be measured against it."""
    return verdict.volume if verdict.volume is not None and verdict.volume.weight > 0 else None


def gains_of(trials: Sequence[_Trial]) -> Gains | None:
    """Summarises before and after; None when no trial has both scores."""
    changes = [
        (after.value - before.value, base.id, before, after)
        for base, before, after in trials
        if before.value is not None and after.value is not None
    ]
    if not changes:
        return None
    values = [change[0] for change in changes]
    largest, worst, before, after = max(changes, key=lambda each: (each[0], each[1]))
    return Gains(
        mean=mean(values),
        largest=largest,
        second=sorted(values)[-2] if len(values) > 1 else largest,
        smallest=min(values),
        positive=sum(value > _POSITIVE for value in values) / len(values),
        worst=worst,
        before=before.value or 0.0,
        after=after.value or 0.0,
        moved=moved(before, after),
    )


def moved(before: Verdict, after: Verdict) -> tuple[Move, ...]:
    """The causes whose loss changed most, the largest saving first."""
    largest = between(before.losses, after.losses)[:_CAUSES]
    return tuple(
        sorted(
            (move for move in largest if abs(move.difference) > _POSITIVE), key=lambda move: move.difference
        )
    )
