"""The report for a person at a terminal."""

from __future__ import annotations

import io
import os
import shutil
from typing import TYPE_CHECKING

from quality.model import Costs, Status, counted, visible
from quality_reports._evidence import evidence_lines, risk_line, risky
from quality_reports._excerpt import excerpt
from quality_reports._facts import (
    Fix,
    best_fixes,
    cause_facts,
    charged,
    dimension_facts,
    gate_line,
    in_points,
    missing,
    percent,
    price_of,
    reason_of,
    severity_counts,
    small,
    suppressed_count,
    unmeasured,
    worst_first,
)
from quality_reports._folded import Folded, Folding
from quality_reports._functions import FunctionFact, most_expensive
from quality_reports._segments import banner

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from quality.model import Report, SourceReport

_WIDTH = 100
_NARROWEST = 40
_FILES = 10
_FINDINGS = 5
_CAUSES = 6
_FUNCTIONS = 5
_METRICS = ("cognitive", "lloc", "nesting", "parameters")
_STYLES = {"error": "bold red", "warning": "yellow", "note": "cyan"}


class TextRenderer:
    """Renders plain text, or text with ANSI colours for a terminal.

    Args:
        width: Columns to fill; 100 when None.
        color: Whether to write ANSI escapes.
    """

    id = "text"
    description = "For people at a terminal: the score, where the points went, findings with their source."

    def __init__(self, width: int | None = None, *, color: bool = False) -> None:
        self.width = width
        self.color = color

    def for_terminal(self, *, color: bool = True) -> TextRenderer:
        """Returns the renderer for this process's terminal: its width, and colours unless NO_COLOR is set.

        Args:
            color: Whether there may be colours: not where ``COLUMNS`` is all that is known of a terminal.
        """
        plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
        return TextRenderer(shutil.get_terminal_size().columns, color=color and not plain)

    def render(self, report: Report) -> str:
        """Renders the report."""
        from rich.console import Console  # only this format needs it

        out = io.StringIO()
        console = Console(
            file=out,
            width=max(_NARROWEST, self.width or _WIDTH),
            force_terminal=self.color,
            color_system="standard" if self.color else None,
            no_color=not self.color,
            legacy_windows=False,
            _environ={},
        )
        _Page(console, report).write()
        lines = out.getvalue().split("\n")
        return "\n".join(line.rstrip() for line in lines).strip("\n") + "\n"


