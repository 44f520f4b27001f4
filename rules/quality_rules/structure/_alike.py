"""What functions have in common that differ in nothing but names of locals and values of constants."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.rules import body_of

if TYPE_CHECKING:
    from quality.model import FunctionNode
    from quality.rules import Facts

#: Fewest statements of a function that is compared with each other one: shorter ones are alike by chance, and tell
#: something where many are.
ALONE = 8


def words_of(facts: Facts, function: FunctionNode) -> tuple[str, ...]:
    """A function's parameters and body as words that functions share which differ in nothing else."""
    local: dict[str, str] = {}
    names = facts.names(function)
    own = {*names.parameters, *names.stores}
    parts = [function.args, *body_of(function)]
    return tuple(word(node, own, local) for part in parts for node in facts.within(part))


def word(node: ast.AST, own: set[str], local: dict[str, str]) -> str:
    """A node as a word, without the value of a constant.

    Args:
        node: The node.
        own: Names that count by the order in which they come.
        local: The numbers of those that have come; gets more.
    """
    kind = type(node).__name__
    if isinstance(node, ast.Name | ast.arg):
        name = node.id if isinstance(node, ast.Name) else node.arg
        return f"{kind} {local.setdefault(name, str(len(local))) if name in own else f'.{name}'}"
    if isinstance(node, ast.Attribute):
        return f"{kind} .{node.attr}"
    if isinstance(node, ast.Constant):
        return f"{kind} {type(node.value).__name__}"
    if isinstance(node, ast.BinOp | ast.UnaryOp | ast.BoolOp | ast.AugAssign):
        return f"{kind} {type(node.op).__name__}"
    if isinstance(node, ast.Compare):
        return f"{kind} {' '.join(type(entry).__name__ for entry in node.ops)}"
    return f"{kind} {node.arg}" if isinstance(node, ast.keyword) else kind
