"""Which patterns take time that doubles with every character: what they repeat matches one text in several ways.

A repeated part becomes an automaton whose states are its characters (Glushkov, "The abstract theory of automata", 1961).
It is ambiguous when two ways through it read the same text and meet again: then each further turn doubles the ways, and
a search that fails behind it tries all of them (Weideman et al., "Analyzing matching time behavior of backtracking
regular expression matchers by using ambiguity of NFA", 2016).
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from quality_rules._patterns import CHARACTERS, REPEATS, codes, members

#: Deeper groups and larger automata are not looked at, nor more steps of two ways made.
_DEEPEST = 12
_MOST_STATES = 120
_MOST_STEPS = 4_000
#: Items that are repeated so often or more often are written out so often.
_MOST_COPIES = 4


class _Unknown(Exception):  # noqa: N818 - nobody outside meets it
    """The pattern has a part that the automaton cannot tell, or is too large."""


class _Part(NamedTuple):
    """The automaton of a part of a pattern.

    Attributes:
        first: The states that it may begin with.
        last: Those that it may end with.
        may_be_empty: Whether it matches the empty text.
    """

    first: frozenset[int]
    last: frozenset[int]
    may_be_empty: bool


_EMPTY = _Part(frozenset(), frozenset(), may_be_empty=True)


def is_exponential(parsed: Any, *, whole: bool) -> bool:
    """Tells whether a part that can match in several ways is repeated, with something behind it that may not match.

    Args:
        parsed: A pattern as the module ``re`` reads it.
        whole: Whether all of the text has to match.
    """
    pending: list[tuple[list[Any], bool, int]] = [(list(parsed), whole, 0)]
    dots = CHARACTERS if parsed.state.flags & re.DOTALL else CHARACTERS - {ord("\n")}
    while pending:
        items, followed, depth = pending.pop()
        for item in reversed(items):
            code, value = item
            endless = code in REPEATS and value[1] == codes.MAXREPEAT
            if endless and followed and _is_ambiguous(value[2], dots):
                return True
            if depth < _DEEPEST and not (endless and followed):
                pending += [(list(part), followed, depth + 1) for part in _inside(code, value)]
            followed = followed or not _may_be_empty(item, depth)
    return False


def _inside(code: Any, value: Any) -> list[Any]:
    """The parts of a pattern that an item of it holds."""
    if code in REPEATS:
        return [value[2]]
    if code is codes.SUBPATTERN:
        return [value[-1]]
    return list(value[1]) if code is codes.BRANCH else []


def _may_be_empty(item: Any, depth: int) -> bool:
    """Tells whether an item matches the empty text wherever it is."""
    code, value = item
    if code in REPEATS and value[0] == 0:
        return True
    if depth == _DEEPEST:
        return False
    parts = _inside(code, value)
    return any(all(_may_be_empty(each, depth + 1) for each in part) for part in parts)


def _is_ambiguous(body: Any, dots: frozenset[int]) -> bool:
    """Tells whether what is repeated without end can be read in several ways."""
    automaton = _Automaton(dots)
    try:
        turn = automaton.sequence(body, 0)
        automaton.join(turn.last, turn.first)
        return automaton.has_two_ways()
    except _Unknown:
        return False


class _Automaton:
    """States that each stand for one character of a pattern, and which of them may follow which.

    Args:
        dots: The characters that ``.`` matches.
    """

    def __init__(self, dots: frozenset[int]) -> None:
        self._dots = dots
        self._members: list[frozenset[int]] = []
        self._following: list[set[int]] = []
        self._joined_twice = False

    def sequence(self, items: Any, depth: int) -> _Part:
        """Adds items that follow each other."""
        whole = _EMPTY
        for item in items:
            whole = self._then(whole, self._item(item, depth))
        return whole

    def join(self, before: frozenset[int], behind: frozenset[int]) -> None:
        """Lets states follow others. Where they do already, there are two ways."""
        for state in before:
            following = self._following[state]
            self._joined_twice = self._joined_twice or not following.isdisjoint(behind)
            following |= behind

    def has_two_ways(self) -> bool:
        """Tells whether two ways from one state to one state read the same text, where all states are in one loop.

        Raises:
            _Unknown: There are too many.
        """
        if self._joined_twice:
            return True
        pending = [(state, state) for state in range(len(self._members))]
        known = set(pending)
        steps = 0
        while pending:
            one, other = pending.pop()
            for first in self._following[one]:
                for second in self._following[other]:
                    steps += 1
                    if steps > _MOST_STEPS:
                        raise _Unknown
                    pair = (min(first, second), max(first, second))
                    if self._members[first].isdisjoint(self._members[second]):
                        continue
                    if first == second and one != other:
                        return True
                    if pair not in known:
                        known.add(pair)
                        pending.append(pair)
        return False

    def _then(self, part: _Part, behind: _Part) -> _Part:
        self.join(part.last, behind.first)
        return _Part(
            part.first | behind.first if part.may_be_empty else part.first,
            part.last | behind.last if behind.may_be_empty else behind.last,
            part.may_be_empty and behind.may_be_empty,
        )

    def _item(self, item: Any, depth: int) -> _Part:
        code, value = item
        if depth > _DEEPEST:
            raise _Unknown
        if code in REPEATS:
            return self._repeated(*value, depth=depth + 1)
        if code is codes.SUBPATTERN:
            return self.sequence(value[-1], depth + 1)
        if code is codes.BRANCH:
            options = [self.sequence(option, depth + 1) for option in value[1]]
            return _Part(
                frozenset().union(*(option.first for option in options)),
                frozenset().union(*(option.last for option in options)),
                any(option.may_be_empty for option in options),
            )
        characters = self._dots if code is codes.ANY else members([item])
        if (
            not characters or len(self._members) == _MOST_STATES
        ):  # what looks around, too: it may tell ways apart
            raise _Unknown
        self._members.append(characters)
        self._following.append(set())
        state = frozenset([len(self._members) - 1])
        return _Part(state, state, may_be_empty=False)

    def _repeated(self, least: int, most: Any, body: Any, *, depth: int) -> _Part:
        """Writes a repetition out: ``a{2,}`` as ``aa*``, ``a{1,3}`` as ``a(a(a)?)?``."""
        endless = most == codes.MAXREPEAT
        whole = _EMPTY
        for _ in range(min(least, _MOST_COPIES) - endless):
            whole = self._then(whole, self.sequence(body, depth))
        if endless:
            turn = self.sequence(body, depth)
            self.join(turn.last, turn.first)
            return self._then(whole, turn if least else turn._replace(may_be_empty=True))
        rest = _EMPTY
        for _ in range(min(most - least, _MOST_COPIES)):
            rest = self._then(self.sequence(body, depth), rest)._replace(may_be_empty=True)
        return self._then(whole, rest)
