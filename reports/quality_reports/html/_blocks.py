"""A source as blocks of lines with the findings below the lines they begin in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from markupsafe import Markup

from quality_reports._facts import counted, price_of, title_of
from quality_reports._visible import visible
from quality_reports.html._code import line_markup
from quality_reports.html._view import CodeBlock, Note, Stop

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from quality.model import Costs, Finding, FlowStep, Rule, Score

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
        findings: The findings to show.
        rules: The catalogue.
        anchors: Lines that something links to.
        whole: Whether all lines are shown, or only those around findings.
        total: The score that findings cost points of.
        costs: What they cost.
    """

    id: str
    lines: Sequence[str]
    findings: Sequence[Finding]
    rules: Mapping[str, Rule]
    anchors: frozenset[int]
    whole: bool
    total: Score
    costs: Costs

    def blocks(self) -> Iterator[CodeBlock]:
        """Yields blocks that end with a line that has findings, or where lines are left out."""
        by_line: dict[int, list[Finding]] = {}
        for finding in self.findings:
            by_line.setdefault(min(finding.location.line, len(self.lines)), []).append(finding)
        previous = 0
        for begin, end in _pieces(self._ranges(sorted(by_line)), sorted(by_line)):
            skipped = begin - previous - 1
            yield CodeBlock(
                gap=f"{counted(skipped, 'line')} left out" if skipped else "",
                numbers=Markup("\n").join(self._number(n) for n in range(begin, end + 1)),
                code=Markup("\n").join(
                    line_markup(self.lines[n - 1], by_line.get(n, ())) for n in range(begin, end + 1)
                ),
                notes=tuple(self._note(finding) for finding in by_line.get(end, ())),
            )
            previous = end

    @cached_property
    def _passed(self) -> frozenset[int]:
        """Lines that data passes on its way to a finding, where all lines are shown."""
        steps = (step for finding in self.findings for step in finding.flow)
        return frozenset(step.location.line for step in steps) if self.whole else frozenset()

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

    def _note(self, finding: Finding) -> Note:
        rule = self.rules.get(finding.rule_id)
        where = finding.location
        facts = [
            price_of(self.total, self.costs.of(finding)),
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
            why=rule.why if rule else "",
            facts=" · ".join(fact for fact in facts if fact),
            way=tuple(self._stop(step) for step in finding.flow) if len(finding.flow) > 1 else (),
        )

    def _stop(self, step: FlowStep) -> Stop:
        line = min(step.location.line, len(self.lines))
        href = f"#{self.id}-{line}" if line in self._passed else ""
        return Stop(line, href, visible(self.lines[line - 1].strip()[:STOP]), visible(step.text))


def _pieces(ranges: Sequence[tuple[int, int]], stops: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Cuts ranges of lines behind each stop."""
    for start, end in ranges:
        begin = start
        for stop in [*(stop for stop in stops if start <= stop < end), end]:
            yield begin, stop
            begin = stop + 1
