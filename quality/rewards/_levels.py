"""Q of each sample of a batch: absolute, or relative to a reference."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quality.rewards._verdict import Outcome
from quality.samples import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quality.rewards._blend import Blend
    from quality.rewards._relative import Comparison
    from quality.rewards._verdict import Verdict


@dataclass(frozen=True, slots=True)
class Level:
    """A sample's Q.

    Attributes:
        value: 0 to 1; 0 unless judged.
        reference: The reference's quality, None where Q is absolute.
        needed: The share of the code that its answer needs, which the value is multiplied with.
    """

    value: float
    reference: float | None = None
    needed: float = 1.0


NONE = Level(0.0)


@dataclass(frozen=True, slots=True)
class Fellow:
    """A judged sample and what it is compared with.

    Attributes:
        verdict: Its verdict.
        fits: Whether it may be part of its group's reference: it passes, or there are no tests.
        group: What the samples of one prompt have in common.
        reference: The verdict on its own reference, if it has one.
        needed: The share of its code that its answer needs, 0 to 1.
    """

    verdict: Verdict
    fits: bool
    group: object
    reference: Verdict | None = None
    needed: float = 1.0


def levels(fellows: Sequence[Fellow], blend: Blend, comparison: Comparison | None) -> list[Level]:
    """Q of each sample; absolute where there is no usable reference, which is then so for its whole group."""
    found = _levels(fellows, blend, comparison)
    return [
        Level(level.value * fellow.needed, level.reference, fellow.needed)
        for level, fellow in zip(found, fellows, strict=True)
    ]


def _levels(fellows: Sequence[Fellow], blend: Blend, comparison: Comparison | None) -> list[Level]:
    if comparison is None:
        return [_absolute(fellow, blend) for fellow in fellows]
    if comparison.form == "group":
        return _by_group(fellows, blend, comparison)
    return [_beside(fellow, blend, comparison) for fellow in fellows]


def group_key(prompt: object) -> object:
    """What the samples of one prompt have in common; messages are told apart by what they say."""
    return prompt if isinstance(prompt, str) else repr(prompt)


def column(count: int, values: object) -> list[object]:
    """A column with an entry per sample, None for all when it is no list of that length."""
    read = plain(values)
    return read if isinstance(read, list) and len(read) == count else [None] * count


def _absolute(fellow: Fellow, blend: Blend) -> Level:
    verdict = fellow.verdict
    return Level(blend.of(verdict.value, verdict.dimensions)) if verdict.outcome is Outcome.JUDGED else NONE


def _beside(fellow: Fellow, blend: Blend, comparison: Comparison) -> Level:
    other = fellow.reference.analysis if fellow.reference is not None else None
    if fellow.verdict.analysis is None or other is None:
        return _absolute(fellow, blend)
    placed = comparison.beside(fellow.verdict.analysis, other)
    return Level(placed.level, placed.reference)


def _by_group(fellows: Sequence[Fellow], blend: Blend, comparison: Comparison) -> list[Level]:
    groups: dict[object, list[int]] = {}
    for number, fellow in enumerate(fellows):
        groups.setdefault(fellow.group, []).append(number)
    found = [_absolute(fellow, blend) for fellow in fellows]
    for numbers in groups.values():
        judged = {n: a for n in numbers if (a := fellows[n].verdict.analysis) is not None}
        references = [analysis for number, analysis in judged.items() if fellows[number].fits]
        if references:
            placed = comparison.beside_median(list(judged.values()), references)
            for number, one in zip(judged, placed, strict=True):
                found[number] = Level(one.level, one.reference)
    return found
