"""Which sources are shown, in full or around their findings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quality.model import Costs, counted, visible
from quality_reports._facts import charged, in_points, worst_first
from quality_reports._folded import Folding
from quality_reports.html._blocks import Listing
from quality_reports.html._scale import grade_css
from quality_reports.html._view import SourceView

if TYPE_CHECKING:
    from quality.model import Report, SourceReport
    from quality_reports.html._links import Links

#: Characters of source text that a page shows in full, the most expensive sources first.
FULL_TEXT = 800_000
#: Sources beyond that are shown around their worst findings; no more than this many.
EXCERPTS = 150
#: Findings shown in one source.
FINDINGS = 100
#: Findings shown in a source of which only excerpts are.
EXCERPT_FINDINGS = 10


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows of the sources.

    Attributes:
        whole: Paths of the sources shown in full.
        parts: Paths of those shown around their findings.
        left_out: How many measured sources are not shown.
    """

    whole: frozenset[str]
    parts: frozenset[str]
    left_out: int


def choose(report: Report) -> Shown:
    """Decides what is shown: the most expensive sources in full up to a limit, then excerpts."""
    whole: set[str] = set()
    parts: set[str] = set()
    room = FULL_TEXT
    ordered = worst_first(report)
    for source in ordered:
        if len(source.text) <= room:
            whole.add(source.path)
            room -= len(source.text)
        elif len(parts) < EXCERPTS and source.score.findings:
            parts.add(source.path)
    return Shown(frozenset(whole), frozenset(parts), len(ordered) - len(whole) - len(parts))


def source_views(report: Report, shown: Shown, links: Links) -> tuple[SourceView, ...]:
    """Makes the sources to show, most expensive first; the first is open."""
    sources = [s for s in worst_first(report) if s.path in shown.whole or s.path in shown.parts]
    folding = Folding(Costs(report.total), report.rules)
    return tuple(
        _view(
            report, source, links, folding, whole=source.path in shown.whole, opened="" if index else "open"
        )
        for index, source in enumerate(sources)
    )


def _view(
    report: Report, source: SourceReport, links: Links, folding: Folding, *, whole: bool, opened: str
) -> SourceView:
    limit = FINDINGS if whole else EXCERPT_FINDINGS
    suppressed = [finding for finding in source.score.findings if finding.suppressed]
    findings = [*charged(source.score.findings), *suppressed]
    entries = folding.of(findings, source.score.measures)
    listing = Listing(
        id=links.ids[source.path],
        lines=source.text.split("\n"),
        entries=entries[:limit],
        rules=report.rules,
        meanings=links.rules,
        anchors=links.anchors(source.path),
        whole=whole,
        total=report.total,
        costs=folding.costs,
    )
    return SourceView(
        id=listing.id,
        path=visible(source.path),
        score=in_points(source.score.value),
        grade=source.score.grade or "",
        grade_css=grade_css(report.profile, source.score.grade),
        facts=f"{source.score.lloc:,} LLOC, {counted(len(findings), 'finding')}",
        note=_note(len(findings), sum(entry.count for entry in entries[:limit]), whole=whole),
        open=opened,
        blocks=tuple(listing.blocks()),
    )


def _note(findings: int, shown: int, *, whole: bool) -> str:
    words = [] if whole else ["Only the lines around findings are shown, to keep this page small."]
    if findings > shown:
        words.append(f"The {shown} most severe of {findings:,} findings are shown.")
    return " ".join(words)
