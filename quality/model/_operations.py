"""Calls of functions that are operators."""

from __future__ import annotations

import ast

_COMPARED: dict[str, type[ast.cmpop]] = {
    "eq": ast.Eq,
    "ne": ast.NotEq,
    "lt": ast.Lt,
    "le": ast.LtE,
    "gt": ast.Gt,
    "ge": ast.GtE,
    "is_": ast.Is,
    "is_not": ast.IsNot,
}
_COMPUTED: dict[str, type[ast.operator]] = {
    "add": ast.Add,
    "concat": ast.Add,
    "sub": ast.Sub,
    "mul": ast.Mult,
    "mod": ast.Mod,
    "truediv": ast.Div,
    "floordiv": ast.FloorDiv,
}
#: Operands of those.
_BOTH = 2


def operation(name: str, call: ast.Call) -> ast.expr | None:
    """The operation that a call of a function of the module ``operator`` does; None where that is not known.

    Args:
        name: The function's name in that module.
        call: A call of it.
    """
    args = call.args
    if call.keywords or any(isinstance(each, ast.Starred) for each in args):
        return None
    if name == "not_" and len(args) == 1:
        return ast.copy_location(ast.UnaryOp(ast.Not(), args[0]), call)
    if len(args) != _BOTH:
        return None
    left, right = args
    found: ast.expr | None = None
    if name in _COMPARED:
        found = ast.Compare(left, [_COMPARED[name]()], [right])
    elif name == "contains":
        found = ast.Compare(right, [ast.In()], [left])
    elif name in _COMPUTED:
        found = ast.BinOp(left, _COMPUTED[name](), right)
    elif name == "getitem":
        found = ast.Subscript(left, right, ast.Load())
    return None if found is None else ast.copy_location(found, call)
