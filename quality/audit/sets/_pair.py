"""Pairs of a worse and a better side, and who tells them apart."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quality.audit._statistics import wilson

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from quality.audit._panel import Panel, Verdict

#: Values that differ by less are equal.
TIE = 1e-6


@dataclass(frozen=True, slots=True)
class Pair:
    """A worse and a better version of something.

    Attributes:
        id: Where it comes from.
        bad: The worse side.
        good: The better side.
        part: The part of its set that it belongs to, for the report.
        group: Pairs of one group are not independent; each group weighs 1.
    """

    id: str
    bad: str
    good: str
    part: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """How often a judge was right.

    Attributes:
        pairs: Pairs that could be compared.
        groups: Independent groups of them; what the intervals count.
        wins: Share in which the better side has the higher value.
        ties: Share in which both are equal.
        inverted: Share in which the worse side has the higher value.
    """

    pairs: int
    groups: int
    wins: float
    ties: float
    inverted: float

    @property
    def decided(self) -> float:
        """Share that is no tie."""
        return self.wins + self.inverted

    @property
    def accuracy(self) -> float | None:
        """Share of the decided that is right; None when nothing is decided."""
        return self.wins / self.decided if self.decided > 0 else None

    @property
    def wins_interval(self) -> tuple[float, float]:
        """Wilson interval of the wins, 95 %."""
        return wilson(self.wins, self.groups)

    @property
    def inverted_interval(self) -> tuple[float, float]:
        """Wilson interval of the inverted, 95 %."""
        return wilson(self.inverted, self.groups)

    @property
    def accuracy_interval(self) -> tuple[float, float]:
        """Wilson interval of the accuracy, 95 %."""
        return wilson(self.accuracy or 0.0, self.groups * self.decided)


@dataclass(frozen=True, slots=True)
class SetResult:
    """What every judge makes of a set.

    Attributes:
        name: The set.
        description: In a sentence.
        judges: Judge → part → tally; the part ``""`` is the whole set. The first judge is the score.
        unmeasured: Ids of pairs of which a side has no score.
        inverted: Ids of pairs that the score has the wrong way round, with the difference, worst first.
        rules: Rule → tally over the pairs of which one side has more of its findings: it wins where that is the
            worse side, so its wins are its precision.
    """

    name: str
    description: str
    judges: Mapping[str, Mapping[str, Tally]]
    unmeasured: tuple[str, ...] = ()
    inverted: tuple[tuple[str, float], ...] = field(default=())
    rules: Mapping[str, Tally] = field(default_factory=dict)


def compare(name: str, description: str, pairs: Sequence[Pair], panel: Panel) -> SetResult:
    """Judges the pairs of a set by the score, by its dimensions, by each analyzer alone and by the controls.

    Args:
        name: The set's name on the card.
        description: What its pairs are.
        pairs: A worse and a better text each.
        panel: Judges the texts.

    Returns:
        What each judge says of the pairs of which both sides have a score, and which have none.
    """
    verdicts = panel.judge((text for pair in pairs for text in (pair.bad, pair.good)), alone=True)
    measured = [p for p in pairs if _has_value(verdicts[p.bad]) and _has_value(verdicts[p.good])]
    signs: dict[str, list[tuple[Pair, int]]] = {}
    for judge, value in _judges(panel).items():
        signs[judge] = [(pair, _sign(value, pair, verdicts)) for pair in measured]
    return SetResult(
        name=name,
        description=description,
        judges={judge: _by_part(results) for judge, results in signs.items()},
        unmeasured=tuple(pair.id for pair in pairs if pair not in measured),
        inverted=_worst(measured, verdicts),
        rules=_precision(measured, verdicts),
    )


def tally(results: Sequence[tuple[Pair, int]]) -> Tally:
    """Counts signs: 1 right, 0 tie, -1 inverted; every group weighs the same."""
    sizes: dict[str, int] = {}
    for pair, _ in results:
        sizes[pair.group or pair.id] = sizes.get(pair.group or pair.id, 0) + 1
    shares = {
        sign: math.fsum(1.0 / sizes[pair.group or pair.id] for pair, each in results if each == sign)
        / max(len(sizes), 1)
        for sign in (1, 0, -1)
    }
    return Tally(len(results), len(sizes), shares[1], shares[0], shares[-1])


def _judges(panel: Panel) -> dict[str, Callable[[str, Verdict], float | None]]:
    judges: dict[str, Callable[[str, Verdict], float | None]] = {
        "score": lambda _text, verdict: verdict.value,
        "shorter (LLOC)": lambda _text, verdict: -verdict.lloc,
        "shorter (characters)": lambda text, _verdict: -len(text),
    }
    for use in panel.profile.analyzers:
        judges[f"{use.id} alone"] = lambda _text, verdict, id_=use.id: verdict.alone.get(id_)  # type: ignore[misc]
    for dimension in panel.profile.dimensions:
        judges[f"{dimension.id} only"] = lambda _text, verdict, id_=dimension.id: verdict.dimensions.get(id_)  # type: ignore[misc]
    return judges


def _sign(value: Callable[[str, Verdict], float | None], pair: Pair, verdicts: Mapping[str, Verdict]) -> int:
    bad, good = (value(text, verdicts[text]) for text in (pair.bad, pair.good))
    if bad is None or good is None or abs(good - bad) < TIE:
        return 0
    return 1 if good > bad else -1


def _by_part(results: Sequence[tuple[Pair, int]]) -> dict[str, Tally]:
    parts = sorted({pair.part for pair, _ in results if pair.part})
    named = {part: tally([each for each in results if each[0].part == part]) for part in parts}
    return {"": tally(results), **named}


def _precision(pairs: Sequence[Pair], verdicts: Mapping[str, Verdict]) -> dict[str, Tally]:
    """What the rules tell of the two sides: a finding that only the worse side has is right."""
    signs: dict[str, list[tuple[Pair, int]]] = {}
    for pair in pairs:
        bad, good = verdicts[pair.bad].fired, verdicts[pair.good].fired
        for rule_id in sorted({*bad, *good}):
            more = bad.get(rule_id, 0) - good.get(rule_id, 0)
            if more:
                signs.setdefault(rule_id, []).append((pair, 1 if more > 0 else -1))
    return {rule_id: tally(results) for rule_id, results in sorted(signs.items())}


def _worst(pairs: Iterable[Pair], verdicts: Mapping[str, Verdict]) -> tuple[tuple[str, float], ...]:
    gaps = [(p.id, (verdicts[p.bad].value or 0.0) - (verdicts[p.good].value or 0.0)) for p in pairs]
    return tuple(sorted((each for each in gaps if each[1] >= TIE), key=lambda each: (-each[1], each[0])))


def _has_value(verdict: Verdict) -> bool:
    return verdict.value is not None
