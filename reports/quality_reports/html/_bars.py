"""Bars as inline SVG. Widths are attributes, so no style has to be allowed by the page's policy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from quality_reports.html._scale import coordinate

if TYPE_CHECKING:
    from collections.abc import Iterable

_WIDTH = 1000


def bar(share: float, css: str) -> Markup:
    """Draws one bar; the text beside it says the same, so it is hidden from screen readers."""
    return Markup(
        '<svg class="bar" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="track" width="1000" height="10"/>'
        '<rect class="{css}" width="{width}" height="10"/></svg>'
    ).format(css=css, width=coordinate(_WIDTH * share))


def stack(parts: Iterable[tuple[float, str, str]]) -> Markup:
    """Draws parts of 100 points side by side.

    Args:
        parts: (Points, class, tooltip) of each part.
    """
    pieces: list[Markup] = []
    left = 0.0
    for points, css, title in parts:
        width = _WIDTH * points / 100
        pieces.append(
            Markup('<rect class="{}" x="{}" width="{}" height="10"><title>{}</title></rect>').format(
                css, coordinate(left), coordinate(width), title
            )
        )
        left += width
    return Markup(
        '<svg class="stack" viewBox="0 0 1000 10" preserveAspectRatio="none" role="img" '
        'aria-label="{}">{}</svg>'
    ).format("Points kept and points lost; the tables below give the same figures.", Markup().join(pieces))
