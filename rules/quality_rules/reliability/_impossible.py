"""What parts of a regular expression can match: why some never do, and whether one is repeated that may be empty."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from quality_rules._patterns import CLASSES, codes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_ASCII = frozenset(range(128))
#: Behind the last of ASCII: it stands for all others.
_LARGEST = 128
_DEEPEST = 12
#: No more parts than this are looked at on each side of a place.
_FARTHEST = 20
_WORD = CLASSES[codes.CATEGORY_WORD]
_REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)
_SINGLE = (codes.LITERAL, codes.NOT_LITERAL, codes.ANY, codes.IN)
#: A pattern of so few parts that contradicts itself is one that is meant to match nothing.
_MEANT = 2

AFTER_END = "nothing can follow the end"
BEFORE_START = "nothing can stand before the start"
NOTHING_LEFT = "a possessive part leaves nothing for what follows it"
CONTRADICTION = "what is looked for beside a place contradicts what stands there"
NO_BOUNDARY = "the characters on both sides decide the boundary"


@dataclass(frozen=True, slots=True)
class _Characters:
    """Characters that may stand at a place: those of ASCII, and whether others may."""

    ascii: frozenset[int]
    others: bool

    def __or__(self, other: _Characters) -> _Characters:
        return _Characters(self.ascii | other.ascii, self.others or other.others)

    def meets(self, other: _Characters) -> bool:
        """Tells whether a character may be one of both."""
        return bool(self.ascii & other.ascii) or (self.others and other.others)


_NONE = _Characters(frozenset(), others=False)
_ANY = _Characters(_ASCII, others=True)


class PatternParts:
    """What the parts of a pattern can match.

    Args:
        parsed: How the module re reads the pattern.
    """

    def __init__(self, parsed: Any) -> None:
        self._flags = parsed.state.flags
        self._items = list(parsed)

    def repeats_nothing(self) -> bool:
        """Tells whether a part is repeated without a limit that may be empty."""
        pending = [(item, 0) for item in self._items]
        while pending:
            (code, value), depth = pending.pop()
            endless = code in _REPEATS and value[1] == codes.MAXREPEAT
            if endless and self._edge(list(value[2]), last=False)[1]:
                return True
            inside = _parts(code, value) if depth < _DEEPEST else []
            pending += [(item, depth + 1) for part in inside for item in part]
        return False

    def reason(self) -> str:
        """Why a part never matches; empty when each may, or all is meant to match nothing."""
        if len(self._items) <= _MEANT:
            single = len(self._items) == 1 and self._items[0][0] in (codes.BRANCH, codes.SUBPATTERN)
            if not single:
                return ""
        return next(self._reasons(self._items, behind=False, depth=0), "")

    def _reasons(self, items: Sequence[Any], *, behind: bool, depth: int) -> Iterator[str]:
        """Why parts of a sequence never match.

        Args:
            items: The sequence.
            behind: Whether something always stands before it.
            depth: How many groups are around it.
        """
        if depth > _DEEPEST:
            return
        always = behind
        for index, (code, value) in enumerate(items):
            if code in _SINGLE:
                always = True
                continue
            before, after = (
                items[max(index - _FARTHEST - 1, 0) : index],
                items[index + 1 : index + 2 + _FARTHEST],
            )
            if code is codes.AT:
                yield from self._at(value, before, after, always=always)
            elif code in (codes.ASSERT, codes.ASSERT_NOT):
                yield from self._looked(code, value, before, after)
            elif code is codes.POSSESSIVE_REPEAT and after and self._takes_all(value, after):
                yield NOTHING_LEFT
            for part in _parts(code, value):
                yield from self._reasons(part, behind=always, depth=depth + 1)
            always = always or not self._edge([(code, value)], last=False)[1]

    def _at(self, place: Any, before: Sequence[Any], after: Sequence[Any], *, always: bool) -> Iterator[str]:
        next_ones, may_end = self._edge(after, last=False)
        lines = bool(self._flags & re.MULTILINE)
        if place in (codes.AT_END, codes.AT_END_STRING) and not may_end:
            if place is codes.AT_END_STRING or not next_ones.meets(
                _Characters(frozenset([10]), others=False)
            ):
                yield AFTER_END
        elif place is codes.AT_BEGINNING_STRING or (place is codes.AT_BEGINNING and not lines):
            if always:
                yield BEFORE_START
        elif place in (codes.AT_BOUNDARY, codes.AT_NON_BOUNDARY) and not may_end:
            last_ones, may_begin = self._edge(before, last=True)
            sides = {_is_word(last_ones), _is_word(next_ones)}
            wanted = {True, False} if place is codes.AT_NON_BOUNDARY else None
            if not may_begin and None not in sides and (sides == wanted if wanted else len(sides) == 1):
                yield NO_BOUNDARY

    def _looked(self, code: Any, value: Any, before: Sequence[Any], after: Sequence[Any]) -> Iterator[str]:
        """A look ahead, or back, that contradicts what stands there."""
        direction, body = value
        backwards = direction < 0
        there, may_be_nothing = self._edge(before if backwards else after, last=backwards)
        asked, asks_nothing = self._edge(list(body), last=backwards)
        if may_be_nothing or asks_nothing:
            return
        if code is codes.ASSERT:
            if not there.meets(asked):
                yield CONTRADICTION
        elif len(body) == 1 and body[0][0] in _SINGLE and not there.others and there.ascii <= asked.ascii:
            yield CONTRADICTION

    def _takes_all(self, value: Any, after: Sequence[Any]) -> bool:
        """Tells whether a possessive repetition of one character takes whatever could follow it."""
        _, largest, body = value
        if largest != codes.MAXREPEAT or len(body) != 1 or body[0][0] not in _SINGLE:
            return False
        if after[0] == body[0]:
            return True
        taken = self._characters(*body[0])
        there, may_be_nothing = self._edge(after, last=False)
        return not may_be_nothing and not there.others and there.ascii <= taken.ascii

    def _edge(self, items: Sequence[Any], *, last: bool, depth: int = 0) -> tuple[_Characters, bool]:
        """Which characters a sequence may begin with, or end, and whether it may be empty."""
        found = _NONE
        for seen, (code, value) in enumerate(reversed(items) if last else items):
            if seen == _FARTHEST:
                return _ANY, True  # whatever comes then
            if code in (codes.AT, codes.ASSERT, codes.ASSERT_NOT):
                continue
            if code in _SINGLE:
                return found | self._characters(code, value), False
            parts = _parts(code, value)
            if not parts or depth > _DEEPEST:
                return _ANY, True
            edges = [self._edge(part, last=last, depth=depth + 1) for part in parts]
            for characters, _ in edges:
                found |= characters
            skipped = code in _REPEATS and value[0] == 0
            if not skipped and not any(empty for _, empty in edges):
                return found, False
        return found, True

    def _characters(self, code: Any, value: Any) -> _Characters:
        """The characters that an expression of one character matches, and perhaps more."""
        if code is codes.ANY:
            return _ANY if self._flags & re.DOTALL else _Characters(_ASCII - {10}, others=True)
        if code is codes.LITERAL:
            return self._of([value])
        if code is codes.NOT_LITERAL:
            return _Characters(_ASCII - self._of([value]).ascii, others=True)
        found = _NONE
        for kind, entry in value:
            if kind is codes.LITERAL:
                found |= self._of([entry])
            elif kind is codes.RANGE:
                found |= self._of(range(min(entry[0], _LARGEST), min(entry[1], _LARGEST) + 1))
            elif kind is codes.CATEGORY:
                found |= _Characters(CLASSES.get(entry, _ASCII), others=True)
        negated = value[0][0] is codes.NEGATE
        return _Characters(_ASCII - found.ascii, others=True) if negated else found

    def _of(self, numbers: Sequence[int]) -> _Characters:
        found = {number for number in numbers if number in _ASCII}
        others = any(number not in _ASCII for number in numbers)
        if self._flags & re.IGNORECASE:
            letters = {number for number in found if chr(number).isalpha()}
            found |= {ord(chr(number).swapcase()) for number in letters}
            others = others or bool(letters)
        return _Characters(frozenset(found), others)


def _parts(code: Any, value: Any) -> list[list[Any]]:
    """The sequences in a part; none for what is not known."""
    if code in _REPEATS:
        return [list(value[2])]
    if code is codes.SUBPATTERN:
        return [] if value[1] or value[2] else [list(value[-1])]
    if code is codes.ATOMIC_GROUP:
        return [list(value)]
    if code is codes.BRANCH:
        return [list(option) for option in value[1]]
    return []


def _is_word(characters: _Characters) -> bool | None:
    """Tells whether all characters are those of words, or none; None when some are, or that is not known."""
    if characters.others or not characters.ascii:
        return None
    if characters.ascii <= _WORD:
        return True
    return None if characters.ascii & _WORD else False
