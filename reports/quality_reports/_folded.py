"""Findings that say nearly the same: shown once, with the lines and the rules of the others.

Those are the findings of one rule in one function, and what equivalent rules see on one line, of which one is charged.
Only what is shown is folded. Each finding costs what it costs, and the formats that other programs count in list each.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from quality.model import ScopeKind, defect_classes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from quality.model import Costs, Finding, Measure, Rule, Severity

#: Share of the words that two messages have in common when one stands for both.
_ALIKE = 0.6
#: Words of a message that are compared.
_WORDS = 30
#: Lines of the others that are named; messages of a rule in a function that are told apart.
LINES = 8


@dataclass(frozen=True, slots=True)
class Folded:
    """Findings that are shown as one.

    Attributes:
        first: The one that is shown.
        more: The others of its rule, in the order of their places.
        twins: What equivalent rules found there, which costs nothing more.
    """

    first: Finding
    more: tuple[Finding, ...] = ()
    twins: tuple[Finding, ...] = ()

    @property
    def all(self) -> tuple[Finding, ...]:
        """Every one of its rule."""
        return (self.first, *self.more)

    @property
    def count(self) -> int:
        """How many findings are shown as this one."""
        return len(self.all) + len(self.twins)

    @property
    def lines(self) -> list[int]:
        """The lines of the others, without that of the first."""
        return sorted({finding.location.line for finding in self.more} - {self.first.location.line})

    @property
    def head(self) -> str:
        """Says how many others there are, in front of their lines; empty without any."""
        if not self.more:
            return ""
        found = f"and {len(self.more):,} more"
        if not self.lines:
            return f"{found} on this line"
        return f"{found} at {'lines' if len(self.lines) > 1 else 'line'}"

    @property
    def rest(self) -> str:
        """Says where the others are: ``and 2 more at lines 5, 9``; empty without any."""
        named = ", ".join(str(line) for line in self.lines[:LINES])
        return f"{self.head} {named}{' …' if len(self.lines) > LINES else ''}".strip()

    @property
    def also(self) -> str:
        """Says which other rules see the same; empty without any."""
        rules = sorted({finding.rule_id for finding in self.twins})
        return f"also found by {', '.join(rules)}" if rules else ""


class Folding:
    """Folds the findings of a report's sources.

    Args:
        costs: What they cost.
        rules: The catalogue, which says what rules are equivalent.
    """

    def __init__(self, costs: Costs, rules: Mapping[str, Rule]) -> None:
        self.costs = costs
        self._classes = defect_classes(rules)

    def of(self, findings: Sequence[Finding], measures: Iterable[Measure]) -> list[Folded]:
        """Folds findings of one source.

        Args:
            findings: In the order to show them in, which stays that of the first ones.
            measures: What was measured in the source, which says where its functions are.
        """
        twins = self._twins(findings)
        hidden = {id(finding) for found in twins.values() for finding in found}
        kept = [finding for finding in findings if id(finding) not in hidden]
        return [
            Folded(
                first, tuple(more), tuple(twin for each in (first, *more) for twin in twins.get(id(each), ()))
            )
            for first, *more in _groups(kept, _Units(measures))
        ]

    def _twins(self, findings: Iterable[Finding]) -> dict[int, list[Finding]]:
        """By the identity of each charged finding: what costs nothing, since an equivalent rule found it there."""
        places: dict[tuple[int, str], list[Finding]] = {}
        for finding in findings:
            if not finding.suppressed and (defect := self._classes.get(finding.rule_id)):
                places.setdefault((finding.location.line, defect), []).append(finding)
        twins: dict[int, list[Finding]] = {}
        for found in places.values():
            free = [finding for finding in found if not self.costs.of(finding).loss]
            if len(free) < len(found):
                dearest = max(found, key=lambda finding: self.costs.of(finding).loss)
                twins[id(dearest)] = [each for each in free if each.rule_id != dearest.rule_id]
        return twins


def _groups(findings: Iterable[Finding], units: _Units) -> list[list[Finding]]:
    """Groups findings of one rule that say nearly the same in one unit; in each, the others follow in their order.

    A finding with a way that data took has a cause of its own and stays alone.
    """
    groups: dict[tuple[str, Severity, bool, int], list[list[Finding]]] = {}
    shown: list[list[Finding]] = []
    for finding in findings:
        key = (finding.rule_id, finding.severity, finding.suppressed, units.begin(finding.location.line))
        alike = groups.setdefault(key, [])
        group = None if finding.flow else next((each for each in alike if _alike(each[0], finding)), None)
        if group is None:
            shown.append([finding])
            if not finding.flow and len(alike) < LINES:
                alike.append(shown[-1])
        else:
            group.append(finding)
    return [[first, *sorted(more, key=lambda finding: finding.order)] for first, *more in shown]


def _alike(one: Finding, other: Finding) -> bool:
    """Tells whether two messages differ in little more than the names from the code."""
    if one.message == other.message:
        return True
    these, those = (finding.message.split(maxsplit=_WORDS)[:_WORDS] for finding in (one, other))
    return SequenceMatcher(None, these, those, autojunk=False).ratio() >= _ALIKE


class _Units:
    """The outermost functions of a source by line; code outside of them is one unit."""

    def __init__(self, measures: Iterable[Measure]) -> None:
        scopes = {measure.scope for measure in measures if measure.scope.kind is ScopeKind.FUNCTION}
        self._ends: list[int] = []
        self._begins: list[int] = []
        for scope in sorted(scopes, key=lambda scope: (scope.line, -scope.end_line)):
            if not self._ends or scope.line > self._ends[-1]:
                self._begins.append(scope.line)
                self._ends.append(scope.end_line)

    def begin(self, line: int) -> int:
        """First line of the unit that a line is in; 0 for code outside of functions."""
        index = bisect_right(self._begins, line) - 1
        return self._begins[index] if index >= 0 and line <= self._ends[index] else 0
