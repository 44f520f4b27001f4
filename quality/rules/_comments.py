"""The comments of a source that have their line to themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ast
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment that has its line to itself.

    Attributes:
        text: What stands behind the first ``#``, leading white space included.
        line: Its line, 1-based.
        column: Column of the first ``#``, 1-based.
        end_column: Column behind its last character.
    """

    text: str
    line: int
    column: int
    end_column: int


def comments_in(lines: Sequence[str], texts: Iterable[ast.expr]) -> tuple[Comment, ...]:
    """Comments that have a line to themselves, in order.

    Args:
        lines: The lines of the source.
        texts: Its constants, in any order: inside of one no line is a comment.
    """
    inside = {number for node in texts for number in _lines_inside(node)}
    bare = ((number, line, line.lstrip()) for number, line in enumerate(lines, 1))
    return tuple(
        Comment(text[1:].rstrip(), number, len(line) - len(text) + 1, len(line.rstrip()) + 1)
        for number, line, text in bare
        if text.startswith("#") and number not in inside
    )


def _lines_inside(node: ast.expr) -> range:
    """The lines that begin inside of a text."""
    return range(node.lineno + 1, (node.end_lineno or node.lineno) + 1)
