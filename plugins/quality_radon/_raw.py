"""radon's raw line counts, from the tokens that a source has anyway.

radon cuts every line into tokens again, and a statement of many lines once for each of them. What it counts is the same.
"""

from __future__ import annotations

import tokenize
from typing import TYPE_CHECKING

from radon.raw import Module, _logical, is_single_token

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality.model import Source

#: What a line has only by its place in the whole.
_PLACE = {tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
_END = tokenize.TokenInfo(tokenize.ENDMARKER, "", (0, 0), (0, 0), "")


def raw_counts(source: Source) -> Module:
    """Counts lines as ``radon.raw.analyze`` does."""
    lines = [line.strip() for line in source.lines]
    if lines and not lines[-1]:
        lines.pop()  # behind the last newline
    lloc = comments = alone = multi = sloc = blank = 0
    for tokens, first, last in _groups(source):
        filled = sum(map(bool, lines[first - 1 : last]))
        empty = min(last, len(lines)) - first + 1 - filled
        comments += sum(token.type == tokenize.COMMENT for token in tokens)
        is_string = is_single_token(tokenize.STRING, tokens)
        if is_single_token(tokenize.COMMENT, tokens) or (is_string and first == last):
            alone += 1
        else:
            blank += empty
            if is_string:
                multi += filled
            else:
                sloc += filled
        lloc += _logical(tokens)
    return Module(sloc + blank + multi + alone, lloc, sloc, comments, multi, blank, alone)


def _groups(source: Source) -> Iterator[tuple[list[tokenize.TokenInfo], int, int]]:
    """The tokens of each statement, or of each line between statements, with the first and last line they take.

    Statements that share a line are one group, as all that begins before the line ends.
    """
    group: list[tokenize.TokenInfo] = []
    first, depth = 1, 0
    for token in source.tokens:
        if token.type in _PLACE:
            continue
        group.append(token)
        if token.type == tokenize.OP:
            depth += (token.string in {"(", "[", "{"}) - (token.string in {")", "]", "}"})
        if token.type == tokenize.NEWLINE or (token.type == tokenize.NL and not depth):
            yield [*group, _END], first, token.start[0]
            group, first = [], token.start[0] + 1
