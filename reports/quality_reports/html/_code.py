"""Source text as markup. The only place where hostile text meets HTML by hand."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from quality.model import hidden, spelled
from quality_reports._facts import SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from quality.model import Finding

#: Longest line that is shown whole.
LINE = 400

_TAB = "    "


def line_markup(text: str, findings: Sequence[Finding] = ()) -> Markup:
    """Escapes one line and marks the ranges of the findings that begin in it.

    Hidden characters (control, bidirectional, invisible) are spelled out in a span of their own. What is
    beyond ``LINE`` characters is left out, and its length said.
    """
    shown = text[:LINE]
    cuts = sorted({0, len(shown), *(edge for f in findings for edge in _edges(f, len(shown)))})
    pieces = [
        _piece(shown[start:end], [f for f in findings if _covers(f, start, len(shown))])
        for start, end in pairwise(cuts)
    ]
    if len(text) > LINE:
        pieces.append(Markup('<span class="cut">… {:,} more characters</span>').format(len(text) - LINE))
    return Markup().join(pieces)


def _edges(finding: Finding, length: int) -> tuple[int, int]:
    """The finding's part of its first line, as 0-based offsets; never empty on a line that has text."""
    where = finding.location
    start = min(where.column - 1, max(0, length - 1))
    end = where.end_column - 1 if where.end_line == where.line else length
    return start, min(length, max(end, start + 1))


def _covers(finding: Finding, offset: int, length: int) -> bool:
    start, end = _edges(finding, length)
    return start <= offset < end


def _piece(text: str, findings: Iterable[Finding]) -> Markup:
    severities = {finding.severity for finding in findings}
    worst = next((severity for severity in SEVERITIES if severity in severities), None)
    markup = _escaped(text)
    return Markup('<mark class="{}">{}</mark>').format(worst, markup) if worst else markup


def _escaped(text: str) -> Markup:
    text = text.replace("\t", _TAB)
    if text.isascii() and text.isprintable():
        return escape(text)
    return Markup().join(_character(character) for character in text)


def _character(character: str) -> Markup:
    if hidden(character):
        return Markup('<span class="hidden">{}</span>').format(spelled(character))
    return escape(character)
