"""From the report to the page's view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quality.model import visible
from quality_reports._facts import best_fixes, dimension_facts, in_points, small, worst_first
from quality_reports._functions import function_facts
from quality_reports.html import _tables as tables
from quality_reports.html._bars import bar
from quality_reports.html._charts import files_chart, functions_chart
from quality_reports.html._hero import hero
from quality_reports.html._links import Links
from quality_reports.html._rules import prose, rule_ids, rule_views
from quality_reports.html._scale import dimension_css
from quality_reports.html._sources import choose, source_views
from quality_reports.html._troubles import configuration, troubles
from quality_reports.html._view import DimensionRow, FixCard, Page

if TYPE_CHECKING:
    from quality.model import Report
    from quality_reports.html._sources import Shown


def build(report: Report) -> Page:
    """Makes the page's view."""
    shown = choose(report)
    links = Links(report, shown, rule_ids(report))
    files = worst_first(report)
    functions = function_facts(report)
    # What links comes first: the sources get anchors for the lines that were linked to.
    fixes = _fixes(report, links)
    places = tables.places_table(report, links)
    function_rows = tables.functions_table(report, functions, links)
    scatter = functions_chart(report, functions, links)
    return Page(
        measured=report.total.measured,
        hero=hero(report),
        dimensions=_dimensions(report),
        fixes=fixes,
        causes=tables.causes_table(report, links),
        places=places,
        treemap=files_chart(report, files, links),
        files=tables.files_table(report, files, links),
        scatter=scatter,
        functions=function_rows,
        sources=source_views(report, shown, links),
        sources_note=_sources_note(shown),
        rules=rule_views(report.rules, links.rules),
        troubles=troubles(report),
        facts=configuration(report),
    )


def _dimensions(report: Report) -> tuple[DimensionRow, ...]:
    return tuple(
        DimensionRow(
            title=fact.title,
            description=fact.description,
            score=in_points(fact.value),
            weight=f"{fact.weight:.0%}",
            points=f"\N{MINUS SIGN}{fact.points:.2f}" if fact.points else "0",
            css=dimension_css(report.profile, fact.id),
            bar=bar(fact.value or 0.0, dimension_css(report.profile, fact.id)),
        )
        for fact in dimension_facts(report)
    )


def _fixes(report: Report, links: Links) -> tuple[FixCard, ...]:
    return tuple(
        FixCard(
            gain=f"+{small(fix.gain)}",
            title=fix.title,
            place=visible(f"{fix.path}:{fix.line}" + (f" in {fix.scope}" if fix.scope else "")),
            href=links.to(fix.path, fix.line),
            advice=prose(fix.advice),
            effort=f"about {fix.effort} min" if fix.effort is not None else "",
            dimension=fix.dimension,
            css=dimension_css(report.profile, fix.dimension),
        )
        for fix in best_fixes(report)
    )


def _sources_note(shown: Shown) -> str:
    words: list[str] = []
    if shown.parts:
        words.append(
            f"To keep this page small, {len(shown.whole):,} files are shown in full and {len(shown.parts):,} "
            "around their worst findings: those that cost most."
        )
    if shown.left_out:
        words.append(f"{shown.left_out:,} files that cost less are not shown.")
    return " ".join(words)
