"""Reads of local names that come to nothing."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quality.model import FunctionNode
    from quality.rules import Facts

#: Builtins that do nothing but answer: to go through an iterator would do something.
_ANSWERING = (
    *(
        "abs",
        "bool",
        "callable",
        "chr",
        "float",
        "hash",
        "hex",
        "id",
        "int",
        "isinstance",
        "issubclass",
        "len",
        "locals",
    ),
    *("ord", "repr", "round", "str", "type"),
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
        self._known: dict[str, bool] = {}

    def is_read(self, name: str) -> bool:
        """Tells whether anything comes of a name."""
        if name not in self._known:
            self._known[name] = False  # what only leads back to itself comes to nothing
            self._known[name] = name in self._names.shared or any(
                self._counts(use) for use in self._names.loads.get(name, ())
            )
        return self._known[name]

    def _counts(self, use: ast.Name) -> bool:
        if isinstance(use.ctx, ast.Del):
            return False
        inner = self._facts.function(use)
        if inner is not self._function and inner is not None:
            return inner.name in self._names.loads or bool(inner.decorator_list) or self._is_method(inner)
        statement = self._facts.statement(use)
        if self._facts.class_of(statement) is not None:
            return True
        if isinstance(statement, ast.Assign | ast.AugAssign | ast.AnnAssign):
            return self._is_handed_on(statement)
        if isinstance(statement, ast.If):
            return not _does_nothing(statement) or not self.is_idle(statement.test)
        return not (isinstance(statement, ast.Expr) and self.is_idle(statement.value))

    def _is_method(self, inner: FunctionNode) -> bool:
        return self._facts.class_of(inner) is not None

    def _is_handed_on(self, statement: ast.Assign | ast.AugAssign | ast.AnnAssign) -> bool:
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        names = [target.id for target in targets if isinstance(target, ast.Name)]
        if len(names) < len(targets) or statement.value is None or not self.is_idle(statement.value):
            return True
        return any(name in self._names.parameters or self.is_read(name) for name in names)

    def is_idle(self, value: ast.AST) -> bool:
        """Tells whether evaluating an expression does nothing but give its value."""
        return is_idle(self._facts, value)


def is_idle(facts: Facts, value: ast.AST) -> bool:
    """Tells whether evaluating an expression does nothing but give its value."""
    return not any(
        isinstance(part, _ACTING)
        or (isinstance(part, ast.Call) and not facts.is_builtin(part.func, *_ANSWERING))
        for part in facts.within(value)
    )


def _does_nothing(node: ast.If) -> bool:
    return not node.orelse and all(
        isinstance(statement, ast.Pass)
        or (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant))
        for statement in node.body
    )
