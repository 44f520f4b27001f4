"""Conditions whose outcome is fixed."""

from __future__ import annotations

import ast
import operator
from typing import TYPE_CHECKING, Any

from quality.rules import dotted_name, sides_of

if TYPE_CHECKING:
    from collections.abc import Callable

#: What a comparison comes out as.
COMPARISONS: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}

_ARITHMETIC: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
}
#: Greater numbers are not computed.
_GREATEST = 10**12


def is_type_checking(test: ast.expr) -> bool:
    """Tells whether a condition holds for type checkers only."""
    return dotted_name(test) in {"TYPE_CHECKING", "typing.TYPE_CHECKING"}


def is_main_guard(node: ast.AST) -> bool:
    """Tells whether a condition asks if the file is run: ``if __name__ == "__main__":``."""
    test = node.test if isinstance(node, ast.If) else None
    return isinstance(test, ast.Compare) and dotted_name(sides_of(test)[0]) == "__name__"


def is_empty(node: ast.expr) -> bool:
    """Tells whether an expression is written as something without entries."""
    if isinstance(node, ast.Constant):
        return node.value in ("", b"")
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and not node.keywords:
        name, first = node.func.id, node.args[0] if node.args else None
        if first is None:
            return name in {"list", "tuple", "set", "dict", "iter", "range"}
        if name == "range":
            return len(node.args) == 1 and isinstance(first, ast.Constant) and first.value == 0
        return name in {"list", "tuple", "iter", "set"} and is_empty(first)
    return truth(node) is False and isinstance(node, ast.List | ast.Tuple | ast.Set | ast.Dict)


def truth(test: ast.expr) -> bool | None:
    """The outcome of a condition, or None when it depends on something."""
    test = test.value if isinstance(test, ast.NamedExpr) else test
    if isinstance(test, ast.Constant):
        return bool(test.value)
    if isinstance(test, ast.List | ast.Tuple | ast.Set):
        return None if test.elts else False
    if isinstance(test, ast.Dict):
        return None if test.keys else False
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        inner = truth(test.operand)
        return None if inner is None else not inner
    if isinstance(test, ast.BoolOp):
        return _combined(test)
    return _compared(test) if isinstance(test, ast.Compare) else None


def _combined(test: ast.BoolOp) -> bool | None:
    known = [truth(value) for value in test.values]
    decisive = isinstance(test.op, ast.Or)
    if decisive in known or _contradicts(test):
        return decisive
    return None if None in known else not decisive


def _contradicts(test: ast.BoolOp) -> bool:
    """Tells whether a name is asked for beside its opposite."""
    names = {value.id for value in test.values if isinstance(value, ast.Name)}
    opposites = (v.operand for v in test.values if isinstance(v, ast.UnaryOp) and isinstance(v.op, ast.Not))
    return any(isinstance(each, ast.Name) and each.id in names for each in opposites)


def _compared(test: ast.Compare) -> bool | None:
    left, right = test.left, test.comparators[0]
    compare = COMPARISONS.get(type(test.ops[0]))
    if compare is None or len(test.ops) > 1:
        return None
    first, second = _value(left), _value(right)
    both_numbers = isinstance(first, int | float) and isinstance(second, int | float)
    both_texts = isinstance(first, str) and isinstance(second, str)
    return compare(first, second) if both_numbers or both_texts else None


def _value(node: ast.expr) -> object:
    """What is written: a constant, or one operation on two small whole numbers; None for anything else."""
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.BinOp) and type(node.op) in _ARITHMETIC:
        sides = (side.value if isinstance(side, ast.Constant) else None for side in (node.left, node.right))
        return calculated(node.op, *sides)
    return None


def calculated(operation: ast.operator, left: object, right: object) -> int | None:
    """What an operation on two whole numbers comes out as; None for others, great ones, and nothing to divide by."""
    calculate = _ARITHMETIC.get(type(operation))
    if calculate is None or not isinstance(left, int) or not isinstance(right, int):
        return None
    if max(abs(left), abs(right)) > _GREATEST or (
        calculate in {operator.floordiv, operator.mod} and not right
    ):
        return None
    return int(calculate(left, right))
