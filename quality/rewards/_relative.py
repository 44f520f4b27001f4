"""Quality relative to other code: a reference solution, the state before, or the group's passing samples."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from quality.model import UsageError
from quality.rewards._checks import is_number
from quality.runtime import plugins_for
from quality.scoring import Volume, judge, volume

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from quality.model import Analysis, Profile, Rule, Score

#: What Q is relative to: the column ``reference``, the column ``before``, or the median of the group's
#: passing samples.
Relative = Literal["reference", "before", "group"]
_FORMS = ("reference", "before", "group")
_WIDEST = 2.0


@dataclass(frozen=True, slots=True)
class Placed:
    """A quality relative to another.

    Attributes:
        level: 0.5 when they are equal, 0 to 1.
        reference: The other's quality, 0 to 1.
    """

    level: float
    reference: float


def check_span(span: object) -> None:
    """Refuses a span that is out of range.

    Raises:
        UsageError: It is no number above 0 and at most 2.
    """
    if not (is_number(span) and 0.0 < span <= _WIDEST):
        raise UsageError(f"span should be a number above 0 and at most 2, got {span!r}.")


class Comparison:
    """Places codes beside references: ``clip(0.5 + (S - S_ref) / span, 0, 1)``.

    Both are judged over one volume, the reference's (or the profile's, where that is larger), so a code that is
    longer than its reference is not forgiven its additions.

    Args:
        form: What the reference is.
        span: The difference between the levels 0 and 1, more than 0 and at most 2.
        profile: How to judge.
        blend: The quality that a score means.

    Raises:
        UsageError: An argument is out of range.
    """

    def __init__(
        self, form: Relative, span: float, profile: Profile, blend: Callable[[Score], float]
    ) -> None:
        if form not in _FORMS:
            allowed = ", ".join(repr(name) for name in _FORMS)
            raise UsageError(f"relative should be one of {allowed} or None, got {form!r}.")
        check_span(span)
        self.form: Relative = form
        self._span = span
        self._profile = profile
        self._blend = blend

    def beside(self, analysis: Analysis, reference: Analysis) -> Placed:
        """Places a code beside one reference."""
        size = self._volume([reference])
        return self._placed(self._quality(analysis, size), self._quality(reference, size))

    def beside_median(self, analyses: Sequence[Analysis], references: Sequence[Analysis]) -> list[Placed]:
        """Places each code beside the median of some, at least one."""
        size = self._volume(references)
        middle = statistics.median(self._quality(reference, size) for reference in references)
        return [self._placed(self._quality(analysis, size), middle) for analysis in analyses]

    def _placed(self, value: float, reference: float) -> Placed:
        return Placed(min(max(0.5 + (value - reference) / self._span, 0.0), 1.0), reference)

    def _volume(self, references: Sequence[Analysis]) -> Volume:
        sizes = [volume(reference, self._profile) for reference in references]
        # Never below the nominal size: beside a tiny reference every finding would weigh a multiple.
        least = self._profile.volume or 1.0
        return Volume(
            max(statistics.median(size.lloc for size in sizes), least),
            max(statistics.median(size.weight for size in sizes), least),
        )

    def _quality(self, analysis: Analysis, size: Volume) -> float:
        return self._blend(judge([analysis], self._profile, self._rules, "", reference=size))

    @cached_property
    def _rules(self) -> Mapping[str, Rule]:
        rules = plugins_for(self._profile).rules
        return {id_: rule for id_, rule in rules.items() if self._profile.enables(id_)}
