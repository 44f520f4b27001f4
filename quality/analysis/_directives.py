"""Suppression directives: found and blanked before any analyzer sees the text.

Analyzers are therefore deaf to them, whatever they read. The host counts them in a sealed profile and obeys
them in others. Blanks have the directive's width, so every position stays what it was.
"""

from __future__ import annotations

import dataclasses
import io
import itertools
import re
import tokenize
from bisect import bisect_right
from typing import TYPE_CHECKING

from quality.model import Directive, Location

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Who is addressed → how. These are obeyed anywhere in a comment ...
_ANYWHERE = {
    "noqa": r"(?:(?:flake8|ruff|pylama)\s*[:=]\s*)?noqa\b",
    "nosec": r"nosec\b",
    "pylint": r"pylint\s*:\s*(?:disable|enable|skip-file)",
}
#: Words to a type checker to look closer: a comment of nothing else asks nobody to look away.
_CLOSER = r"(?:strict|disallow|warn|no-implicit|check|extra-checks)[\w-]*"
#: ... and these right behind a hash sign.
_AT_HASH = {
    "ruff": r"ruff\s*:\s*(?:disable|enable|file-ignore|ignore|isort)",
    "type": r"type\s*:\s*ignore\b",
    # Settings of mypy are single words or have values; ``# mypy: this is not None here`` is for readers.
    "mypy": rf"mypy\s*:(?!\s*{_CLOSER}(?:\s*,\s*{_CLOSER})*\s*$)(?=\s*[\w-]+\s*(?:[=,]|$))",
    "pyright": r"pyright\s*:(?!\s*strict\s*$)",
    "pyre": r"pyre-(?:ignore|fixme|unsafe)",
    "pytype": r"pytype\s*:",
    "ty": r"ty\s*:\s*ignore\b",
    "fmt": r"fmt\s*:\s*(?:off|on|skip)",
    "isort": r"isort\s*:",
    "yapf": r"yapf\s*:",
    "complexipy": r"complexipy\s*:",
    "coverage": r"pragma\s*:\s*no\s*(?:cover|branch|mutate)",
    "sonar": r"nosonar\b",
}
#: Searched in single comments. No part of it can be tried again from many starts: the time is linear.
_DIRECTIVE = re.compile(
    "|".join(
        [rf"\b(?P<{tool}>{pattern})" for tool, pattern in _ANYWHERE.items()]
        + [rf"#\s*(?P<{tool}>{pattern})" for tool, pattern in _AT_HASH.items()]
    ),
    re.IGNORECASE,
)
#: A cheap test of the text from the first hash sign on, before it is tokenized.
_HINT = re.compile(
    r"noqa|nosec|nosonar|pylint|ruff|type\s*:|mypy|pyright|pyre-|pytype|ty\s*:|fmt|isort|yapf|complexipy|pragma",
    re.IGNORECASE,
)
_WHOLE_FILE = re.compile(
    r"skip-file|file-ignore|ignore-errors|(?:flake8|ruff|pylama)\s*[:=]\s*noqa", re.IGNORECASE
)
#: How directives list their codes; what follows the list is a reason.
_NUMBERED = re.compile(r"(?:noqa|nosec)\b\s*+(?:[:=]\s*+)?((?:[a-z]+\d+\b[\s,]*+)+)", re.IGNORECASE)
_NAMED = re.compile(r"nosec\b\s*+(?:[:=]\s*+)?([a-z]+(?:_[a-z0-9]+)+(?:\s*+,\s*+[a-z0-9_]+)*)", re.IGNORECASE)
_ASSIGNED = re.compile(r"(?:disable|enable|disable-next)\s*=\s*([\w-]+(?:\s*,\s*[\w-]+)*)", re.IGNORECASE)
_BRACKETED = re.compile(r"\A[^\[]*+\[([^\]]*+)\]")
_LISTS = {"noqa": (_NUMBERED,), "nosec": (_NUMBERED, _NAMED), "pylint": (_ASSIGNED,)}
#: Where the next directive of a comment may begin.
_HASH = re.compile("(?=#)")
_CODE = re.compile(r"[A-Za-z][\w-]*\w")
#: A list that names everything.
_ALL = "all"
_ENABLES = re.compile(r":\s*(?:enable|on)\b", re.IGNORECASE)
#: What ends a statement, before the next.
_ENDS = frozenset({tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT})
#: In so many tokens code is looked for above a comment, and in so many directives what enables again.
_NEAR = 100
_SKIPPED = frozenset({tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT})


def neutralise(text: str, path: str) -> tuple[str, tuple[Directive, ...]]:
    r"""Blanks the suppression directives of a text.

    Args:
        text: Decoded text with ``\\n`` as newline.
        path: Logical path, for the directives' locations.

    Returns:
        The text with every directive's comment replaced by spaces, and the directives in order. A text that
        does not tokenize comes back unchanged: the parser will refuse it.
    """
    first = text.find("#")
    if first < 0 or not _HINT.search(text, first):
        return text, ()
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(text).readline))
    except (tokenize.TokenError, SyntaxError):
        return text, ()
    lines = text.split("\n")
    found: list[Directive] = []
    blocks = _Blocks(len(lines))
    for index in range(len(tokens) - 1, -1, -1):
        token = tokens[index]
        if token.type == tokenize.DEDENT:
            blocks.ends(token)
        if token.type != tokenize.COMMENT:
            continue
        written = _written(token.string)
        if not written:
            continue
        row, column = token.start
        for tool, (start, end, said) in reversed(written.items()):
            where = Location(path, row, column + start + 1, row, column + end + 1)
            first, last = _reach(tokens, index, said, blocks)
            found.append(Directive(tool, _codes(tool, said), where, first, last))
        line = lines[row - 1]
        lines[row - 1] = line[:column] + " " * len(token.string) + line[column + len(token.string) :]
    return "\n".join(lines), _with_enables(found[::-1])


