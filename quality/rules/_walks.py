"""One walk per tree for all rules, without recursion; a rule that raises is taken out and named."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import ast
    from collections.abc import Iterator

    import libcst

    from quality.rules._base import BaseRule
    from quality.rules._facts import Facts

#: A rule's method, called with the rule's object of a source and a node.
Handler = Callable[[Any, Any], None]
#: Wraps a handler of the rule with this index, for example with a clock.
Wrap = Callable[[int, Handler], Handler]
#: Node type → (index of the rule, handler), in the order of the rules.
_Table = dict[type, tuple[tuple[int, Handler], ...]]


@dataclass(frozen=True, slots=True)
class Table:
    """Which methods of which rules are called for which nodes."""

    visit: _Table
    leave: _Table


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
        self.table = table
        self.failed: dict[int, Exception] = {}
        self._rules = dict(rules)

    def over_syntax(self, facts: Facts) -> None:
        """Visits the nodes of a syntax tree."""
        opened: list[tuple[int, ast.AST]] = []
        leaves = bool(self.table.leave)
        for node, depth in zip(facts.nodes, facts.depths, strict=True):
            while opened and opened[-1][0] >= depth:
                self._call(self.table.leave, opened.pop()[1])
            if type(node) in self.table.visit:
                self._call(self.table.visit, node)
            if leaves and type(node) in self.table.leave:
                opened.append((depth, node))
        while opened:
            self._call(self.table.leave, opened.pop()[1])

    def over_concrete(self, module: libcst.Module) -> None:
        """Visits the nodes of a concrete tree."""
        pending: list[tuple[libcst.CSTNode, bool]] = [(module, False)]
        while pending:
            node, left = pending.pop()
            if left:
                self._call(self.table.leave, node)
                continue
            self._call(self.table.visit, node)
            if type(node) in self.table.leave:
                pending.append((node, True))
            children = list(_concrete_children(node))
            pending.extend((child, False) for child in reversed(children))

    def _call(self, table: _Table, node: object) -> None:
        for index, handler in table.get(type(node), ()):
            rule = self._rules.get(index)
            if rule is None:
                continue
            try:
                handler(rule, node)
            except Exception as error:  # noqa: BLE001 - the guard around each rule
                self.failed[index] = error
                del self._rules[index]


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
