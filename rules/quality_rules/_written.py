"""Texts that are read as code."""

from __future__ import annotations

import ast
import textwrap
import warnings


def statements_in(text: str) -> list[ast.stmt]:
    """The statements of a text, indented or not; none where it is no code."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(textwrap.dedent(text)).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
