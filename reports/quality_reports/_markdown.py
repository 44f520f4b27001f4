"""A summary in GitHub-flavoured Markdown, for comments and job summaries."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quality.model import counted, visible
from quality_reports._evidence import evidence_lines, risk_line, risky
from quality_reports._facts import (
    best_fixes,
    cause_facts,
    charged,
    dimension_facts,
    gate_line,
    in_points,
    reason_of,
    severity_counts,
    small,
    unmeasured,
    worst_first,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quality.model import Report

_ROWS = 10


class MarkdownRenderer:
    """Renders a summary. Text of the sources stands in code spans, where nothing is interpreted."""

    id = "markdown"
    description = "A summary for pull request comments and job summaries."

    def render(self, report: Report) -> str:
        """Renders the report."""
        parts = [_head(report)]
        if report.total.measured:
            parts += [_dimensions(report), _causes(report), _fixes(report), _files(report)]
        parts += [_evidence(report), _unmeasured(report)]
        return "\n\n".join(part for part in parts if part) + "\n"


def _head(report: Report) -> str:
    total = report.total
    number = f"{in_points(total.value)} of 100, grade {total.grade}" if total.measured else "not measured"
    found = ", ".join(counted(n, str(severity)) for severity, n in severity_counts(report).items())
    lines = [
        f"## Quality of {code(report.title)}: {number}",
        "",
        f"{counted(len(report.sources), 'file')}, {total.lloc:,} LLOC: {found}. **{gate_line(report)}**",
        *(f"- {code(reason)}" for reason in report.failed),
    ]
    return "\n".join(lines)


def _dimensions(report: Report) -> str:
    rows = [
        (plain(fact.title), in_points(fact.value), f"{fact.weight:.0%}", small(fact.points))
        for fact in dimension_facts(report)
    ]
    return _table(("Dimension", "Score", "Weight", "Points lost"), rows)


def _causes(report: Report) -> str:
    rows = [
        (plain(fact.title), code(fact.cause), f"{fact.places:,}", small(fact.points))
        for fact in cause_facts(report)[:_ROWS]
    ]
    return f"### Where the points went\n\n{_table(('Cause', 'Id', 'Places', 'Points'), rows)}" if rows else ""


def _fixes(report: Report) -> str:
    lines = [
        f"{n}. **+{small(fix.gain)}** {plain(fix.title)}, {code(f'{fix.path}:{fix.line}')}"
        + (f" in {code(fix.scope)}" if fix.scope else "")
        + (f", about {fix.effort} min" if fix.effort is not None else "")
        for n, fix in enumerate(best_fixes(report), start=1)
    ]
    return "\n".join(["### Fixes that gain most", "", *lines]) if lines else ""


def _files(report: Report) -> str:
    sources = worst_first(report)
    rows = [
        (
            code(source.path),
            in_points(source.score.value),
            source.score.grade or "",
            f"{len(charged(source.score.findings)):,}",
        )
        for source in sources[:_ROWS]
    ]
    more = f"\n\n… and {counted(len(sources) - _ROWS, 'more file')}." if len(sources) > _ROWS else ""
    return f"### Files that cost most\n\n{_table(('File', 'Score', 'Grade', 'Findings'), rows)}{more}"


def _evidence(report: Report) -> str:
    lines = evidence_lines(report)
    rows = [
        (code(function.name), code(f"{function.path}:{function.line}"), risk_line(function))
        for function in risky(report)[:_ROWS]
    ]
    parts = ["### Evidence from tests, which moves no score", " ".join(lines)] if lines else []
    parts += [_table(("Complex, and hardly reached", "Where", "Why"), rows)] if rows else []
    return "\n\n".join(parts)


def _unmeasured(report: Report) -> str:
    rows = [
        f"- {code(source.path)}: {code(reason_of(source.score))}. {plain(remedy)}"
        for source, remedy in unmeasured(report)
    ]
    more = [f"- … and {len(rows) - _ROWS:,} more"] if len(rows) > _ROWS else []
    return "\n".join(["### Not measured", "", *rows[:_ROWS], *more]) if rows else ""


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    return "\n".join(_table_lines(head, rows))


def _table_lines(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{' --- |' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def code(text: str) -> str:
    """Puts hostile text into a code span: no markup, no mention, no link, no end of a table cell."""
    shown = visible(text).replace("|", "\\|")
    fence = "`" * (max((len(run) for run in re.findall("`+", shown)), default=0) + 1)
    pad = " " if shown.startswith("`") or shown.endswith("`") or not shown.strip() else ""
    return f"{fence}{pad}{shown}{pad}{fence}"


def plain(text: str) -> str:
    """Escapes the catalogue's words, which may hold Markdown characters."""
    return re.sub(r"([\\`*_{}\[\]<>#|~!&])", r"\\\1", visible(text))
