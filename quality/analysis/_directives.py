"""Suppression directives: found and blanked before any analyzer sees the text.

Analyzers are therefore deaf to them, whatever they read. The host counts them in a sealed profile and obeys
them in others. Blanks have the directive's width, so every position stays what it was.
"""

from __future__ import annotations

import dataclasses
import io
import re
import tokenize
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
    for index, token in enumerate(tokens):
        if token.type != tokenize.COMMENT:
            continue
        written = _written(token.string)
        if not written:
            continue
        row, column = token.start
        for tool, (start, end, said) in written.items():
            where = Location(path, row, column + start + 1, row, column + end + 1)
            first, last = _reach(tokens, index, said, len(lines))
            found.append(Directive(tool, _codes(tool, said), where, first, last))
        line = lines[row - 1]
        lines[row - 1] = line[:column] + " " * len(token.string) + line[column + len(token.string) :]
    return "\n".join(lines), _with_enables(found)


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
    return tuple(
        dataclasses.replace(
            directive,
            last_line=min(
                (
                    enable.first_line
                    for enable in enables
                    if directive.first_line < enable.first_line <= directive.last_line
                    and enable.tool == directive.tool
                    and (not enable.codes or {*directive.codes} <= {*enable.codes})
                ),
                default=directive.last_line,
            ),
        )
        for directive in found
    )


def _codes(tool: str, directive: str) -> tuple[str, ...]:
    """The codes that a directive names, lower case; none when it means everything."""
    lists = (pattern.search(directive) for pattern in _LISTS.get(tool, (_BRACKETED,)))
    named = next((match.group(1) for match in lists if match), "")
    codes = {code.lower() for code in _CODE.findall(named)}
    return () if _ALL in codes else tuple(sorted(codes))


def _reach(
    tokens: Sequence[tokenize.TokenInfo], index: int, directive: str, last_line: int
) -> tuple[int, int]:
    """First and last line that a directive of a comment silences, as pylint and the linters after it read them.

    What enables again silences nothing: its last line comes before its first.
    """
    token = tokens[index]
    row = token.start[0]
    if _ENABLES.search(directive):
        return row, row - 1
    if _WHOLE_FILE.search(directive):
        return 1, last_line
    if "disable-next" in directive:
        return row, row + 1
    before = _before(tokens, index)
    blockwise = "pylint" in directive.lower()
    if not before:
        return row, _block_end(tokens, index, token.start[1] - 1, last_line) if blockwise else row + 1
    if blockwise and before[-1].string == ":":
        return row, _block_end(tokens, index, before[0].start[1], last_line)
    return before[0].start[0], row


def _before(tokens: Sequence[tokenize.TokenInfo], index: int) -> list[tokenize.TokenInfo]:
    """The code in a token's line before it."""
    row = tokens[index].start[0]
    first = index
    while first and tokens[first - 1].start[0] == row:
        first -= 1
    return [other for other in tokens[first:index] if other.type not in _SKIPPED]


def _block_end(tokens: Sequence[tokenize.TokenInfo], index: int, column: int, last_line: int) -> int:
    """The line before the first dedent to the column or further left."""
    for token in tokens[index + 1 :]:
        if token.type == tokenize.DEDENT and token.start[1] <= column:
            return max(token.start[0] - 1, tokens[index].start[0])
    return last_line