class _Page:
    """Writes the parts, top to bottom."""

    def __init__(self, console: Console, report: Report) -> None:
        self.console = console
        self.report = report
        self.costs = Costs(report.total)
        self.folding = Folding(self.costs, report.rules)

    def write(self) -> None:
        self._head()
        if self.report.total.measured:
            self._dimensions()
            self._causes()
            self._fixes()
            self._functions()
            self._files()
        self._evidence()
        self._unmeasured()
        self._failures()
        self._gate()

    def line(self, *parts: str | tuple[str, str], indent: int = 0) -> None:
        """Writes one paragraph; parts are texts or (text, style). Nothing is read as markup."""
        from rich.padding import Padding  # only this format needs rich
        from rich.text import Text  # only this format needs rich

        paragraph = Text.assemble(*parts)
        self.console.print(Padding(paragraph, (0, 0, 0, indent)) if indent else paragraph)

    def entry(self, lead: str, *parts: str | tuple[str, str]) -> None:
        """Writes an entry of a list; where it needs several lines, they begin behind its lead."""
        from rich.padding import Padding  # only this format needs rich
        from rich.table import Table  # only this format needs rich
        from rich.text import Text  # only this format needs rich

        grid = Table.grid()
        grid.add_column(width=len(lead), no_wrap=True)
        grid.add_column(overflow="fold")
        grid.add_row(Text(lead), Text.assemble(*parts))
        self.console.print(Padding(grid, (0, 0, 0, 2)))

    def heading(self, text: str) -> None:
        self.line()
        self.line((text, "bold"))

    def _head(self) -> None:
        total, report = self.report.total, self.report
        counts = severity_counts(report)
        self.line((visible(report.title), "bold"), f" · profile {report.profile.name}")
        self.line()
        if total.measured:
            for row in banner(in_points(total.value), total.grade or ""):
                self.line((row, "bold"), indent=2)
            self.line()
        else:
            self.line(f"Not measured: {visible(reason_of(total))}")
        found = ", ".join(counted(number, str(severity)) for severity, number in counts.items())
        silenced = suppressed_count(report)
        more = f" ({silenced:,} suppressed)" if silenced else ""
        self.line(f"{counted(len(report.sources), 'file')}, {total.lloc:,} LLOC: {found}{more}")

    def _dimensions(self) -> None:
        facts = dimension_facts(self.report)
        name = max(len(fact.title) for fact in facts)
        bar = max(4, min(40, self.console.width - name - 30))
        self.heading("Dimensions")
        for fact in facts:
            full = round(bar * (fact.value or 0.0))
            self.line(
                f"{fact.title:<{name}} {in_points(fact.value):>6} ",
                ("#" * full, "green" if fact.points < 1 else "yellow"),
                ("." * (bar - full), "dim"),
                f" weight {fact.weight:>4.0%}",
                indent=2,
            )

    def _causes(self) -> None:
        causes = cause_facts(self.report)
        if not causes:
            return
        self.heading(f"Where {missing(self.report.total)} points went")
        for fact in causes[:_CAUSES]:
            times = f" in {counted(fact.places, 'place')}" if fact.places > 1 else ""
            self.entry(_cost(fact.points), f"{fact.title}{times} ", (f"({fact.cause})", "dim"))
        if rest := causes[_CAUSES:]:
            points = sum(fact.points for fact in rest)
            self.entry(_cost(points), counted(len(rest), "other cause"))

    def _fixes(self) -> None:
        fixes = best_fixes(self.report)
        if fixes:
            self.heading("Fixes that gain most")
        for number, fix in enumerate(fixes, start=1):
            self._fix(number, fix)

    def _fix(self, number: int, fix: Fix) -> None:
        effort = f", about {fix.effort} min" if fix.effort is not None else ""
        scope = f" in {fix.scope}" if fix.scope else ""
        self.entry(f"{number}. ", (f"+{small(fix.gain)}", "bold green"), f" {fix.title}{effort}")
        self.line((visible(f"{fix.path}:{fix.line}{scope}"), "cyan"), indent=5)
        if fix.advice:
            self.line(fix.advice, indent=5)

    def _functions(self) -> None:
        found = most_expensive(self.report, _FUNCTIONS)
        known = any(fact.percentiles for fact in found)
        if found:
            self.heading("Functions whose size and complexity cost most")
        for fact in found:
            self.entry(
                _cost(fact.cost),
                visible(fact.name),
                f", +{small(fact.gain)} without that  ",
                (visible(f"{fact.path}:{fact.line}"), "cyan"),
            )
            self.line(", ".join(_measure(fact, name) for name in _METRICS if name in fact.values), indent=10)
        if known:
            self.line("p93: 93 % of functions of its size have no more; this is not scored.", indent=2)

    def _files(self) -> None:
        sources = [source for source in worst_first(self.report) if charged(source.score.findings)]
        for source in sources[:_FILES]:
            self._file(source)
        if len(sources) > _FILES:
            left = sources[_FILES:]
            number = sum(len(charged(source.score.findings)) for source in left)
            self.line()
            self.line(f"… and {counted(number, 'finding')} in {counted(len(left), 'more file')}")

    def _file(self, source: SourceReport) -> None:
        findings = charged(source.score.findings)
        grade = f"{in_points(source.score.value)} {source.score.grade or ''}".strip()
        self.heading(visible(source.path))
        self.line(f"{grade}, {counted(len(findings), 'finding')}", indent=2)
        lines = source.text.split("\n")
        entries = self.folding.of(findings, source.score.measures)
        for entry in entries[:_FINDINGS]:
            self._finding(entry, lines)
        if left := sum(entry.count for entry in entries[_FINDINGS:]):
            self.line(f"… and {left:,} more", indent=2)

    def _finding(self, entry: Folded, lines: Sequence[str]) -> None:
        finding = entry.first
        where = finding.location
        self.entry(
            f"{where.line}:{where.column} ",
            (str(finding.severity), _STYLES[finding.severity]),
            f" {visible(finding.message)} ",
            (f"({finding.rule_id})", "dim"),
        )
        price = price_of(self.report.total, self.costs.of(*entry.all), several=bool(entry.more))
        if facts := "; ".join(fact for fact in (entry.rest, price, entry.also) if fact):
            self.line((facts, "dim"), indent=4)
        shown = excerpt(lines, where, self.console.width - len(str(where.line)) - 8)
        if shown is not None:
            gutter = str(where.line)
            self.line((f"{gutter} | ", "dim"), shown.text, indent=4)
            self.line((f"{' ' * len(gutter)} | ", "dim"), (shown.marker, "bold red"), indent=4)

    def _evidence(self) -> None:
        lines = evidence_lines(self.report)
        if not lines:
            return
        self.heading("Evidence from tests, which moves no score")
        for line in lines:
            self.line(line, indent=2)
        functions = risky(self.report)
        if functions:
            self.line("Complex functions that they reach least:", indent=2)
        for function in functions[:_FUNCTIONS]:
            place = visible(f"{function.path}:{function.line}")
            self.line(visible(function.name), "  ", (place, "cyan"), indent=4)
            self.line(risk_line(function), indent=6)
        if left := functions[_FUNCTIONS:]:
            self.line(f"… and {counted(len(left), 'more function')}", indent=4)

    def _unmeasured(self) -> None:
        rows = unmeasured(self.report)
        if rows:
            self.heading("Not measured")
        for source, remedy in rows[:_FILES]:
            self.line(visible(f"{source.path}: {reason_of(source.score)}"), indent=2)
            self.line(remedy, indent=4)
        if len(rows) > _FILES:
            self.line(f"… and {counted(len(rows) - _FILES, 'more file')}", indent=2)

    def _failures(self) -> None:
        failed = [source for source in self.report.sources if source.score.failures]
        if failed:
            self.heading("Analyzers that did not finish")
        for source in failed[:_FILES]:
            for failure in source.score.failures:
                text = f"{source.path}: {failure.analyzer}: {failure.kind}: {failure.text}"
                self.line(visible(text), indent=2)
        if len(failed) > _FILES:
            self.line(f"… and in {counted(len(failed) - _FILES, 'more file')}", indent=2)

    def _gate(self) -> None:
        self.line()
        partial = self.report.total.status is Status.PARTIAL
        if partial:
            self.line("The score is partial: an optional analyzer or a single rule did not finish.")
        self.line((gate_line(self.report), "bold red" if self.report.failed else "bold green"))
        for reason in self.report.failed[:_FILES]:
            self.line(visible(reason), indent=2)
        if len(self.report.failed) > _FILES:
            self.line(f"… and {len(self.report.failed) - _FILES:,} more", indent=2)


def _cost(points: float) -> str:
    """Points that are lost, before what takes them."""
    return f"-{small(points):<6} "


def _measure(function: FunctionFact, metric: str) -> str:
    share = function.percentiles.get(metric)
    place = "" if share is None else f" ({percent(share)})"
    return f"{metric} {function.values[metric]:g}{place}"
