"""What regular expressions let through: they are parsed, and never run."""

from __future__ import annotations

import importlib
import re
import warnings
from functools import lru_cache
from typing import Any

# The parser of the module re has no public name.
parser: Any = importlib.import_module("re._parser")
codes: Any = importlib.import_module("re._constants")

_LONGEST = 2_000
_DEEPEST = 12
CHARACTERS = frozenset(range(128))
REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT)
#: A class of characters → its members.
CLASSES = {
    codes.CATEGORY_DIGIT: frozenset(map(ord, "0123456789")),
    codes.CATEGORY_SPACE: frozenset(map(ord, " \t\n\r\f\v")),
    codes.CATEGORY_WORD: frozenset(n for n in range(128) if chr(n).isalnum() or chr(n) == "_"),
}
CLASSES |= {
    codes.CATEGORY_NOT_DIGIT: CHARACTERS - CLASSES[codes.CATEGORY_DIGIT],
    codes.CATEGORY_NOT_SPACE: CHARACTERS - CLASSES[codes.CATEGORY_SPACE],
    codes.CATEGORY_NOT_WORD: CHARACTERS - CLASSES[codes.CATEGORY_WORD],
}


@lru_cache(256)
def characters(pattern: str, function: str) -> frozenset[int] | None:
    """The ASCII characters that may be in a text that matches; None when there can be any.

    Args:
        pattern: The pattern.
        function: How it is asked: ``fullmatch``, ``match`` or ``search``.
    """
    items = _parsed(pattern)
    ends = [items[index][1] if items and items[index][0] is codes.AT else None for index in (0, -1)]
    begun = function != "search" or ends[0] in {codes.AT_BEGINNING, codes.AT_BEGINNING_STRING}
    ended = function == "fullmatch" or ends[1] in {codes.AT_END, codes.AT_END_STRING}
    return (
        _alphabet(items, 0) if items and begun and ended and "(?" not in pattern.replace("(?:", "") else None
    )


@lru_cache(256)
def removed(pattern: str) -> frozenset[int]:
    """The ASCII characters that are gone when all that matches is taken out."""
    items = _parsed(pattern)
    repeated = len(items) == 1 and items[0][0] in REPEATS and items[0][1][0] <= 1
    return members(_flat(items[0][1][2]) if repeated else items)


def error_of(pattern: str) -> str:
    """What is wrong with a pattern; empty for one that is good, or too long to look at."""
    try:
        read(pattern)
    except (re.error, OverflowError) as error:
        return str(error)
    except RecursionError:
        return ""
    return ""


@lru_cache(256)
def read(pattern: str, flags: int = 0) -> Any:
    """A pattern as the module ``re`` reads it, its items and what is known of its groups; None when it is too long.

    Raises:
        re.error: It is no pattern.
        OverflowError: A count in it is too large.
        RecursionError: Its groups are too deep.
    """
    if len(pattern) > _LONGEST:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return parser.parse(pattern, flags)


def goes_on(pattern: str) -> bool:
    """Tells whether a text may go on behind what a pattern matches, and the pattern does not say so itself."""
    items = _parsed(pattern)
    while items and items[-1][0] is codes.SUBPATTERN:
        items = list(items[-1][1][-1])
    if not items:
        return False
    kind, details = items[-1]
    if kind in REPEATS:
        return not any(item[0] is codes.ANY for item in details[-1])
    return kind in {codes.LITERAL, codes.IN}


def is_of_fixed_size(pattern: str) -> bool:
    """Tells whether a pattern asks for given numbers of characters, of two kinds at least."""
    items = _parsed(pattern)
    repeats = [details for kind, details in items if kind in REPEATS]
    return (
        len(repeats) > 1
        and all(details[0] == details[1] for details in repeats)
        and all(kind in {codes.LITERAL, codes.IN, codes.AT, *REPEATS} for kind, _ in items)
    )


def _parsed(pattern: str) -> list[Any]:
    """The items of a pattern; none when it is too long or is none."""
    try:
        return list(read(pattern) or ())
    except (re.error, OverflowError, RecursionError):
        return []


def _alphabet(items: list[Any], depth: int) -> frozenset[int] | None:
    """All characters that items match; None when they match what is not known."""
    found: frozenset[int] = frozenset()
    for code, value in items:
        if code is codes.AT:
            continue
        if code in REPEATS:
            parts = [list(value[2])]
        elif code is codes.SUBPATTERN:
            parts = [list(value[-1])]
        elif code is codes.BRANCH:
            parts = [list(option) for option in value[1]]
        else:
            single = members([(code, value)])
            if not single:
                return None
            found |= single
            continue
        for part in parts:
            inside = _alphabet(part, depth + 1) if depth < _DEEPEST else None
            if inside is None:
                return None
            found |= inside
    return found


def _flat(items: Any) -> list[Any]:
    """The items of a group that holds nothing but a group."""
    found = list(items)
    for _ in range(_DEEPEST):
        if len(found) != 1 or found[0][0] is not codes.SUBPATTERN:
            break
        found = list(found[0][1][-1])
    return found


def members(items: list[Any]) -> frozenset[int]:
    """The characters that an expression of one character matches; empty for any other."""
    if len(items) != 1:
        return frozenset()
    code, value = items[0]
    if code is codes.LITERAL:
        return frozenset([value])
    if code is codes.NOT_LITERAL:
        return CHARACTERS - {value}
    if code is codes.ANY:
        return CHARACTERS - {ord("\n")}
    return _of_set(value) if code is codes.IN else frozenset()


def _of_set(entries: list[Any]) -> frozenset[int]:
    found: set[int] = set()
    for code, value in entries:
        if code is codes.LITERAL:
            found.add(value)
        elif code is codes.RANGE:
            found.update(range(value[0], min(value[1], 0x3FF) + 1))
        elif code is codes.CATEGORY:
            found |= CLASSES.get(value, frozenset())
    negated = entries[0][0] is codes.NEGATE
    return CHARACTERS - found if negated else frozenset(found)
