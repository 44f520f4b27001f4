"""One walk per tree for all rules, without recursion; a rule that raises is taken out and named."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import ast
    from collections.abc import Iterable, Iterator

    import libcst

    from quality.rules._base import BaseRule
    from quality.rules._facts import Facts

#: A rule's method, called with the rule's object of a source and a node.
Handler = Callable[[Any, Any], None]
#: Wraps a handler of the rule with this index, for example with a clock.
Wrap = Callable[[int, Handler], Handler]
#: (Index of the rule, handler), in the order of the rules.
_Entries = tuple[tuple[int, Handler], ...]
#: Node type → what is called for it.
_Table = dict[type, _Entries]
#: (Index of the rule, handler, the rule's object of a source).
_Bound = tuple[int, Handler, "BaseRule"]


@dataclass(frozen=True, slots=True)
class Table:
    """Which methods of which rules are called for which nodes."""

    visit: _Table
    leave: _Table

    def called(self) -> dict[type, frozenset[int]]:
        """Node type → the rules that are called for it."""
        return {
            kind: frozenset(index for table in (self.visit, self.leave) for index, _ in table.get(kind, ()))
            for kind in {*self.visit, *self.leave}
        }


def make_table(classes: Sequence[tuple[int, type[BaseRule]]], nodes: object, wrap: Wrap | None) -> Table:
    """Prepares the dispatch.

    Args:
        classes: Index and class of each rule.
        nodes: The module that the node types come from.
        wrap: Put around each method, or None.

    Raises:
        AttributeError: When a method names no node of that module.
    """
    tables: dict[str, dict[type, list[tuple[int, Handler]]]] = {"visit": {}, "leave": {}}
    for index, rule in classes:
        for method, event, node in rule.handlers:
            kind = getattr(nodes, node, None)
            if kind is not None:
                handler: Handler = getattr(rule, method)
                entry = (index, wrap(index, handler) if wrap else handler)
                tables[event].setdefault(kind, []).append(entry)
    frozen = {event: {kind: tuple(entries) for kind, entries in t.items()} for event, t in tables.items()}
    return Table(frozen["visit"], frozen["leave"])


class Walk:
    """Calls the handlers for nodes and remembers which rule failed.

    Args:
        table: The dispatch.
        rules: Index → the rule's object for this source; a rule that is not in it is not called.
    """

    def __init__(self, table: Table, rules: Mapping[int, BaseRule]) -> None:
        self.failed: dict[int, Exception] = {}
        self._table = table
        self._rules = rules
        self._bound: list[dict[type, list[_Bound]]] = [{}, {}]

    def over_syntax(self, facts: Facts) -> None:
        """Visits the nodes of a syntax tree."""
        opened: list[tuple[int, ast.AST]] = []
        kinds = facts.source.nodes.kinds
        visit, leave = self._tables(kinds)
        for node, depth in zip(facts.nodes, facts.depths, strict=True):
            while opened and opened[-1][0] >= depth:
                left = opened.pop()[1]
                self._call(leave[type(left)], left)
            kind = type(node)
            if kind in visit:
                self._call(visit[kind], node)
            if kind in leave:
                opened.append((depth, node))
        for _, node in reversed(opened):
            self._call(leave[type(node)], node)

    def over_concrete(self, module: libcst.Module) -> None:
        """Visits the nodes of a concrete tree."""
        pending: list[tuple[libcst.CSTNode, bool]] = [(module, False)]
        visit, leave = self._tables({*self._table.visit, *self._table.leave})
        while pending:
            node, left = pending.pop()
            if left:
                self._call(leave[type(node)], node)
                continue
            self._call(visit.get(type(node), ()), node)
            if type(node) in leave:
                pending.append((node, True))
            children = list(_concrete_children(node))
            pending.extend((child, False) for child in reversed(children))

    def _tables(self, kinds: Iterable[type]) -> list[dict[type, list[_Bound]]]:
        """Node type → what is called for it in this source; a look at all rules for each node would be dear."""
        rules = self._rules
        for table, bound in zip((self._table.visit, self._table.leave), self._bound, strict=True):
            for kind in kinds:
                if kind in table:
                    called = [
                        (index, handler, rules[index]) for index, handler in table[kind] if index in rules
                    ]
                    if called:
                        bound[kind] = called
        return self._bound

    def _call(self, entries: Sequence[_Bound], node: object) -> None:
        for index, handler, rule in entries:
            try:
                handler(rule, node)
            except Exception as error:  # noqa: BLE001 - the guard around each rule
                self._give_up(index, error)

    def _give_up(self, failing: int, error: Exception) -> None:
        """Calls a rule no more: it is in no list but once, so that the one at hand may be gone through to its end."""
        self.failed[failing] = error
        for bound in self._bound:
            for kind, entries in bound.items():
                bound[kind] = [entry for entry in entries if entry[0] != failing]


def _concrete_children(node: libcst.CSTNode) -> Iterator[libcst.CSTNode]:
    for name in _concrete_fields(type(node)):
        value = getattr(node, name)
        if isinstance(value, _concrete_type()):
            yield value
        elif isinstance(value, list | tuple):
            yield from (child for child in value if isinstance(child, _concrete_type()))


@functools.cache
def _concrete_type() -> type[libcst.CSTNode]:
    import libcst  # heavy, and only met with a concrete tree

    return libcst.CSTNode


@functools.cache
def _concrete_fields(kind: type[libcst.CSTNode]) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(kind))
