"""Texts that are read as code, and texts as they are written."""

from __future__ import annotations

import ast
import textwrap
import tokenize
import warnings
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quality.model import Source


def statements_in(text: str) -> list[ast.stmt]:
    """The statements of a text, indented or not; none where it is no code."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(textwrap.dedent(text)).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []


def stands_in_text(source: Source, letter: str, node: ast.AST | None = None) -> bool:
    """Tells whether a text of a source has a letter as such, and not by its number or in a comment.

    Args:
        source: The source.
        letter: One character.
        node: The text, where it is known which one; else any.
    """
    if not source.mentions(letter):
        return False
    first, last = getattr(node, "lineno", 1), getattr(node, "end_lineno", len(source.lines))
    return any(
        letter in token.string
        for token in source.tokens
        if token.type != tokenize.COMMENT and first <= token.start[0] and token.end[0] <= last
    )
