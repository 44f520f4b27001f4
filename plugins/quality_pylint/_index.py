"""The nodes of the module under analysis in the order of the text: walks of it become slices of lists.

pylint walks each function some thirty times, every time for nodes of a few classes. The index stands while checkers run
and never while the tree is built, which changes it.
"""

from __future__ import annotations

import functools
from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from astroid.nodes.node_ng import NodeNG

if TYPE_CHECKING:
    from collections.abc import Callable, Collection


class Index:
    """A module's nodes.

    Args:
        module: Its tree, which must not change afterwards.

    Attributes:
        order: The nodes, parents before children.
        ends: Where each node's subtree ends in ``order``.
        place_of: Node → its place in ``order``.
    """

    def __init__(self, module: Any) -> None:
        self.order: list[Any] = []
        self.ends: list[int] = []
        self.place_of: dict[Any, int] = {}
        self._kinds: dict[type, list[int]] = defaultdict(list)
        self._of: dict[Any, list[int]] = {}
        opened: list[tuple[int, Any]] = []
        children = iter([module])
        while True:
            node = next(children, None)
            if node is not None:
                place = len(self.order)
                self.order.append(node)
                self.ends.append(place + 1)
                self.place_of[node] = place
                self._kinds[type(node)].append(place)
                if node._astroid_fields:  # noqa: SLF001 - others have no children
                    opened.append((place, children))
                    children = node.get_children()
            elif opened:
                place, children = opened.pop()
                self.ends[place] = len(self.order)
            else:
                break

    def below(self, node: Any, klass: Any, skipped: Any) -> list[Any] | None:
        """A node and those below it that are of a class, without what is below a skipped one; None for a stranger."""
        start = self.place_of.get(node)
        if start is None:
            return None
        places = self._within(klass, start, self.ends[start])
        if places and skipped is not None:
            places = self._outside(places, self._within(skipped, start + 1, self.ends[start]))
        return [self.order[place] for place in places]

    def places(self, klass: Any) -> list[int]:
        """Where nodes of a class are in ``order``."""
        places = self._of.get(klass)
        if places is None:
            kinds = self._kinds.keys() & _kinds_of(klass)
            places = self._of[klass] = sorted(place for kind in kinds for place in self._kinds[kind])
        return places

    def _within(self, klass: Any, start: int, end: int) -> list[int]:
        places = self.places(klass)
        first = bisect_left(places, start)
        return places[first : bisect_left(places, end, first)]

    def _outside(self, places: list[int], skipped: list[int]) -> list[int]:
        """The places that are in no skipped subtree; both come in order."""
        left: list[int] = []
        roots = iter(skipped)
        root, end = next(roots, None), -1
        for place in places:
            while root is not None and root <= place:
                end = max(end, self.ends[root])
                root = next(roots, None)
            if place >= end:
                left.append(place)
        return left


@functools.cache
def _kinds_of(klass: Any) -> frozenset[type]:
    """The kinds of nodes that are of a class, or of one of several."""
    found: set[type] = set()
    pending: list[type] = [NodeNG]
    while pending:
        kind = pending.pop()
        pending += kind.__subclasses__()
        if issubclass(kind, klass):
            found.add(kind)
    return frozenset(found)


#: The index of the module that checkers look at, and what was asked of it, its classes and its nodes.
_index: Index | None = None
_at_hand: Collection[Any] = ()
_known: dict[tuple[str, Any, Any], Any] = {}
_known_of_nodes: list[dict[Any, Any]] = []


def look_at(index: Index | None) -> None:
    """Makes an index the one that answers, or none."""
    global _index, _at_hand  # noqa: PLW0603 - astroid is one for the process
    _index = index
    _at_hand = () if index is None else index.place_of
    _known.clear()
    for answers in _known_of_nodes:
        answers.clear()


def below(node: Any, klass: Any, skipped: Any) -> list[Any] | None:
    """As ``Index.below``; None also where nothing is indexed."""
    return None if _index is None else _index.below(node, klass, skipped)


def is_missing(klass: Any) -> bool:
    """Tells whether the module at hand has no node of a class; False where nothing is indexed."""
    return _index is not None and not _index.places(klass)


def is_at_hand(node: Any) -> bool:
    """Tells whether a node is one of the module at hand."""
    return node in _at_hand


def once_a_node(theirs: Any) -> Callable[[Any], Any]:
    """Makes a question about a node's place one that is asked once of each node of the module at hand."""
    answers = _Answers(theirs)
    _known_of_nodes.append(answers)
    return lambda self: answers[self]


class _Answers(dict[Any, Any]):
    """Node → what a question about its place comes to."""

    def __init__(self, ask: Callable[[Any], Any]) -> None:
        super().__init__()
        self._ask = ask

    def __missing__(self, node: Any) -> Any:
        answer = self._ask(node)
        if node in _at_hand:
            self[node] = answer
        return answer


def once_a_text(name: str, theirs: Any, described: Any, option: Any = None) -> Any:
    """What a question about a class, or about the module, comes to; while checkers run it is asked once."""
    if _index is None:
        return theirs()
    key = (name, described, option)
    if key not in _known:
        answer = theirs()
        _known[key] = answer
        return answer
    return _known[key]
