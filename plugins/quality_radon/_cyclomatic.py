"""Cyclomatic complexity, by radon."""

from __future__ import annotations

import ast
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from radon.complexity import add_inner_blocks
from radon.visitors import ComplexityVisitor

from quality.model import children

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from quality.model import Nodes, Source
    from quality_radon._shape import Shape


#: What holds nothing.
_LEAVES = frozenset({ast.Name, ast.Constant, ast.Pass, ast.Break, ast.Continue, ast.alias})
#: What counts nothing itself: most nodes of a tree, and radon looks for a method and all fields of each.
_PLAIN = frozenset(
    [
        *(ast.Module, ast.Expr, ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Delete, ast.Return, ast.Raise),
        *(ast.Import, ast.ImportFrom, ast.Global, ast.Nonlocal),
        *(ast.With, ast.AsyncWith, ast.withitem, ast.ExceptHandler, ast.arguments, ast.arg, ast.keyword),
        *(
            kind
            for kind in ast.expr.__subclasses__()
            if kind not in {ast.BoolOp, ast.IfExp, ast.Name, ast.Constant}
        ),
    ]
)


#: Node that counts, or holds one that does → those right below it, of the tree at hand; None where nothing is known of it.
_worth: ContextVar[Mapping[ast.AST, list[ast.AST]] | None] = ContextVar("_worth", default=None)


def _visit(self: Any, node: ast.AST) -> None:
    """Stands in for the method of Python's visitor that radon's has, where most nodes need no method, or no visit."""
    worth = _worth.get()
    pending = [node] if worth is None or node in worth else []
    while pending:
        node = pending.pop()
        kind = type(node)
        if kind in _PLAIN:
            pending += children(node) if worth is None else worth[node]
        elif kind not in _LEAVES:
            ast.NodeVisitor.visit(self, node)


ComplexityVisitor.visit = _visit


def cyclomatic(source: Source, shapes: list[Shape]) -> list[int]:
    """Returns the complexity of every unit, in the order of the outline.

    A function's is the sum of radon's blocks for it and for all functions inside it (McCabe's measure of
    several components), so that code hidden in closures and inner classes counts. The module's is one more
    than the decisions in its own code, class bodies included.
    """
    token = _worth.set(_counting(source.nodes))
    try:
        return _complexities(source, shapes)
    finally:
        _worth.reset(token)


def _counting(nodes: Nodes) -> dict[ast.AST, list[ast.AST]]:
    """The nodes that may count, and all around them, each with those of them right below it."""
    found: dict[ast.AST, list[ast.AST]] = {}
    for kind in nodes.kinds.keys() - _PLAIN - _LEAVES:
        for node in nodes.kinds[kind]:
            inside: ast.AST | None = node
            around = None
            while inside is not None and inside not in found:
                found[inside] = [around] if around is not None else []
                around, inside = inside, nodes.parents.get(inside)
            if around is not None and inside is not None:
                found[inside].append(around)
    return found


def _complexities(source: Source, shapes: list[Shape]) -> list[int]:
    visitor = ComplexityVisitor.from_ast(source.tree)
    classes = list(_with_inner(visitor.classes))
    methods = [method for block in classes for method in block.methods]
    totals = {(f.lineno, f.col_offset): _total(f) for f in [*visitor.functions, *methods]}
    *functions, _ = source.outline.units
    values = [
        totals[unit.node.lineno, unit.node.col_offset] + sum(map(_inner_class, shape.classes))
        for unit, shape in zip(functions, shapes[:-1], strict=True)
        if not isinstance(unit.node, ast.Module)
    ]
    return [*values, visitor.complexity + sum(map(_own_decisions, classes))]


def _total(function: Any) -> int:
    return sum(block.complexity for block in add_inner_blocks([function]))


def _with_inner(classes: Iterable[Any]) -> Iterator[Any]:
    for block in classes:
        yield block
        yield from _with_inner(block.inner_classes)


def _own_decisions(block: Any) -> int:
    """Counts the decisions in a class body outside its methods; radon's number has both, plus one."""
    methods: int = sum(method.complexity for method in block.methods)
    return int(block.real_complexity) - 1 - methods


def _inner_class(node: ast.ClassDef) -> int:
    """Measures a class inside a function, which radon leaves out; classes inside of it come on their own."""
    (block,) = ComplexityVisitor.from_ast(node).classes
    return _own_decisions(block) + sum(map(_total, block.methods))
