"""What tests come out as that nothing from outside decides about."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from quality_rules._constants import COMPARISONS, calculated
from quality_rules._flow._values import EXACT, Value

if TYPE_CHECKING:
    from quality_rules._flow._run import Run

_DEEPEST: Final = 12


def decided(run: Run, test: ast.expr) -> bool | None:
    """What a test always comes out as; None when that is not known.

    Only what the function itself sets is believed: a switch of the module is there to be changed.
    """
    if not run.decides or run.exits:
        return None
    known = computed(run, test, 0)
    return None if known is None else bool(known)


def computed(run: Run, node: ast.expr, depth: int = 0) -> int | str | None:
    """The number or text that an expression always is; None when that is not known."""
    if depth > _DEEPEST:
        return None
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, int | str) else None
    if isinstance(node, ast.Name):
        value = run.state.get(node.id)
        return None if value is None else exact(value)
    if isinstance(node, ast.UnaryOp):
        return _signed(node.op, computed(run, node.operand, depth + 1))
    if isinstance(node, ast.BinOp):
        left, right = (computed(run, part, depth + 1) for part in (node.left, node.right))
        return calculated(node.op, left, right)
    return _compared(run, node, depth) if isinstance(node, ast.Compare) else None


def _compared(run: Run, node: ast.Compare, depth: int) -> bool | None:
    compare = COMPARISONS.get(type(node.ops[0]))
    left, right = (computed(run, part, depth + 1) for part in (node.left, node.comparators[0]))
    alike = isinstance(left, str) is isinstance(right, str)
    known = left is not None and right is not None and alike and len(node.ops) == 1
    return compare(left, right) if compare is not None and known else None


def exact(value: Value) -> int | str | None:
    """The number or text that a value is; None when that is not known."""
    if value.text is None or value.taints or value.unknown:
        return None
    if value.tag == "number":
        return int(value.text)
    return value.text if value.tag == EXACT else None


def _signed(sign: ast.unaryop, value: int | str | None) -> int | None:
    if value is None:
        return None
    if isinstance(sign, ast.Not):
        return not value
    return -value if isinstance(sign, ast.USub) and isinstance(value, int) else None
