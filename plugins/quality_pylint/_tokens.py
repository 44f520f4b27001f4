"""When pylint's checkers of tokens have nothing to see in a text, so that it need not be cut into tokens."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quality.model import Source

#: The checkers that look for nothing but what ``needs_tokens`` finds.
NARROW = frozenset({"else_if_used", "refactoring", "string"})

_LAST_COMMA = re.compile(r",[ \t]*(?:#[^\n]*)?$", re.MULTILINE)
_PREFIX = "bBfFrRuU"


def needs_tokens(source: Source) -> bool:
    """Tells whether a text may have what the narrow checkers look for; true where only tokens can tell.

    They look for escapes, commas that end a statement, strings that are written in parts, and for whether an ``if`` that
    is all of an ``else`` is written as ``elif``.
    """
    text, kinds = source.text, source.nodes.kinds
    if "\\" in text or not text.isascii() or ast.JoinedStr in kinds:
        return True
    if _LAST_COMMA.search(text) and (ast.Delete in kinds or _has_open_tuple(source)):
        return True
    if any(_is_elif_or_could_be(node) for node in kinds.get(ast.If, ())):
        return True
    return any(_is_in_parts(node, source) for node in kinds.get(ast.Constant, ()))


def _has_open_tuple(source: Source) -> bool:
    """Tells whether a tuple of an ASCII text ends with its last comma, in no parenthesis: only such end a statement."""
    lines = source.lines
    ends = ((node.end_lineno, node.end_col_offset) for node in source.nodes.kinds.get(ast.Tuple, ()))  # type: ignore[attr-defined]
    return any(lines[line - 1][column - 1] == "," for line, column in ends)


def _is_elif_or_could_be(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and len(node.orelse) == 1 and isinstance(node.orelse[0], ast.If)


def _is_in_parts(node: ast.AST, source: Source) -> bool:
    """Tells whether a string, written without escapes, is more than one literal."""
    if not (isinstance(node, ast.Constant) and isinstance(node.value, str | bytes)):
        return False
    first, last = node.lineno, node.end_lineno or node.lineno
    lines = list(source.lines[first - 1 : last])
    lines[-1] = lines[-1][: node.end_col_offset]
    lines[0] = lines[0][node.col_offset :]
    literal = "\n".join(lines).lstrip(_PREFIX)
    quote = literal[:3] if literal[:3] in {'"""', "'''"} else literal[:1]
    return literal.find(quote, len(quote)) != len(literal) - len(quote)
