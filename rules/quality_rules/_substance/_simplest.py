"""Operations that change nothing, or come to the same whatever they are given: ``value + 0``, ``value * 0``."""

from __future__ import annotations

import ast

from quality_rules._constants import is_empty, truth

#: Operators with what they change nothing with, on the right or on the left: a number, or an empty text for what is empty.
_NEUTRAL_RIGHT: dict[type[ast.operator], tuple[int | str, ...]] = {
    ast.Add: (0, ""),
    **dict.fromkeys((ast.Sub, ast.BitOr, ast.BitXor, ast.LShift, ast.RShift), (0,)),
    **dict.fromkeys((ast.Mult, ast.Pow), (1,)),
}
_NEUTRAL_LEFT: dict[type[ast.operator], tuple[int | str, ...]] = {
    ast.Add: (0, ""),
    **dict.fromkeys((ast.BitOr, ast.BitXor), (0,)),
    ast.Mult: (1,),
}
#: Operators with the number on the right that decides, and what then comes of it.
_DECIDING: dict[type[ast.operator], tuple[int, int]] = {
    ast.Mult: (0, 0),
    ast.BitAnd: (0, 0),
    ast.Pow: (0, 1),
    ast.Mod: (1, 0),
}
#: Those of which either side decides.
_ON_BOTH_SIDES = (ast.Mult, ast.BitAnd)
#: What comes of a value and itself.
_OF_ITSELF: dict[type[ast.operator], int] = {ast.Sub: 0, ast.BitXor: 0, ast.FloorDiv: 1, ast.Div: 1}
#: Operators that give a value and itself back.
_KEEPING = (ast.BitAnd, ast.BitOr)
_TURNED = "::-1"


def simplest(node: ast.expr) -> ast.expr | None:
    """What an operation comes to that changes nothing, or whose operands do not matter; None for any other expression."""
    if isinstance(node, ast.BinOp):
        return _of_operation(node)
    if isinstance(node, ast.UnaryOp):
        twice = isinstance(node.op, ast.USub | ast.Invert) and isinstance(node.operand, ast.UnaryOp)
        return node.operand.operand if twice and type(node.operand.op) is type(node.op) else None  # type: ignore[attr-defined]
    if isinstance(node, ast.BoolOp):
        return _of_choice(node)
    return _of_part(node) if isinstance(node, ast.Subscript) else None


def _of_operation(node: ast.BinOp) -> ast.expr | None:
    left, operator, right = node.left, type(node.op), node.right
    if _is_same(left, right):
        if operator in _OF_ITSELF:
            return ast.Constant(_OF_ITSELF[operator])
        return left if operator in _KEEPING else None
    first, second = _written(left), _written(right)
    if second in _NEUTRAL_RIGHT.get(operator, ()):
        return left
    if first in _NEUTRAL_LEFT.get(operator, ()):
        return right
    if operator not in _DECIDING:
        return None
    decisive, outcome = _DECIDING[operator]
    decided = second == decisive or (first == decisive and operator in _ON_BOTH_SIDES)
    return ast.Constant(outcome) if decided else None


def _of_choice(node: ast.BoolOp) -> ast.expr | None:
    """``False or value`` is the value, whatever decides nothing before it, and so is ``value or value``."""
    undecided = [each for each in node.values[:-1] if truth(each) is not isinstance(node.op, ast.And)]
    last = node.values[-1]
    return last if all(_is_same(last, each) for each in undecided) else None


def _of_part(node: ast.Subscript) -> ast.expr | None:
    """``value[:0]`` is empty, and what is turned round twice as it was."""
    part, whole = node.slice, node.value
    if not isinstance(part, ast.Slice):
        return None
    if part.lower is None and part.step is None and _written(part.upper) == 0:
        return ast.Tuple([])
    twice = isinstance(whole, ast.Subscript) and ast.unparse(part) == ast.unparse(whole.slice) == _TURNED
    return whole.value if twice and isinstance(whole, ast.Subscript) else None


def _written(node: ast.expr | None) -> int | str | None:
    """The whole number that an expression is written as, an empty text for an empty text, list or tuple; None for any other."""
    if isinstance(node, ast.Constant) and type(node.value) is int:
        return node.value
    empty = isinstance(node, ast.Constant | ast.List | ast.Tuple) and is_empty(node)
    return "" if empty else None


def _is_same(left: ast.expr, right: ast.expr) -> bool:
    return isinstance(left, ast.Name) and isinstance(right, ast.Name) and left.id == right.id
