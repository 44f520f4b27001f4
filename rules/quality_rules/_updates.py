"""What makes a new value of an old one: ``x += y`` and ``x = x + y``."""

from __future__ import annotations

import ast
from typing import NamedTuple

from quality.rules import ASSIGNMENTS, same_code, targets_of


class Update(NamedTuple):
    """A change of what is there.

    Attributes:
        target: What changes.
        operator: How.
        value: By what.
    """

    target: ast.expr
    operator: ast.operator
    value: ast.expr


def update_of(node: ast.AST) -> Update | None:
    """The change that a statement is, written in either way; None for any other node."""
    if isinstance(node, ast.AugAssign):
        return Update(node.target, node.op, node.value)
    if isinstance(node, ASSIGNMENTS) and isinstance(node.value, ast.BinOp):
        for target in targets_of(node):
            if same_code(target, node.value.left):
                return Update(target, node.value.op, node.value.right)
    return None
