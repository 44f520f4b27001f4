"""Conditions in other words."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.audit.attacks._rewriter import Rewriter

if TYPE_CHECKING:
    from collections.abc import Callable

    #: Writes a choice by its condition and its two values.
    Choice = Callable[[ast.expr, ast.expr, ast.expr], ast.expr]


class Cases(Rewriter):
    """Makes a chain of conditions the cases of a ``match``."""

    def visit_If(self, node: ast.If) -> ast.stmt:
        cases: list[ast.match_case] = []
        rest: list[ast.stmt] = [node]
        while len(rest) == 1 and isinstance(rest[0], ast.If):
            branch = rest[0]
            cases.append(ast.match_case(ast.MatchAs(), branch.test, branch.body))
            rest = branch.orelse
        if len(cases) == 1:
            self.generic_visit(node)
            return node
        self.changed = True
        if rest:
            cases.append(ast.match_case(ast.MatchAs(), None, rest))
        chain = ast.Match(ast.Constant(value=True), cases)
        self.generic_visit(chain)
        return chain


class Truths(Rewriter):
    """Makes a condition a ``match`` of its truth value."""

    def visit_If(self, node: ast.If) -> ast.stmt:
        self.generic_visit(node)
        self.changed = True
        cases = [ast.match_case(ast.MatchSingleton(value=True), None, node.body)]
        cases += [ast.match_case(ast.MatchAs(), None, node.orelse)] if node.orelse else []
        return ast.Match(ast.Call(ast.Name("bool"), [node.test], []), cases)


class Turns(Rewriter):
    """Makes a condition a loop, over what is made of it, that has one turn or none."""

    def __init__(self, turns: Callable[[ast.expr], ast.expr]) -> None:
        self._turns = turns

    def visit_If(self, node: ast.If) -> ast.stmt:
        self.generic_visit(node)
        if not _may_turn(node):
            return node
        self.changed = True
        return ast.For(ast.Name("_", ast.Store()), self._turns(node.test), node.body, [])


class Assertions(Rewriter):
    """Makes a condition an assertion whose error leads to the other branch."""

    def visit_If(self, node: ast.If) -> ast.stmt:
        self.generic_visit(node)
        self.changed = True
        caught = ast.ExceptHandler(ast.Name("AssertionError"), None, node.orelse or [ast.Pass()])
        return ast.Try([ast.Assert(node.test)], [caught], node.body, [])


class Conditionals(Rewriter):
    """Makes a condition with two values one expression.

    Args:
        write: Writes the expression.
        returns: Whether to write two returns so. An ``else`` behind a return is a finding, so a plain expression mends it.
    """

    def __init__(self, write: Choice, *, returns: bool = True) -> None:
        self._write = write
        self._returns = returns

    def visit_If(self, node: ast.If) -> ast.stmt:
        self.generic_visit(node)
        if len(node.body) != 1 or len(node.orelse) != 1:
            return node
        match node.body[0], node.orelse[0]:
            case ast.Return(value=first), ast.Return(value=second) if first and second and self._returns:
                self.changed = True
                return ast.Return(self._write(node.test, first, second))
            case ast.Assign(targets=targets, value=first), ast.Assign(targets=others, value=second) if (
                ast.dump(targets[0]) == ast.dump(others[0]) and len(targets) == len(others) == 1
            ):
                self.changed = True
                return ast.Assign(targets, self._write(node.test, first, second))
        return node


class Joined(Rewriter):
    """Makes a condition around a call the first part of an ``and``."""

    def visit_If(self, node: ast.If) -> ast.stmt:
        self.generic_visit(node)
        if len(node.body) == 1 and isinstance(node.body[0], ast.Expr) and not node.orelse:
            self.changed = True
            return ast.Expr(ast.BoolOp(ast.And(), [node.test, node.body[0].value]))
        return node


class EndedTurns(Rewriter):
    """Makes a condition a loop that ends with its first turn."""

    def visit_If(self, node: ast.If) -> ast.stmt:
        self.generic_visit(node)
        if not _may_turn(node):
            return node
        self.changed = True
        leaves = isinstance(node.body[-1], ast.Return | ast.Raise)
        return ast.While(node.test, [*node.body, *([] if leaves else [ast.Break()])], [])


def _may_turn(node: ast.If) -> bool:
    """Tells whether a condition may be a loop: it has no other branch, and no word for a loop around it."""
    leaves = any(isinstance(each, ast.Break | ast.Continue) for each in ast.walk(node))
    return not (node.orelse or leaves)


def indexed(test: ast.expr, first: ast.expr, second: ast.expr) -> ast.expr:
    return ast.Subscript(ast.Tuple([second, first]), ast.Call(ast.Name("bool"), [test], []))


def first_of(test: ast.expr, first: ast.expr, second: ast.expr) -> ast.expr:
    clause = ast.comprehension(ast.Name("_", ast.Store()), ast.List([ast.Constant(0)], ast.Load()), [test], 0)
    return ast.Call(ast.Name("next"), [ast.GeneratorExp(first, [clause]), second], [])
