"""Conditions whose outcome is fixed, and the constants that they are written with."""

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

#: Comparison by size → the same with its sides exchanged.
TURNED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.Gt,
    ast.LtE: ast.GtE,
    ast.Gt: ast.Lt,
    ast.GtE: ast.LtE,
}
_ARITHMETIC: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
}
#: What is compared with its like.
_COMPARED = (str, int, float)
#: Greater numbers are not computed.
_GREATEST = 10**12


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
            return name in {"list", "tuple", "set", "frozenset", "dict", "iter", "range"}
        if name == "range":
            return len(node.args) == 1 and isinstance(first, ast.Constant) and first.value == 0
        return name in {"list", "tuple", "iter", "set", "frozenset"} and is_empty(first)
    return truth(node) is False and isinstance(node, (ast.List, ast.Tuple, ast.Set, ast.Dict))


def is_several(node: ast.AST) -> bool:
    """Tells whether something is a container that is written with several entries."""
    if isinstance(node, ast.List | ast.Tuple | ast.Set):
        return len(node.elts) > 1 and isinstance(getattr(node, "ctx", ast.Load()), ast.Load)
    return isinstance(node, ast.Dict) and len(node.keys) > 1


def truth(test: ast.expr) -> bool | None:
    """The outcome of a condition, or None when it depends on something."""
    decide = _DECIDED.get(type(test))
    return None if decide is None else decide(test)


def _named(test: ast.NamedExpr) -> bool | None:
    return None if isinstance(test.value, ast.NamedExpr) else truth(test.value)


def _filled(test: ast.List | ast.Tuple | ast.Set) -> bool | None:
    if any(not isinstance(entry, ast.Starred) for entry in test.elts):
        return True
    return None if test.elts else False


def _keyed(test: ast.Dict) -> bool | None:
    if any(key is not None for key in test.keys):
        return True
    return None if test.keys else False


def _negated(test: ast.UnaryOp) -> bool | None:
    inner = truth(test.operand) if isinstance(test.op, ast.Not) else None
    return None if inner is None else not inner


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
    if isinstance(test.ops[0], (ast.In, ast.NotIn)):
        nowhere = len(test.ops) == 1 and is_empty(right) and not isinstance(right, ast.Constant)
        return isinstance(test.ops[0], ast.NotIn) if nowhere else None
    compare = COMPARISONS.get(type(test.ops[0]))
    if compare is None or len(test.ops) > 1:
        return None
    first = _value(left)
    if not isinstance(first, _COMPARED):  # as mostly
        return None
    second = _value(right)
    alike = isinstance(second, str) if isinstance(first, str) else isinstance(second, int | float)
    return compare(first, second) if alike else None


#: Type of expression → what tells its outcome. That of others is not known.
_DECIDED: dict[type[ast.expr], Callable[[Any], bool | None]] = {
    ast.NamedExpr: _named,
    ast.Constant: lambda test: bool(test.value),
    **dict.fromkeys([ast.List, ast.Tuple, ast.Set], _filled),
    ast.Dict: _keyed,
    ast.UnaryOp: _negated,
    ast.BoolOp: _combined,
    ast.Compare: _compared,
}


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


def whole_number(node: ast.expr | None) -> int | None:
    """A written whole number, with its sign; None for anything else."""
    match node:
        case ast.Constant(value=int(value)):
            return value
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int(value))):
            return -value
    return None
