"""One walk per tree for all rules, without recursion; a rule that raises is taken out and named."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import ast
    from collections.abc import Iterator

    import libcst

    from quality.rules._base import BaseRule

#: A rule's method, called with the rule's object of a source and a node.
Handler = Callable[[Any, Any], None]
#: Wraps a handler of a rule, for example with a clock.
Wrap = Callable[[Handler], Handler]
#: (Index of the rule, handler, the rule's object of a source).
_Bound = tuple[int, Handler, "BaseRule"]
#: Node type → what is called for it in a source, in the order of the rules.
_Table = dict[type, list[_Bound]]


_PLACE = itemgetter(0)


@dataclass(frozen=True, slots=True)
class Handlers:
    """Which methods of a rule are called for which nodes, before the nodes below and behind them."""

    visit: Mapping[type, Handler]
    leave: Mapping[type, Handler]
    #: The types of these nodes.
    kinds: frozenset[type]


def handlers_of(rule: type[BaseRule], nodes: object, wrap: Wrap | None) -> Handlers:
    """Prepares the dispatch of a rule.

    Args:
        rule: Its class.
        nodes: The module that the node types come from.
        wrap: Put around each method, or None.
    """
    found: dict[str, dict[type, Handler]] = {"visit": {}, "leave": {}}
    for method, event, node in rule.handlers:
        kind = getattr(nodes, node, None)
        if kind is not None:
            handler: Handler = getattr(rule, method)
            found[event][kind] = wrap(handler) if wrap else handler
    visit, leave = found["visit"], found["leave"]
    return Handlers(visit, leave, frozenset({*visit, *leave}))


class ConcreteWalk:
    """Calls the handlers of several rules for the nodes of a concrete tree and remembers which rule failed.

    Args:
        handlers: Those of all rules.
        rules: Index → the rule's object for this source; a rule that is not in it is not called.
    """

    def __init__(self, handlers: Sequence[Handlers], rules: Mapping[int, BaseRule]) -> None:
        self.failed: dict[int, Exception] = {}
        self._handlers = handlers
        self._rules = rules

    def over(self, module: libcst.Module) -> None:
        """Visits the nodes of a concrete tree."""
        pending: list[tuple[libcst.CSTNode, bool]] = [(module, False)]
        visit, leave = self._tables()
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

    def _tables(self) -> tuple[_Table, _Table]:
        """What is called for which nodes."""
        tables: tuple[_Table, _Table] = ({}, {})
        for index, rule in self._rules.items():
            own = self._handlers[index]
            for table, entries in zip(tables, (own.visit, own.leave), strict=True):
                for kind, handler in entries.items():
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


def in_order(
    handlers: Handlers,
    kinds: Mapping[type[ast.AST], Sequence[ast.AST]],
    spans: Mapping[ast.AST, tuple[int, int]],
) -> list[tuple[tuple[int, ...], Handler, ast.AST]]:
    """The calls for nodes of several types in the order of a walk: what ends where another begins is left before, from inside."""
    calls: list[tuple[tuple[int, ...], Handler, ast.AST]] = [
        ((spans[node][0], 1), handler, node)
        for kind, handler in handlers.visit.items()
        if kind in kinds
        for node in kinds[kind]
    ]
    for kind, handler in handlers.leave.items():
        for node in kinds.get(kind, ()):
            start, end = spans[node]
            calls.append(((end, 0, -start), handler, node))
    return sorted(calls, key=_PLACE) if len(calls) > 1 else calls


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
