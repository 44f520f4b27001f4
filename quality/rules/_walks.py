"""One walk per tree for all rules, without recursion; a rule that raises is taken out and named."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import ast
    from collections.abc import Collection, Iterator

    import libcst

    from quality.rules._base import BaseRule
    from quality.rules._facts import Facts

#: A rule's method, called with the rule's object of a source and a node.
Handler = Callable[[Any, Any], None]
#: Wraps a handler of a rule, for example with a clock.
Wrap = Callable[[Handler], Handler]
#: (Index of the rule, handler, the rule's object of a source).
_Bound = tuple[int, Handler, "BaseRule"]
#: Node type → what is called for it in a source, in the order of the rules.
_Table = dict[type, list[_Bound]]


@dataclass(frozen=True, slots=True)
class Handlers:
    """Which methods of a rule are called for which nodes, before the nodes below and behind them."""

    visit: tuple[tuple[type, Handler], ...]
    leave: tuple[tuple[type, Handler], ...]

    @property
    def kinds(self) -> Iterator[type]:
        """The types of these nodes."""
        return (kind for kind, _ in (*self.visit, *self.leave))


def handlers_of(rule: type[BaseRule], nodes: object, wrap: Wrap | None) -> Handlers:
    """Prepares the dispatch of a rule.

    Args:
        rule: Its class.
        nodes: The module that the node types come from.
        wrap: Put around each method, or None.
    """
    found: dict[str, list[tuple[type, Handler]]] = {"visit": [], "leave": []}
    for method, event, node in rule.handlers:
        kind = getattr(nodes, node, None)
        if kind is not None:
            handler: Handler = getattr(rule, method)
            found[event].append((kind, wrap(handler) if wrap else handler))
    return Handlers(tuple(found["visit"]), tuple(found["leave"]))


class Walk:
    """Calls the handlers for nodes and remembers which rule failed.

    Args:
        handlers: Those of all rules.
        rules: Index → the rule's object for this source; a rule that is not in it is not called.
    """

    def __init__(self, handlers: Sequence[Handlers], rules: Mapping[int, BaseRule]) -> None:
        self.failed: dict[int, Exception] = {}
        self._handlers = handlers
        self._rules = rules

    def over_syntax(self, facts: Facts) -> None:
        """Visits the nodes of a syntax tree, each rule in the order of the text."""
        kinds = facts.source.nodes.kinds
        several: dict[int, BaseRule] = {}
        for index, rule in self._rules.items():
            own = self._handlers[index]
            visited = own.visit if len(own.visit) == 1 else [pair for pair in own.visit if pair[0] in kinds]
            if own.leave or len(visited) > 1:
                several[index] = rule
            elif visited:  # as mostly: nodes of one type are in order already
                ((kind, handler),) = visited
                self._visit(index, rule, handler, kinds[kind])
        if several:
            self._over_all(facts, *self._tables(several, kinds))

    def over_concrete(self, module: libcst.Module) -> None:
        """Visits the nodes of a concrete tree."""
        pending: list[tuple[libcst.CSTNode, bool]] = [(module, False)]
        visit, leave = self._tables(self._rules)
        while pending:
            node, left = pending.pop()
            if left:
                self._call(leave, node)
                continue
            self._call(visit, node)
            if type(node) in leave:
                pending.append((node, True))
            children = list(_concrete_children(node))
            pending.extend((child, False) for child in reversed(children))

    def _visit(self, index: int, rule: BaseRule, handler: Handler, nodes: Sequence[ast.AST]) -> None:
        try:
            for node in nodes:
                handler(rule, node)
        except Exception as error:  # noqa: BLE001 - the guard around each rule
            self.failed[index] = error

    def _over_all(self, facts: Facts, visit: _Table, leave: _Table) -> None:
        opened: list[tuple[int, ast.AST]] = []
        for node, depth in zip(facts.nodes, facts.depths, strict=True):
            while opened and opened[-1][0] >= depth:
                self._call(leave, opened.pop()[1])
            kind = type(node)
            if kind in visit:
                self._call(visit, node)
            if kind in leave:
                opened.append((depth, node))
        for _, node in reversed(opened):
            self._call(leave, node)

    def _tables(
        self, rules: Mapping[int, BaseRule], kinds: Collection[type] | None = None
    ) -> tuple[_Table, _Table]:
        """What is called for which nodes, of those that a source has; None for any."""
        tables: tuple[_Table, _Table] = ({}, {})
        for index, rule in rules.items():
            own = self._handlers[index]
            for table, entries in zip(tables, (own.visit, own.leave), strict=True):
                for kind, handler in entries:
                    if kinds is None or kind in kinds:
                        table.setdefault(kind, []).append((index, handler, rule))
        return tables

    def _call(self, table: _Table, node: object) -> None:
        for index, handler, rule in table.get(type(node), ()):
            if index in self.failed:
                continue
            try:
                handler(rule, node)
            except Exception as error:  # noqa: BLE001 - the guard around each rule
                self.failed[index] = error


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
