"""Loops in other words."""

from __future__ import annotations

import ast

from quality.audit._trees import statements
from quality.audit.attacks._rewriter import Rewriter


class ByHand(Rewriter):
    """Makes a loop over entries one that takes each of them itself."""

    def visit_For(self, node: ast.For) -> ast.stmt | list[ast.stmt]:
        self.generic_visit(node)
        self.changed = True
        turns = statements("turns = iter(0)\nwhile (entry := next(turns, turns)) is not turns:\n    pass")
        first, loop = turns
        if isinstance(first, ast.Assign) and isinstance(loop, ast.While):
            first.value = ast.Call(ast.Name("iter"), [node.iter], [])
            loop.body, loop.orelse = [ast.Assign([node.target], ast.Name("entry")), *node.body], node.orelse
        return turns


class Comprehensions(Rewriter):
    """Makes a loop around one expression a list that nobody keeps."""

    def visit_For(self, node: ast.For) -> ast.stmt:
        self.generic_visit(node)
        if len(node.body) == 1 and isinstance(node.body[0], ast.Expr) and not node.orelse:
            clause = ast.comprehension(node.target, node.iter, [], 0)
            if not _waits(node):
                self.changed = True
                return ast.Expr(ast.ListComp(node.body[0].value, [clause]))
        return node


class Mapped(Rewriter):
    """Makes a loop around one expression a list of what a lambda gives."""

    def visit_For(self, node: ast.For) -> ast.stmt:
        self.generic_visit(node)
        if len(node.body) == 1 and isinstance(node.target, ast.Name) and not (node.orelse or _waits(node)):
            only = node.body[0]
            if isinstance(only, ast.Expr):
                self.changed = True
                taken = ast.arguments([], [ast.arg(node.target.id)], None, [], [], None, [])
                mapped = ast.Call(ast.Name("map"), [ast.Lambda(taken, only.value), node.iter], [])
                return ast.Expr(ast.Call(ast.Name("list"), [mapped], []))
        return node


def _waits(node: ast.For) -> bool:
    """Tells whether a loop yields or awaits anything, which no expression of its own may."""
    return any(isinstance(each, ast.Yield | ast.YieldFrom | ast.Await) for each in ast.walk(node))
