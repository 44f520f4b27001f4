"""A source as blocks of lines with the findings below the lines they begin in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from markupsafe import Markup

from quality.model import counted, visible
from quality_reports._facts import price_of, title_of
from quality_reports._folded import LINES
from quality_reports.html._code import line_markup
from quality_reports.html._rules import prose
from quality_reports.html._view import CodeBlock, Note, Other, Stop

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from quality.model import Costs, Finding, FlowStep, Rule, Score
    from quality_reports._folded import Folded

#: Lines shown before and after a finding where not all lines are.
AROUND = 2
#: Characters shown of a line that data passes.
STOP = 100


@dataclass(frozen=True)
class Listing:
    """A source to cut into blocks.

    Attributes:
        id: HTML id of the source; its lines get ids derived from it.
        lines: Its lines.
        entries: The findings to show.
        rules: The catalogue.
        meanings: Rule → HTML id of what the page says of it.
        anchors: Lines that something links to.
        whole: Whether all lines are shown, or only those around findings.
        total: The score that findings cost points of.
        costs: What they cost.
    """

    id: str
    lines: Sequence[str]
    entries: Sequence[Folded]
    rules: Mapping[str, Rule]
    meanings: Mapping[str, str]
    anchors: frozenset[int]
    whole: bool
    total: Score
    costs: Costs

    def blocks(self) -> Iterator[CodeBlock]:
        """Yields blocks that end with a line that has findings, or where lines are left out."""
        marked: dict[int, list[Finding]] = {}
        noted: dict[int, list[Folded]] = {}
        for entry in self.entries:
            noted.setdefault(self._line(entry.first), []).append(entry)
            for finding in entry.all:
                marked.setdefault(self._line(finding), []).append(finding)
        previous = 0
        for begin, end in _pieces(self._ranges(sorted(noted)), sorted(noted)):
            skipped = begin - previous - 1
            yield CodeBlock(
                gap=f"{counted(skipped, 'line')} left out" if skipped else "",
                numbers=Markup("\n").join(self._number(n) for n in range(begin, end + 1)),
                code=Markup("\n").join(
                    line_markup(self.lines[n - 1], marked.get(n, ())) for n in range(begin, end + 1)
                ),
                notes=tuple(self._note(entry) for entry in noted.get(end, ())),
            )
            previous = end

    def _line(self, finding: Finding) -> int:
        return min(finding.location.line, len(self.lines))

    @cached_property
    def _passed(self) -> frozenset[int]:
        """Lines that data passes on its way to a finding, or with more of the same, where all lines are shown."""
        steps = (step.location.line for entry in self.entries for step in entry.first.flow)
        others = (line for entry in self.entries for line in entry.lines[:LINES])
        return frozenset([*steps, *others]) if self.whole else frozenset()

    def _ranges(self, marked: Sequence[int]) -> list[tuple[int, int]]:
        """Gives the ranges of lines to show."""
        last = len(self.lines)
        if self.whole:
            return [(1, last)]
        ranges: list[tuple[int, int]] = []
        for line in marked:
            start, end = max(1, line - AROUND), min(last, line + AROUND)
            if ranges and start <= ranges[-1][1] + 1:
                start = ranges.pop()[0]
            ranges.append((start, end))
        return ranges

    def _number(self, line: int) -> Markup:
        if line not in self.anchors and line not in self._passed:
            return Markup("{}").format(line)
        return Markup('<b id="{}-{}">{}</b>').format(self.id, line, line)

    def _note(self, entry: Folded) -> Note:
        finding = entry.first
        rule = self.rules.get(finding.rule_id)
        where = finding.location
        facts = [
            price_of(self.total, self.costs.of(*entry.all), several=bool(entry.more)),
            finding.dimension,
            f"{finding.confidence} confidence",
            f"about {rule.effort} min" if rule else "",
            f"CWE-{finding.cwe}" if finding.cwe else "",
            f"to line {where.end_line}" if where.end_line > where.line else "",
            "suppressed by a comment" if finding.suppressed else "",
        ]
        return Note(
            severity=str(finding.severity),
            message=visible(finding.message),
            rule=finding.rule_id,
            title=title_of(self.rules, finding.rule_id),
            why=prose(rule.why) if rule else Markup(),
            facts=" · ".join(fact for fact in facts if fact),
            href=f"#{self.meanings[finding.rule_id]}" if finding.rule_id in self.meanings else "",
            way=tuple(self._stop(step) for step in finding.flow) if len(finding.flow) > 1 else (),
            rest=entry.head,
            others=tuple(Other(line, self._href(line)) for line in entry.lines[:LINES]),
            cut=" …" if len(entry.lines) > LINES else "",
            also=entry.also,
        )

    def _href(self, line: int) -> str:
        return f"#{self.id}-{line}" if line in self._passed else ""

    def _stop(self, step: FlowStep) -> Stop:
        line = min(step.location.line, len(self.lines))
        return Stop(line, self._href(line), visible(self.lines[line - 1].strip()[:STOP]), visible(step.text))


def _pieces(ranges: Sequence[tuple[int, int]], stops: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Cuts ranges of lines behind each stop."""
    for start, end in ranges:
        begin = start
        for stop in [*(stop for stop in stops if start <= stop < end), end]:
            yield begin, stop
            begin = stop + 1
