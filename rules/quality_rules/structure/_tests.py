"""Whose a function is, whether its body is empty, and whether a test finds out anything."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from quality.model import is_function
from quality.rules import body_of, decorators, dotted_name, is_placeholder
from quality_rules._substance import Nature, Text, is_unwritten

if TYPE_CHECKING:
    from quality.model import FunctionNode
    from quality.rules import Facts
    from quality_rules._substance import Callable

#: Functions that a test runner calls for what they find out, and bases of classes of such.
_TEST = re.compile(r"test(?:_|[A-Z])")
#: Calls that say what a test expects.
_EXPECTING = re.compile(r"assert|(?:raises|warns|fail|expect)(?:_|$)")
#: What a test may hold that no test can fail by.
_HARMLESS = (
    ast.Pass,
    ast.Expr,
    ast.Constant,
    ast.Return,
    ast.Name,
    ast.Tuple,
    ast.List,
    ast.Assign,
    ast.AnnAssign,
    ast.Call,
)

#: What a test comes to that asks for nothing.
_FRUITLESS = frozenset({Nature.NOTHING, Nature.FIXED, Nature.ECHO, Nature.LISTED})


class Tests:
    """Knows the tests among the functions of a source.

    Args:
        facts: The source's facts.
    """

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._text = facts.derived(Text)

    def owner(self, function: Callable) -> ast.ClassDef | None:
        """The class whose objects a function is a method of: a static one is a function in a class."""
        static = is_function(function) and "staticmethod" in decorators(function)
        return None if static else self._facts.class_of(function)

    def is_empty(self, function: Callable) -> bool:
        """Tells whether a test runner calls a function for what it finds out, and it cannot find out anything."""
        if isinstance(function, ast.Lambda) or not self.is_test(function):
            return False
        if emptiness(function):
            return True
        judged = self._text.judge(function)
        if judged.nature in _FRUITLESS and judged.effect <= Nature.FIXED:
            return True
        inside = [node for each in body_of(function) for node in self._facts.within(each)]
        calls = [node for node in inside if isinstance(node, ast.Call)]
        return all(isinstance(node, _HARMLESS) for node in inside) and all(
            isinstance(call.func, ast.Name) and call.func.id == "print" for call in calls
        )

    def expects(self, function: FunctionNode) -> bool:
        """Tells whether a function says what it expects."""
        inside = self._facts.within(function)
        calls = (dotted_name(node.func).rpartition(".")[2] for node in inside if isinstance(node, ast.Call))
        return any(isinstance(node, ast.Assert) for node in inside) or any(map(_EXPECTING.match, calls))

    def tries(self, function: Callable) -> bool:
        """Tells whether a test says what it expects of a method, or of a module's function, if only of Python's own."""
        if isinstance(function, ast.Lambda) or not self.is_test(function):
            return False
        inside = self._facts.within(function)
        called = any(isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute) for n in inside)
        return called and any(isinstance(node, ast.Assert) for node in inside)

    def is_test(self, function: FunctionNode) -> bool:
        """Tells whether a test runner calls a function."""
        if not _TEST.match(function.name):
            return False
        owner = self.owner(function)
        names = [] if owner is None else [owner.name, *map(dotted_name, bases_of(owner))]
        return owner is None or any("Test" in name for name in names)


def bases_of(owner: ast.ClassDef | None) -> list[ast.expr]:
    """The bases of a class, without what stands in brackets behind them."""
    if owner is None:
        return []
    bases = [*owner.bases, *(keyword.value for keyword in owner.keywords)]
    return [base.value if isinstance(base, ast.Subscript) else base for base in bases]


def emptiness(function: FunctionNode) -> str:
    """What an empty body is, in words; the empty string for a body that does something."""
    body = body_of(function)
    if all(_is_nothing(statement) for statement in body):
        return "has an empty body"
    if len(body) == 1 and isinstance(body[0], ast.Raise) and is_unwritten(body[0].exc):
        return "only raises NotImplementedError"
    return ""


def _is_nothing(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.Return):
        value = statement.value
        return value is None or (isinstance(value, ast.Constant) and value.value in (None, ...))
    return is_placeholder(statement)
