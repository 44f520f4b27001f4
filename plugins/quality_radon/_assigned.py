"""Assignments and choices that share a statement: it counts for as many as it does the work of."""

from __future__ import annotations

import ast
from collections import Counter
from typing import TYPE_CHECKING

from quality.model import is_function

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality.model import Nodes


#: Statements of a choice: its question, and one of its answers. The other stands for the choice around it.
_CHOICE = 2


def assigned_besides(nodes: Nodes) -> Counter[ast.AST]:
    """Outermost function → what its statements assign, and choose, besides one thing each.

    ``a, b = 0, 1`` is two assignments, and ``(n := f())`` is one, wherever it stands. Names that exchange their values,
    ``a, b = b, a``, do one thing, and so do those that get the same, ``a = b = 0``. A choice in another, ``x if a else y if b else z``,
    is the ``elif`` that it could be.
    """
    found: Counter[ast.AST] = Counter()
    for node, number in _besides(nodes):
        unit = _unit(node, nodes)
        if unit is not None:
            found[unit] += number
    return found


def _besides(nodes: Nodes) -> Iterator[tuple[ast.AST, int]]:
    for node in nodes.kinds.get(ast.Assign, ()):
        if isinstance(node, ast.Assign) and len(node.targets) == 1:
            yield node, _given(node.targets[0], node.value) - 1
    yield from ((node, 1) for node in nodes.kinds.get(ast.NamedExpr, ()))
    for node in nodes.kinds.get(ast.IfExp, ()):
        above = nodes.parents[node]
        if isinstance(above, ast.IfExp) and node is not above.test:
            yield node, _CHOICE


def _given(target: ast.expr, value: ast.expr) -> int:
    """How many values of a display a target gets: what takes apart anything else is one assignment."""
    if not isinstance(target, (ast.Tuple, ast.List)) or not isinstance(value, (ast.Tuple, ast.List)):
        return 1
    alone = len(value.elts) == len(target.elts) and not _words(target) & _words(value)
    return max(len(value.elts), 1) if alone else 1


def _words(node: ast.AST) -> set[str]:
    """The names and attributes in an expression."""
    inside = list(ast.walk(node))
    names = {each.id for each in inside if isinstance(each, ast.Name)} - {"self"}
    return names | {each.attr for each in inside if isinstance(each, ast.Attribute)}


def _unit(node: ast.AST, nodes: Nodes) -> ast.AST | None:
    """The outermost function around a node, or None in code outside of functions."""
    unit: ast.AST | None = None
    above = nodes.parents.get(node)
    while above is not None:
        unit = above if is_function(above) else unit
        above = nodes.parents.get(above)
    return unit
