"""One line of source with the place of a finding underlined."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quality.model import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quality.model import Location


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A line to show and the marker below it.

    Attributes:
        text: The line, hidden characters escaped, cut to the width.
        marker: Spaces and carets.
    """

    text: str
    marker: str


def excerpt(lines: Sequence[str], where: Location, width: int) -> Excerpt | None:
    """Cuts the first line of a place out of a text; None where the text has no such line.

    Args:
        lines: The text's lines.
        where: The place.
        width: Terminal columns to use.
    """
    from rich.cells import cell_len, set_cell_size  # only the text format needs it

    if where.line > len(lines) or not lines[where.line - 1].strip():
        return None
    line = lines[where.line - 1]
    end = where.end_column if where.end_line == where.line else len(line) + 1
    start = where.column - 1
    before = visible(line[:start].lstrip())
    marked = visible(line[start : max(end - 1, start + 1)])
    after = visible(line[max(end - 1, start + 1) :].rstrip())
    if cell_len(before) + cell_len(marked) > width and cell_len(before) > width // 3:
        before = f"…{before[-(width // 3) :]}"
    text = f"{before}{marked}{after}"
    marker = " " * cell_len(before) + "^" * max(1, cell_len(marked))
    if cell_len(text) > width:
        text = f"{set_cell_size(text, width - 1).rstrip()}…"
    return Excerpt(text, marker[:width])
