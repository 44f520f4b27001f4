"""Conditions, and their branches."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

from quality.model import count_statements
from quality.rules import TERMINAL, last_word, same_code

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quality.rules import Facts


#: Calls with these names do not return.
_LEAVING_CALLS = frozenset({"abort", "exit", "fail"})


class Branches(NamedTuple):
    """The branches of an ``if`` and its ``elif``.

    Attributes:
        tests: Their conditions, in order.
        blocks: Their statements, in order; those of the ``else`` last.
        complete: Whether there is an ``else``.
    """

    tests: list[ast.expr]
    blocks: list[list[ast.stmt]]
    complete: bool

    @property
    def are_same(self) -> bool:
        """Whether the condition decides nothing, because every way does the same."""
        return self.complete and all(same_code(self.blocks[0], block) for block in self.blocks[1:])


def branches_of(node: ast.If) -> Branches:
    """The branches of an ``if`` and of the chain that continues it."""
    tests, blocks = [node.test], [node.body]
    while len(node.orelse) == 1 and isinstance(node.orelse[0], ast.If):
        node = node.orelse[0]
        tests.append(node.test)
        blocks.append(node.body)
    if node.orelse:
        blocks.append(node.orelse)
    return Branches(tests, blocks, bool(node.orelse))


def continues(facts: Facts, node: ast.If) -> bool:
    """Tells whether an ``if`` is all that the ``else`` of another does, as an ``elif`` is."""
    above = facts.parent(node)
    return isinstance(above, ast.If) and above.orelse == [node]


def size_of(block: Sequence[ast.stmt]) -> int:
    """The statements of a block, each with all that is in it."""
    return sum(1 + count_statements(statement) for statement in block)


def is_condition(facts: Facts, node: ast.expr) -> bool:
    """Tells whether an expression is only asked whether it is true, alone or as a part of what is."""
    below: ast.AST = node
    above = facts.parent(node)
    while isinstance(above, ast.BoolOp):
        below, above = above, facts.parent(above)
    if isinstance(above, ast.UnaryOp):
        return isinstance(above.op, ast.Not)
    if isinstance(above, ast.comprehension):
        return below in above.ifs
    if isinstance(above, ast.Call):
        return facts.is_builtin(above.func, "bool")
    return isinstance(above, ast.If | ast.While | ast.IfExp | ast.Assert) and above.test is below


def leaves(block: Sequence[ast.stmt]) -> bool:
    """Tells whether nothing behind a block runs after it."""
    match block[-1:]:
        case [ast.Expr(value=ast.Call(func=function))]:
            return last_word(function) in _LEAVING_CALLS
        case [last]:
            return isinstance(last, TERMINAL)
    return False
