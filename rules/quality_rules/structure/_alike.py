"""What functions have in common that differ in nothing but names of locals and values of constants."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import is_special
from quality.rules import body_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quality.model import FunctionNode
    from quality.rules import Facts

#: Comparison → the one that has the same sides the other way round: of both that one which comes first.
_TURNED: dict[type[ast.cmpop], type[ast.cmpop]] = {ast.Lt: ast.Gt, ast.LtE: ast.GtE}
#: Fewest statements of a function that is compared with each other one: shorter ones are alike by chance, and tell
#: something where many are.
ALONE = 8
#: Fewest statements and words of a shorter function that is compared with those that are the same in each word.
_SHORTEST, _FEWEST_WORDS = 2, 20


def words_of(facts: Facts, function: FunctionNode) -> tuple[str, ...]:
    """A function's parameters and body as words that functions share which differ in nothing else."""
    return tuple(_words(facts, function, [function.args, *body_of(function)]))


def words_of_short(facts: Facts, function: FunctionNode) -> tuple[str, ...]:
    """The words of a short function that says enough to be told from others; empty for one that does not, and for a long one.

    Where there are two statements the values of the constants count, too. Constructors and operators are alike in many classes.
    """
    size = facts.size(function)
    if not _SHORTEST <= size < ALONE or function.decorator_list or is_special(function.name):
        return ()
    words = words_of(facts, function)
    if len(words) < _FEWEST_WORDS:
        return ()
    inside = (node for part in body_of(function) for node in facts.within(part)) if size == _SHORTEST else ()
    values = [repr(node.value) for node in inside if isinstance(node, ast.Constant)]
    return (type(function).__name__, *words, *values)


def words_in(facts: Facts, function: FunctionNode) -> list[str]:
    """A function's body alone as such words, whatever other parameters it has."""
    return _words(facts, function, body_of(function))


def _words(facts: Facts, function: FunctionNode, parts: Sequence[ast.AST]) -> list[str]:
    local: dict[str, str] = {}
    names = facts.names(function)
    own = {*names.parameters, *names.stores}
    return [word(node, own, local) for part in parts for node in facts.within(part)]


def steps_of(facts: Facts, function: FunctionNode) -> list[str]:
    """The statements of a function, each without the names of locals and the values of constants, and its operands in no order."""
    names = facts.names(function)
    own = {*names.parameters, *names.stores}
    inside = (node for part in body_of(function) for node in facts.within(part))
    return [f"{_depth(facts, node)} {_step(node, own)}" for node in inside if isinstance(node, ast.stmt)]


def _depth(facts: Facts, statement: ast.stmt) -> int:
    """How many statements are around one."""
    return sum(isinstance(above, ast.stmt) for above in facts.ancestors(statement))


def _step(node: ast.AST, own: set[str]) -> str:
    """A statement or expression as a text: what is in the blocks of a statement has texts of its own."""
    if isinstance(node, ast.AugAssign):  # the same as with the target as its first operand
        return _step(ast.Assign([node.target], ast.BinOp(node.target, node.op, node.value)), own)
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in _TURNED:
        node = ast.Compare(node.comparators[0], [_TURNED[type(node.ops[0])]()], [node.left])
    inside = [
        child for child in ast.iter_child_nodes(node) if not isinstance(child, (ast.stmt, ast.expr_context))
    ]
    parts = [_step(child, own) for child in inside]
    either = isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.Eq | ast.NotEq)
    either |= isinstance(node, ast.BinOp) and isinstance(
        node.op, ast.Add | ast.Mult | ast.BitAnd | ast.BitOr | ast.BitXor
    )
    local = isinstance(node, ast.Name) and node.id in own
    name = "Name" if local else word(node, set(), {})
    return f"{name}({', '.join(sorted(parts) if either or isinstance(node, ast.BoolOp) else parts)})"


def word(node: ast.AST, own: set[str], local: dict[str, str]) -> str:
    """A node as a word, without the value of a constant.

    Args:
        node: The node.
        own: Names that count by the order in which they come.
        local: The numbers of those that have come; gets more.
    """
    kind = type(node).__name__
    if isinstance(node, (ast.Name, ast.arg)):
        name = node.id if isinstance(node, ast.Name) else node.arg
        return f"{kind} {local.setdefault(name, str(len(local))) if name in own else f'.{name}'}"
    if isinstance(node, ast.Attribute):
        return f"{kind} .{node.attr}"
    if isinstance(node, ast.Constant):
        return f"{kind} {type(node.value).__name__}"
    if isinstance(node, (ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.AugAssign)):
        return f"{kind} {type(node.op).__name__}"
    if isinstance(node, ast.Compare):
        return f"{kind} {' '.join(type(entry).__name__ for entry in node.ops)}"
    return f"{kind} {node.arg}" if isinstance(node, ast.keyword) else kind
