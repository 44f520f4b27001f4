"""What regular expressions let through, and which take time without bound: they are parsed, and never run."""

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
_CHARACTERS = frozenset(range(128))
_REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT)
#: A class of characters → its members.
CLASSES = {
    codes.CATEGORY_DIGIT: frozenset(map(ord, "0123456789")),
    codes.CATEGORY_SPACE: frozenset(map(ord, " \t\n\r\f\v")),
    codes.CATEGORY_WORD: frozenset(n for n in range(128) if chr(n).isalnum() or chr(n) == "_"),
}
CLASSES |= {
    codes.CATEGORY_NOT_DIGIT: _CHARACTERS - CLASSES[codes.CATEGORY_DIGIT],
    codes.CATEGORY_NOT_SPACE: _CHARACTERS - CLASSES[codes.CATEGORY_SPACE],
    codes.CATEGORY_NOT_WORD: _CHARACTERS - CLASSES[codes.CATEGORY_WORD],
}


def is_exponential(pattern: str, *, whole: bool) -> bool:
    """Tells whether a part that can match in several ways is repeated, with something behind it that may not match.

    Args:
        pattern: The pattern.
        whole: Whether all of the text has to match.
    """
    if not {"*", "+", "{"} & set(pattern):
        return False
    return _searched(_parsed(pattern), followed=whole, depth=0)


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
    repeated = len(items) == 1 and items[0][0] in _REPEATS and items[0][1][0] <= 1
    return _members(_flat(items[0][1][2]) if repeated else items)


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
    if kind in _REPEATS:
        return not any(item[0] is codes.ANY for item in details[-1])
    return kind in {codes.LITERAL, codes.IN}


def is_of_fixed_size(pattern: str) -> bool:
    """Tells whether a pattern asks for given numbers of characters, of two kinds at least."""
    items = _parsed(pattern)
    repeats = [details for kind, details in items if kind in _REPEATS]
    return (
        len(repeats) > 1
        and all(details[0] == details[1] for details in repeats)
        and all(kind in {codes.LITERAL, codes.IN, codes.AT, *_REPEATS} for kind, _ in items)
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
        if code in _REPEATS:
            parts = [list(value[2])]
        elif code is codes.SUBPATTERN:
            parts = [list(value[-1])]
        elif code is codes.BRANCH:
            parts = [list(option) for option in value[1]]
        else:
            single = _members([(code, value)])
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


def _searched(items: list[Any], *, followed: bool, depth: int) -> bool:
    if depth > _DEEPEST:
        return False
    for index, (code, value) in enumerate(items):
        behind = followed or index + 1 < len(items)
        if code in _REPEATS:
            body = _flat(value[2])
            if value[1] == codes.MAXREPEAT and behind and _is_ambiguous(body):
                return True
            inside = [body]
        elif code is codes.SUBPATTERN:
            inside = [list(value[-1])]
        elif code is codes.BRANCH:
            inside = [list(option) for option in value[1]]
        else:
            continue
        if any(_searched(part, followed=behind, depth=depth + 1) for part in inside):
            return True
    return False


def _flat(items: Any) -> list[Any]:
    """The items of a group that holds nothing but a group."""
    found = list(items)
    for _ in range(_DEEPEST):
        if len(found) != 1 or found[0][0] is not codes.SUBPATTERN:
            break
        found = list(found[0][1][-1])
    return found


def _is_endless(items: list[Any]) -> bool:
    """Tells whether items are nothing but one that is repeated without a limit."""
    return len(items) == 1 and items[0][0] in _REPEATS and items[0][1][1] == codes.MAXREPEAT


def _is_ambiguous(body: list[Any]) -> bool:
    """Tells whether what is repeated can be cut into repetitions in several ways."""
    if len(body) == 1 and body[0][0] in _REPEATS and _is_of_several_lengths(body[0][1]):
        return True
    if len(body) == 1 and body[0][0] is codes.BRANCH:
        if any(_is_endless(_flat(option)) for option in body[0][1][1]):
            return True
        options = [list(option) for option in body[0][1][1][:20]]
        sets = [_members(option) for option in options]
        return any(a & b for i, a in enumerate(sets) for b in sets[:i]) or _is_in_turns(options, sets)
    if len(body) > 1 and body[-1][0] is codes.BRANCH and _is_tail_alike(body[0], body[-1][1][1]):
        return True
    for index, (code, value) in enumerate(body):
        if code in _REPEATS and value[1] == codes.MAXREPEAT:
            inner = _members(_flat(value[2]))
            others = body[:index] + body[index + 1 :]
            needed = [_nonempty(other) for other in others if not _may_be_missing(other)]
            if inner.intersection(*needed):
                return True
    return False


def _is_of_several_lengths(repeat: Any) -> bool:
    """Tells whether a repeated item stands for one or more, and for more than one: ``a+``, ``a{2,4}``."""
    least, most, _ = repeat
    return bool(most == codes.MAXREPEAT or most > max(least, 1))


def _is_in_turns(options: list[list[Any]], sets: list[frozenset[int]]) -> bool:
    r"""Tells whether one of several options is the same as others one after the other: ``(?:\r\n|\r|\n)+``."""
    return any(
        len(option) > 1 and all(any(_members([item]) & single for single in sets) for item in option)
        for option in options
    )


def _is_tail_alike(first: Any, options: list[Any]) -> bool:
    """Tells whether a tail may be missing, or be what the next turn begins with: ``(a|aa)+``."""
    begins = _members([first])
    tails = [list(option) for option in options[:20]]
    alike = [tail for tail in tails if tail and all(_members([item]) & begins for item in tail)]
    return bool(begins) and bool(alike) and any(not tail for tail in tails)


def _may_be_missing(item: Any) -> bool:
    return item[0] in _REPEATS and item[1][0] == 0


def _nonempty(item: Any) -> frozenset[int]:
    members = _members(_flat(item[1][2])) if item[0] in _REPEATS else _members([item])
    return members or frozenset([-1])


def _members(items: list[Any]) -> frozenset[int]:
    """The characters that an expression of one character matches; empty for any other."""
    if len(items) != 1:
        return frozenset()
    code, value = items[0]
    if code is codes.LITERAL:
        return frozenset([value])
    if code is codes.NOT_LITERAL:
        return _CHARACTERS - {value}
    if code is codes.ANY:
        return _CHARACTERS - {ord("\n")}
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
    return _CHARACTERS - found if negated else frozenset(found)
