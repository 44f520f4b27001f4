"""The tables: causes, places, files and functions."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from quality.model import visible
from quality_reports._facts import (
    cause_facts,
    charged,
    in_points,
    lost,
    percent,
    places,
    points_by_path,
    shown_paths,
    small,
    title_of,
)
from quality_reports.html._scale import dimension_css, grade_css, number
from quality_reports.html._view import Cell, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quality.model import Contribution, Report, SourceReport
    from quality_reports._functions import FunctionFact
    from quality_reports.html._links import Links

PLACES = 200
FILES = 2_000
FUNCTIONS = 1_000

_METRICS = ("cognitive", "cyclomatic", "nesting", "lloc", "parameters")
_HEADINGS = ("Cognitive", "Cyclomatic", "Nesting", "LLOC", "Parameters")


def causes_table(report: Report, links: Links) -> Table:
    """Lists what each rule and metric costs; the losses are exact in the tooltips."""
    rows = tuple(
        (
            Cell(fact.title, fact.title, href=links.to_rule(fact.cause), title=fact.cause),
            Cell(fact.dimension, fact.dimension, css=f"tag {dimension_css(report.profile, fact.dimension)}"),
            _figure(fact.places, f"{fact.places:,}"),
            _figure(fact.loss, f"{fact.loss:.6f}"),
            _figure(fact.points, small(fact.points)),
            _figure(fact.share, f"{fact.share:.1%}"),
            _figure(fact.gain, f"+{small(fact.gain)}"),
        )
        for fact in cause_facts(report)
    )
    columns = (
        ("Cause", ""),
        ("Dimension", ""),
        ("Places", "n"),
        ("Loss", "n"),
        ("Points", "n"),
        ("Share", "n"),
        ("Best gain", "n"),
    )
    return Table("causes", "What costs points", columns, rows)


def places_table(report: Report, links: Links) -> Table:
    """Lists the single places that cost most."""
    paths = shown_paths(report)
    entries = places(report)
    rows = tuple(
        _place(report, entry, paths.get(entry.path, entry.path), links) for entry in entries[:PLACES]
    )
    columns = (("Place", ""), ("In", ""), ("Cause", ""), ("Loss", "n"), ("Points", "n"), ("Gain", "n"))
    return Table("places", "Places that cost most", columns, rows, _left_out(len(entries), PLACES, "places"))


def _place(report: Report, entry: Contribution, path: str, links: Links) -> tuple[Cell, ...]:
    points = lost(report.total, entry.loss)
    place = Cell(
        visible(f"{path}:{entry.line}"),
        visible(f"{path}:{entry.line:08}"),
        href=links.to(path, entry.line),
        css="path",
    )
    return (
        place,
        _text(entry.scope),
        Cell(title_of(report.rules, entry.cause), entry.cause, title=entry.cause),
        _figure(entry.loss, f"{entry.loss:.6f}"),
        _figure(points, small(points)),
        _figure(100 * entry.gain, f"+{small(100 * entry.gain)}"),
    )


def files_table(report: Report, sources: Sequence[SourceReport], links: Links) -> Table:
    """Lists the measured files, most points lost first."""
    points = points_by_path(report)
    rows = tuple(
        (
            _text(s.path, href=links.to(s.path)),
            _figure(s.score.value or 0.0, in_points(s.score.value)),
            Cell(
                s.score.grade or "",
                s.score.grade or "~",
                css=f"grade {grade_css(report.profile, s.score.grade)}",
            ),
            _figure(s.score.lloc, f"{s.score.lloc:,}"),
            _figure(len(charged(s.score.findings)), f"{len(charged(s.score.findings)):,}"),
            _figure(points.get(s.path, 0.0), small(points.get(s.path, 0.0))),
        )
        for s in sources[:FILES]
    )
    columns = (
        ("File", ""),
        ("Score", "n"),
        ("Grade", "c"),
        ("LLOC", "n"),
        ("Findings", "n"),
        ("Points lost", "n"),
    )
    return Table("files", "Files", columns, rows, _left_out(len(sources), FILES, "files"))


def functions_table(report: Report, functions: Sequence[FunctionFact], links: Links) -> Table:
    """Lists the functions with their measures, most points lost first.

    Points and gain are those of a function's own size and complexity; the share of the loss counts its findings too.
    """
    whole = 1 - (report.total.value or 0.0)
    rows = tuple(
        (
            _text(f.name, href=links.to(f.path, f.line)),
            _text(f.path),
            *(_measure(f, metric) for metric in _METRICS),
            _percentile(f),
            _figure(f.cost, small(f.cost)),
            _figure(f.gain, f"+{small(f.gain)}"),
            _figure(f.points, f"{f.points / (100 * whole):.1%}" if whole else "0.0%"),
        )
        for f in functions[:FUNCTIONS]
    )
    headings = tuple((heading, "n") for heading in _HEADINGS)
    columns = (
        ("Function", ""),
        ("File", ""),
        *headings,
        ("Among its size", "n"),
        ("Points", "n"),
        ("Gain", "n"),
        ("Share", "n"),
    )
    return Table("functions", "Functions", columns, rows, _left_out(len(functions), FUNCTIONS, "functions"))


def _text(text: str, href: str = "") -> Cell:
    """A cell with a name from the sources."""
    return Cell(visible(text), visible(text), href=href, css="path")


def _measure(function: FunctionFact, metric: str) -> Cell:
    value = function.values.get(metric)
    if value is None:
        return Cell("–", "-1", css="n")
    share = function.percentiles.get(metric)
    cell = _figure(value, number(value))
    return cell if share is None else dataclasses.replace(cell, title=_words(share))


def _percentile(function: FunctionFact) -> Cell:
    """Where its cognitive complexity stands."""
    share = function.percentiles.get(_METRICS[0])
    if share is None:
        return Cell("–", "-1", css="n")
    return Cell(percent(share), repr(share), css="n", title=_words(share))


def _words(share: float) -> str:
    return f"{share:.1%} of functions of its size have no more"


def _figure(value: float, text: str) -> Cell:
    exact = repr(float(value))
    return Cell(text, exact, css="n", title="" if value == int(value) else exact)


def _left_out(number_of_rows: int, limit: int, noun: str) -> str:
    if number_of_rows <= limit:
        return ""
    return f"The {limit:,} {noun} that cost most, of {number_of_rows:,}."
