"""Reads of local names that come to nothing."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import cached_property
from quality.rules import is_placeholder
from quality_rules._words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality.model import FunctionNode
    from quality.rules import Facts

#: Builtins that do nothing but answer: to go through an iterator would do something.
_ANSWERING = words(
    "abs bool callable chr float hash hex id int isinstance issubclass len locals ord repr round str type"
)
#: What may do something when it is evaluated, besides calls.
_ACTING = (ast.Await, ast.Yield, ast.YieldFrom, ast.Attribute, ast.Subscript)


class Reads:
    """Tells which local names of a function are read for something.

    A read comes to nothing where it only gives a value to a name that is not read itself, where nothing is done with the
    value, or where the name is only deleted.

    Args:
        facts: The source's facts.
        function: An outermost function.
    """

    def __init__(self, facts: Facts, function: FunctionNode) -> None:
        self._facts = facts
        self._function = function
        self._names = facts.names(function)
        self._idle: dict[ast.AST, bool] = {}
        self._has_classes = bool(facts.of(ast.ClassDef))

    def is_read(self, name: str) -> bool:
        """Tells whether anything comes of a name."""
        return name in self._read

    @cached_property
    def _read(self) -> set[str]:
        """The names of which something comes: at once, or by way of names that get their values."""
        found = set(self._names.shared)
        givers: dict[str, list[str]] = {}
        for name, taking in self._given():
            if taking is None:
                found.add(name)
            for other in taking or ():
                givers.setdefault(other, []).append(name)
        pending = [*found]
        while pending:
            fresh = [giver for giver in givers.get(pending.pop(), ()) if giver not in found]
            found.update(fresh)
            pending += fresh
        return found

    def _given(self) -> Iterator[tuple[str, list[str] | None]]:
        """Yields each local name with the names that a read gives its value to, or None for any other read."""
        pending = [*self._names.stores]
        seen = set(pending)
        while pending:
            name = pending.pop()
            for use in self._names.loads.get(name, ()):
                taking = self._taken_by(use)
                yield name, taking
                if taking is None:
                    break
                pending += [other for other in taking if other not in seen]
                seen.update(taking)

    def _taken_by(self, use: ast.Name) -> list[str] | None:
        """The names that are all that a read gives its value to; None where something else comes of it."""
        if isinstance(use.ctx, ast.Del):
            return []
        inner = self._facts.function(use)
        if inner is not self._function and inner is not None:
            asked = inner.name in self._names.loads or bool(inner.decorator_list)
            return None if asked or self._facts.class_of(inner) is not None else []
        statement = self._facts.statement(use)
        if self._has_classes and self._facts.class_of(statement) is not None:
            return None
        if isinstance(statement, (ast.Assign, ast.AugAssign, ast.AnnAssign)):
            return self._targets(statement)
        if isinstance(statement, ast.If):
            return [] if _does_nothing(statement) and self._is_idle(statement.test) else None
        return [] if isinstance(statement, ast.Expr) and self._is_idle(statement.value) else None

    def _targets(self, statement: ast.Assign | ast.AugAssign | ast.AnnAssign) -> list[str] | None:
        """The names that an assignment binds and does nothing else; None where it does something, or changes a parameter."""
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        names = [target.id for target in targets if isinstance(target, ast.Name)]
        if len(names) < len(targets) or statement.value is None or not self._is_idle(statement.value):
            return None
        return None if any(name in self._names.parameters for name in names) else names

    def _is_idle(self, value: ast.expr) -> bool:
        if value not in self._idle:
            self._idle[value] = is_idle(self._facts, value)
        return self._idle[value]


def is_idle(facts: Facts, value: ast.AST) -> bool:
    """Tells whether evaluating an expression does nothing but give its value."""
    return not any(
        isinstance(part, _ACTING)
        or (isinstance(part, ast.Call) and not facts.is_builtin(part.func, *_ANSWERING))
        for part in facts.within(value)
    )


def _does_nothing(node: ast.If) -> bool:
    return not node.orelse and all(map(is_placeholder, node.body))
