"""What computes something, if only of what is written."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality_rules._called import is_called
from quality_rules._constants import is_empty

if TYPE_CHECKING:
    from quality.rules import Facts


class Computed:
    """Tells expressions that compute from those that only name or show what is written.

    Args:
        facts: The source's facts.
    """

    def __init__(self, facts: Facts) -> None:
        self._facts = facts

    def is_computed(self, node: ast.AST) -> bool:
        """Tells whether an expression computes with names or what calls give, or reads what an object keeps."""
        if isinstance(node, ast.Attribute):
            own = isinstance(node.value, ast.Name) and node.value.id in {"self", "cls"}
            return own and not is_called(self._facts, node)
        operands = _operands(node)
        if any(isinstance(each, ast.Name) and each.id == "__name__" for each in operands):
            return False  # it asks whether the file is run
        ranges = (
            isinstance(node, ast.Call) and self._facts.is_builtin(node.func, "range") and not is_empty(node)
        )
        return ranges or any(isinstance(each, ast.Name | ast.Call | ast.Subscript) for each in operands)


def _operands(node: ast.AST) -> list[ast.expr]:
    """What an expression computes with."""
    if isinstance(node, ast.BinOp):
        return [node.left, node.right]
    if isinstance(node, ast.Compare):
        sides = [node.left, *node.comparators]
        return [] if any(map(_is_truth, sides)) or _asks_if_filled(node) else sides
    return [node.target] if isinstance(node, ast.AugAssign) else []


def _asks_if_filled(node: ast.Compare) -> bool:
    """``found != []`` asks no more than ``found``."""
    match node:
        case (
            ast.Compare(left=ast.Name(), ops=[operator], comparators=[other])
            | ast.Compare(left=other, ops=[operator], comparators=[ast.Name()])
        ):
            return is_empty(other) and isinstance(operator, ast.Eq | ast.NotEq | ast.Is | ast.IsNot)
    return False


def _is_truth(node: ast.expr) -> bool:
    """``name == True`` asks no more than ``name``."""
    return isinstance(node, ast.Constant) and isinstance(node.value, bool | None)
