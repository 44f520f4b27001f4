"""Refusals of arguments that say no more than their annotations do."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from quality.model import is_function
from quality.rules import body_of
from quality_rules._constants import is_empty

if TYPE_CHECKING:
    from quality_rules._substance._names import Callable

#: Names of functions that are there for what they refuse.
_CHECK = re.compile(
    r"assert|check|ensure|expect|guard|must|need|refuse|reject|require|test|valid|verif|^_*(?:no|not)_",
    re.IGNORECASE,
)
_ASKING = frozenset({"isinstance", "callable"})


def is_found_out(test: ast.expr, function: Callable) -> bool:
    """Tells whether a condition finds out something for a function that is there for that, as its name says.

    A question (``is_open``) promises an answer, and not a refusal. Of its own object a method knows everything.
    """
    named = is_function(function) and _CHECK.search(function.name) is not None
    asked = {node.id for node in ast.walk(test) if isinstance(node, ast.Name)}
    return named and not asked & {"self", "cls"}


def says_kind(test: ast.expr) -> bool:
    """Tells whether a condition only asks whether a name has a value, or of what type it is."""
    if isinstance(test, ast.BoolOp):
        return all(map(says_kind, test.values))
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return says_kind(test.operand)
    if isinstance(test, ast.Call):
        asks = isinstance(test.func, ast.Name) and test.func.id in _ASKING
        return asks and bool(test.args) and isinstance(test.args[0], ast.Name)
    if isinstance(test, ast.Compare):
        none = isinstance(test.comparators[0], ast.Constant) and test.comparators[0].value is None
        return none and isinstance(test.left, ast.Name) and isinstance(test.ops[0], ast.Is | ast.IsNot)
    return isinstance(test, ast.Name)


def refuses_kind(statement: ast.If) -> bool:
    """Tells whether a statement only refuses what has no value, or the wrong type."""
    only = statement.body[0] if len(statement.body) == 1 else None
    return isinstance(only, ast.Raise) and not statement.orelse and says_kind(statement.test)


def ends_in_nothing(function: Callable) -> bool:
    """Tells whether nothing comes at the end of a function but what is written there, and no yes or no."""
    last = body_of(function)[-1:] if is_function(function) else []
    for statement in last:
        if isinstance(statement, ast.Return | ast.Expr):
            value = statement.value
            return value is None or is_empty(value) or _is_fixed(value)
        return isinstance(statement, ast.Pass)
    return False


def _is_fixed(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and not isinstance(value.value, bool)
