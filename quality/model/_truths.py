"""Conditions with a truth value written out beside them: ``(a < b) == True`` is ``a < b``."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quality.model._source import Source

_SAME = (ast.Eq, ast.Is)
_OTHER = (ast.NotEq, ast.IsNot)
_INVERSE: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}


def may_be_shorter(source: Source) -> bool:
    """Tells whether a source has a condition that is longer than what it says: few have what one is made of."""
    kinds = source.nodes.kinds
    choices = cast("Sequence[ast.If]", kinds.get(ast.If, ()))
    if ast.Pass in kinds and any(map(_does_nothing_first, choices)):
        return True
    tested = cast("Sequence[ast.If | ast.While]", (*choices, *kinds.get(ast.While, ())))
    if ast.UnaryOp in kinds and any(shorter(test) is not test for test in _negations(tested)):
        return True
    if not source.mentions("True", "False") or not _tests_truths(source):
        return False
    said = cast("Sequence[ast.expr]", (*kinds.get(ast.Compare, ()), *kinds.get(ast.BoolOp, ())))
    return any(shorter(each) is not each for each in said)


def _negations(tested: Sequence[ast.If | ast.While]) -> list[ast.expr]:
    return [each.test for each in tested if isinstance(each.test, ast.UnaryOp)]


def _tests_truths(source: Source) -> bool:
    """Tells whether a truth value is written right in a comparison, or in what ``and`` or ``or`` join."""
    parents = source.nodes.parents
    written = cast("Sequence[ast.Constant]", source.nodes.kinds.get(ast.Constant, ()))
    truths = [each for each in written if each.value is True or each.value is False]
    return any(isinstance(parents[each], ast.Compare | ast.BoolOp) for each in truths)


def shorten_conditions(tree: ast.Module) -> None:
    """Makes the conditions of a tree as short as they can be, in place, the inner ones first."""
    for node in reversed(list(ast.walk(tree))):
        for name, value in ast.iter_fields(node):
            if isinstance(value, ast.Compare | ast.BoolOp):
                setattr(node, name, shorter(value))
            elif isinstance(value, list):
                value[:] = [
                    shorter(each) if isinstance(each, ast.Compare | ast.BoolOp) else each for each in value
                ]
        if isinstance(node, ast.If | ast.While):
            node.test = shorter(node.test)
        if isinstance(node, ast.If) and _does_nothing_first(node):
            node.test, node.body, node.orelse = _negated(node.test), node.orelse, []


def shorter(node: ast.expr) -> ast.expr:
    """A condition without the truth values beside it; itself where there are none.

    What is not a truth for sure stays: ``flag == True`` is not ``flag`` where that is a number or a text.
    """
    if isinstance(node, ast.Compare):
        return _compared(node)
    if isinstance(node, ast.BoolOp):
        return _joined(node)
    doubled = isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not) and _is_not(node.operand)
    return cast("ast.UnaryOp", cast("ast.UnaryOp", node).operand).operand if doubled else node


def _compared(node: ast.Compare) -> ast.expr:
    if len(node.ops) != 1:
        return node
    asked, value = node.left, node.comparators[0]
    if _truth(asked) is not None:
        asked, value = value, asked
    said = _truth(value)
    if said is None or not _is_truth(asked) or not isinstance(node.ops[0], (*_SAME, *_OTHER)):
        return node
    return asked if said is isinstance(node.ops[0], _SAME) else _negated(asked)


def _joined(node: ast.BoolOp) -> ast.expr:
    """``a < b`` for ``a < b or False`` and for ``a < b and True``."""
    neutral = isinstance(node.op, ast.And)
    kept = [value for value in node.values if _truth(value) is not neutral]
    if len(kept) == len(node.values) or not kept or not all(map(_is_truth, kept)):
        return node
    return kept[0] if len(kept) == 1 else ast.copy_location(ast.BoolOp(node.op, kept), node)


def _does_nothing_first(node: ast.If) -> bool:
    """Tells whether all that a choice does stands in its ``else``, which is not one of several cases."""
    idle = len(node.body) == 1 and isinstance(node.body[0], ast.Pass) and bool(node.orelse)
    return idle and not isinstance(node.orelse[0], ast.If)


def _negated(node: ast.expr) -> ast.expr:
    """The opposite of a condition."""
    if _is_not(node):
        return cast("ast.UnaryOp", node).operand
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in _INVERSE:
        inverse = _INVERSE[type(node.ops[0])]()
        return ast.copy_location(ast.Compare(node.left, [inverse], node.comparators), node)
    return ast.copy_location(ast.UnaryOp(ast.Not(), node), node)


def _is_truth(node: ast.expr) -> bool:
    """Tells whether an expression is True or False for sure, and nothing that only counts as such.

    Comparisons of arrays give arrays, of which nobody asks whether they are ``True``.
    """
    if isinstance(node, ast.BoolOp):
        return all(isinstance(value, ast.Compare) or _is_not(value) for value in node.values)
    return isinstance(node, ast.Compare) or _is_not(node)


def _is_not(node: ast.expr) -> bool:
    return isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)


def _truth(node: ast.expr) -> bool | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, bool) else None
