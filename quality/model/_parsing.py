"""Parsing text that may be hostile: what is strange in it is no warning of this program."""

from __future__ import annotations

import ast
import warnings


def parse(text: str) -> ast.Module:
    """The syntax tree of a text. Raises SyntaxError, ValueError, RecursionError or MemoryError as ``ast.parse`` does."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(text)


def parsed(text: str) -> ast.Module | None:
    """The syntax tree of a text, or None where there is none."""
    try:
        return parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