class _Blocks:
    """Where the blocks end that are open at a place of a text, which is gone through from its end.

    Args:
        last_line: The last line of the text.
    """

    def __init__(self, last_line: int) -> None:
        self.last_line = last_line
        # Of the ends of blocks behind the place, each further to the left than all before it: the nearest is the last.
        self._columns: list[int] = []
        self._rows: list[int] = []

    def ends(self, dedent: tokenize.TokenInfo) -> None:
        """Takes the end of a block, which is nearer than those before."""
        row, column = dedent.start
        while self._columns and self._columns[-1] >= column:
            self._columns.pop()
            self._rows.pop()
        self._columns.append(column)
        self._rows.append(row)

    def end(self, row: int, column: int) -> int:
        """The line before the first dedent to a column or further left, from a row on."""
        place = bisect_right(self._columns, column)
        return max(self._rows[place - 1] - 1, row) if place else self.last_line


def _written(comment: str) -> dict[str, tuple[int, int, str]]:
    """Tool → its first directive in a comment: where it begins and ends, and what it says.

    A lone directive has the whole comment; several have what stands from a hash sign to the next one.
    """
    found: dict[str, tuple[int, int, str]] = {}
    start = 0
    for text in _HASH.split(comment):
        match = _DIRECTIVE.search(text)
        if match is not None:
            said = text[match.start(match.lastgroup or 0) :]
            found.setdefault(str(match.lastgroup), (start, start + len(text.rstrip()), said))
        start += len(text)
    if len(found) == 1:
        return {tool: (0, len(comment), said) for tool, (_, _, said) in found.items()}
    return found


def _with_enables(found: Sequence[Directive]) -> tuple[Directive, ...]:
    """Lets what re-enables the same codes end the reach of what disabled them."""
    enables = [each for each in found if each.last_line < each.first_line]
    lines = [each.first_line for each in enables]
    return tuple(dataclasses.replace(each, last_line=_until(each, enables, lines)) for each in found)


def _until(directive: Directive, enables: Sequence[Directive], lines: Sequence[int]) -> int:
    """The last line that a directive silences, before what enables all that it names, if that is near."""
    following = bisect_right(lines, directive.first_line)
    for enable in itertools.islice(enables, following, following + _NEAR):
        if enable.first_line > directive.last_line:
            break
        named = not enable.codes or {*directive.codes} <= {*enable.codes}
        if enable.tool == directive.tool and named:
            return enable.first_line
    return directive.last_line


def _codes(tool: str, directive: str) -> tuple[str, ...]:
    """The codes that a directive names, lower case; none when it means everything."""
    lists = (pattern.search(directive) for pattern in _LISTS.get(tool, (_BRACKETED,)))
    named = next((match.group(1) for match in lists if match), "")
    codes = {code.lower() for code in _CODE.findall(named)}
    return () if _ALL in codes else tuple(sorted(codes))


def _reach(
    tokens: Sequence[tokenize.TokenInfo], index: int, directive: str, blocks: _Blocks
) -> tuple[int, int]:
    """First and last line that a directive of a comment silences, as pylint and the linters after it read them.

    What enables again silences nothing: its last line comes before its first.
    """
    token = tokens[index]
    row = token.start[0]
    if _ENABLES.search(directive):
        return row, row - 1
    if _WHOLE_FILE.search(directive):
        return 1, blocks.last_line
    before = _before(tokens, index)
    blockwise = "pylint" in directive.lower()
    if "disable-next" in directive or not (before or blockwise):
        return row, row + 1
    if not before:
        return _head(tokens, index) or row, blocks.end(row, token.start[1] - 1)
    if blockwise and before[-1].string == ":":
        return row, blocks.end(row, before[0].start[1])
    return before[0].start[0], row


def _before(tokens: Sequence[tokenize.TokenInfo], index: int) -> list[tokenize.TokenInfo]:
    """The code in a token's line before it."""
    row = tokens[index].start[0]
    first = index
    while first and tokens[first - 1].start[0] == row:
        first -= 1
    return [other for other in tokens[first:index] if other.type not in _SKIPPED]


def _head(tokens: Sequence[tokenize.TokenInfo], index: int) -> int | None:
    """The line of the function or class in which a comment comes first, but for the documentation; None of another comment.

    Such a comment speaks for all of it, the line with its name too.
    """
    place = _code_before(tokens, index)
    if place is not None and tokens[place].type == tokenize.STRING:
        place = _code_before(tokens, place)
    if place is None or tokens[place].string != ":":
        return None
    while place and tokens[place - 1].type not in _ENDS:
        place -= 1
    named = next(token for token in tokens[place:] if token.type not in _SKIPPED)
    return named.start[0] if named.string in {"async", "class", "def"} else None


def _code_before(tokens: Sequence[tokenize.TokenInfo], index: int) -> int | None:
    """The place of the last token of code before another; None where only comments are near."""
    near = range(index - 1, max(index - _NEAR, 0) - 1, -1)
    return next((place for place in near if tokens[place].type not in _SKIPPED), None)
