"""What each setting would do with recorded groups."""

from __future__ import annotations

import math
import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quality.rewards._ranks import rank_correlation
from quality.rewards.advice._advantages import SETTINGS, advantages
from quality.rewards.advice._recorded import grouped

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from quality.rewards._terms import Terms
    from quality.rewards.advice._advantages import Setting
    from quality.rewards.advice._recorded import Recorded

#: Differences below this are none: what is left of equal rewards after rounding.
_TINY = 1e-9


@dataclass(frozen=True, slots=True)
class SettingReport:
    """What a setting would do.

    Attributes:
        setting: The setting.
        wrong_above_right: Pairs of one group in which a wrong sample gets as much as a right one, or more.
        margin: Least advantage of a right sample above a wrong one of its group; None without mixed groups.
        wrong_rewarded: Wrong samples with a positive advantage.
        by_tests: Median over mixed groups of what the right get more than the wrong, on average.
        by_quality: Largest advantage, up or down, in groups where all samples pass: quality alone.
        silent: Groups without any advantage: they teach nothing.
        length: Mean over groups of the rank correlation of advantage and length of passing samples, or None.
        advantages: Per group, per sample.
    """

    setting: Setting
    wrong_above_right: int
    margin: float | None
    wrong_rewarded: int
    by_tests: float | None
    by_quality: float | None
    silent: int
    length: float | None
    advantages: tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class Simulation:
    """Recorded groups and what each setting would do with them.

    Attributes:
        terms: The reward's constants.
        groups: Name → samples.
        rewards: Per group, per sample; NaN where there is none.
        passing: Groups in which all samples pass.
        failing: Groups in which none does.
        tied: Groups in which all rewards are equal.
        settings: A report per setting.
    """

    terms: Terms
    groups: Mapping[str, Sequence[Recorded]]
    rewards: tuple[tuple[float, ...], ...]
    passing: int
    failing: int
    tied: int
    settings: tuple[SettingReport, ...]


def simulate(samples: Iterable[Recorded], terms: Terms) -> Simulation:
    """Rewards recorded samples and computes their advantages under each setting.

    Args:
        samples: The samples; all of them together are one batch.
        terms: The reward's constants.
    """
    groups = dict(grouped(samples))
    rewards = tuple(tuple(reward_of(sample, terms) for sample in group) for group in groups.values())
    members = list(groups.values())
    tests = [[_tests(sample, terms) for sample in group] for group in members]
    quality = [[_quality(sample, terms) for sample in group] for group in members]
    return Simulation(
        terms=terms,
        groups=groups,
        rewards=rewards,
        passing=sum(all(map(_right, group)) for group in members),
        failing=sum(not any(map(_right, group)) for group in members),
        tied=sum(_equal(group) for group in rewards),
        settings=tuple(
            _report(setting, members, advantages(setting, rewards, tests, quality, terms.weight))
            for setting in SETTINGS
        ),
    )


def _right(sample: Recorded) -> bool:
    """Whether a sample deserves more than those that are not: it passes, and is something."""
    fits = sample.evidence is None or sample.evidence.passed
    return fits and sample.quality is not None


def reward_of(sample: Recorded, terms: Terms) -> float:
    if sample.lost:
        return math.nan
    if sample.quality is None:
        return 0.0
    fraction = None if sample.evidence is None else sample.evidence.fraction
    passed = sample.evidence is not None and sample.evidence.passed
    parts = terms.parts(terms.level(sample.quality), fraction, passed=passed)
    return math.nan if parts is None else parts.total


def _tests(sample: Recorded, terms: Terms) -> float:
    total = reward_of(sample, terms)
    if math.isnan(total) or sample.quality is None or sample.evidence is None:
        return total if math.isnan(total) else 0.0
    return 1.0 if sample.evidence.passed else total / (1.0 - terms.weight)


def _quality(sample: Recorded, terms: Terms) -> float:
    return terms.level(sample.quality) if sample.quality is not None and _right(sample) else math.nan


def _equal(rewards: Sequence[float]) -> bool:
    known = [reward for reward in rewards if not math.isnan(reward)]
    return not known or max(known) - min(known) < _TINY


@dataclass(frozen=True, slots=True)
class _Look:
    """What a setting does with one group; None where the group says nothing of it."""

    above: int
    rewarded: int
    margin: float | None
    gap: float | None
    alone: float | None
    length: float | None
    silent: bool


def _look(group: Sequence[Recorded], values: Sequence[float]) -> _Look:
    pairs = list(zip(group, values, strict=True))
    right = [value for sample, value in pairs if _right(sample)]
    wrong = [value for sample, value in pairs if not (_right(sample) or sample.lost)]
    mixed = bool(right and wrong)
    return _Look(
        above=sum(low >= high - _TINY for low in wrong for high in right),
        rewarded=sum(value > _TINY for value in wrong),
        margin=min(right) - max(wrong) if mixed else None,
        gap=statistics.fmean(right) - statistics.fmean(wrong) if mixed else None,
        alone=max(map(abs, right)) if right and not wrong else None,
        length=rank_correlation(right, [sample.length for sample in group if _right(sample)]),
        silent=all(abs(value) < _TINY for value in values),
    )


def _report(
    setting: Setting, groups: Sequence[Sequence[Recorded]], found: Sequence[Sequence[float]]
) -> SettingReport:
    looks = [_look(group, values) for group, values in zip(groups, found, strict=True)]
    gaps = [look.gap for look in looks if look.gap is not None]
    lengths = [look.length for look in looks if look.length is not None]
    return SettingReport(
        setting=setting,
        wrong_above_right=sum(look.above for look in looks),
        margin=min((look.margin for look in looks if look.margin is not None), default=None),
        wrong_rewarded=sum(look.rewarded for look in looks),
        by_tests=statistics.median(gaps) if gaps else None,
        by_quality=max((look.alone for look in looks if look.alone is not None), default=None),
        silent=sum(look.silent for look in looks),
        length=statistics.fmean(lengths) if lengths else None,
        advantages=tuple(map(tuple, found)),
    )
