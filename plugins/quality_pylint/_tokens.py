"""When pylint's checkers of tokens have nothing to see in a text, so that it need not be cut into tokens."""

from __future__ import annotations

import ast
import re
import tokenize
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quality.model import Source

#: The checkers that look for nothing but what ``needs_tokens`` and ``branch_words`` find.
NARROW = frozenset({"else_if_used", "refactoring", "string"})

_LAST_COMMA = re.compile(r",[ \t]*(?:#[^\n]*)?$", re.MULTILINE)
_PREFIX = "bBfFrRuU"
_QUOTES = 2


def needs_tokens(source: Source) -> bool:
    """Tells whether a text may have what only its tokens show: escapes, statements that end in a comma, strings in parts."""
    text, kinds = source.text, source.nodes.kinds
    if "\\" in text or ast.JoinedStr in kinds:
        return True
    if _LAST_COMMA.search(text) and (ast.Delete in kinds or _has_open_tuple(source)):
        return True
    return any(_is_in_parts(node, source) for node in kinds.get(ast.Constant, ()))


def branch_words(source: Source) -> list[tokenize.TokenInfo]:
    """The words ``if`` and ``elif`` of statements, as tokens; none where no ``if`` is all of an ``else``.

    The checkers ask by them how such a one is written.
    """
    branches = cast("Sequence[ast.If]", source.nodes.kinds.get(ast.If, ()))
    if not any(len(each.orelse) == 1 and isinstance(each.orelse[0], ast.If) for each in branches):
        return []
    return [
        *(_word(each, source) for each in branches),
        tokenize.TokenInfo(tokenize.ENDMARKER, "", (0, 0), (0, 0), ""),
    ]


def _word(branch: ast.If, source: Source) -> tokenize.TokenInfo:
    line, column = branch.lineno, branch.col_offset  # only white space stands before it
    text = source.lines[line - 1]
    word = "elif" if text.startswith("elif", column) else "if"
    return tokenize.TokenInfo(tokenize.NAME, word, (line, column), (line, column + len(word)), text)


def _has_open_tuple(source: Source) -> bool:
    """Tells whether a tuple ends with its last comma, in no parenthesis: only such end a statement."""
    ends = ((node.end_lineno, node.end_col_offset) for node in source.nodes.kinds.get(ast.Tuple, ()))  # type: ignore[attr-defined]
    return any(_cut(source.lines[line - 1], column - 1, column) == "," for line, column in ends)


def _is_in_parts(node: ast.AST, source: Source) -> bool:
    """Tells whether a string, written without escapes, is more than one literal."""
    if not (isinstance(node, ast.Constant) and isinstance(node.value, str | bytes)):
        return False
    first, last, start, end = (
        node.lineno,
        node.end_lineno or node.lineno,
        node.col_offset,
        node.end_col_offset or 0,
    )
    if first == last and end - start == len(node.value) + _QUOTES:
        return False  # as mostly: there is room for one pair of quotes alone
    lines = list(source.lines[first - 1 : last])
    lines[-1] = _cut(lines[-1], 0, end)
    lines[0] = _cut(lines[0], start)
    literal = "\n".join(lines).lstrip(_PREFIX)
    quote = literal[:3] if literal[:3] in {'"""', "'''"} else literal[:1]
    return literal.find(quote, len(quote)) != len(literal) - len(quote)


def _cut(line: str, start: int, end: int | None = None) -> str:
    """A part of a line, by its places in UTF-8."""
    return line[start:end] if line.isascii() else line.encode()[start:end].decode("utf-8", "ignore")
