"""What conditions ask of one value, and whether two of them can be true together."""

from __future__ import annotations

import ast
import math
from typing import TYPE_CHECKING, NamedTuple

from quality.rules import dotted_name
from quality_rules._constants import COMPARISONS, TURNED

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Operator → the one that is true where it is not.
_OPPOSITE: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.GtE,
    ast.GtE: ast.Lt,
    ast.Gt: ast.LtE,
    ast.LtE: ast.Gt,
}
_SIGNS = {ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">="}
_SAME: dict[type[ast.cmpop], type[ast.cmpop]] = {ast.Is: ast.Eq, ast.IsNot: ast.NotEq}
_UPWARDS = (ast.Gt, ast.GtE)
_STRICT = (ast.Gt, ast.Lt)


class Asked(NamedTuple):
    """A comparison of a value, or of what is left of it in a division, with something written.

    Attributes:
        name: What is compared, as it is written.
        modulus: What it is divided by; 0 where it is compared itself.
        operator: How, with the name on the left.
        value: With what.
    """

    name: str
    modulus: int
    operator: type[ast.cmpop]
    value: float | str | None

    @property
    def shown(self) -> str:
        """How it may be written."""
        rest = f" % {self.modulus}" if self.modulus else ""
        return f"{self.name}{rest} {_SIGNS[self.operator]} {self.value!r}"

    @property
    def opposite(self) -> Asked:
        """What is true where this is not."""
        return self._replace(operator=_OPPOSITE[self.operator])

    def excludes(self, other: Asked) -> bool:
        """Tells whether the two are never true together."""
        if self.name != other.name or bool(self.modulus) != bool(other.modulus):
            return False
        if self.modulus and other.modulus != self.modulus:
            return self._leaves_none(other) or other._leaves_none(self)
        if ast.Eq in {self.operator, other.operator}:
            fixed, free = (self, other) if self.operator is ast.Eq else (other, self)
            return not _holds(free.operator, fixed.value, free.value)
        if ast.NotEq in {self.operator, other.operator} or _way(self.operator) == _way(other.operator):
            return False
        low, high = (self, other) if _way(self.operator) > 0 else (other, self)
        if not isinstance(low.value, float | int) or not isinstance(high.value, float | int):
            return False
        strict = low.operator in _STRICT or high.operator in _STRICT
        return low.value > high.value or (low.value == high.value and strict)

    def covers(self, other: Asked) -> bool:
        """Tells whether this is true wherever the other one is."""
        return self.opposite.excludes(other)

    def _leaves_none(self, other: Asked) -> bool:
        """Tells whether no number leaves these two rests."""
        if self.operator is not ast.Eq or not isinstance(self.value, int) or not isinstance(other.value, int):
            return False
        if other.operator is ast.Eq:
            return (self.value - other.value) % math.gcd(self.modulus, other.modulus) != 0
        divides = self.modulus % other.modulus == 0
        return other.operator is ast.NotEq and divides and self.value % other.modulus == other.value


def asked_in(test: ast.expr) -> Iterator[Asked]:
    """What has to be true of single values for a condition to be; what else it asks is left out."""
    if isinstance(test, ast.BoolOp):
        if isinstance(test.op, ast.And):
            for part in test.values:
                yield from asked_in(part)
    elif isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        asked = whole(test.operand) if not isinstance(test.operand, ast.UnaryOp) else None
        if asked is not None:
            yield asked.opposite
    elif isinstance(test, ast.Compare):
        yield from _compared(test)
    elif isinstance(test, ast.BinOp):
        name, modulus = _divided(test)
        if name and modulus:
            yield Asked(name, modulus, ast.NotEq, 0)


def _compared(test: ast.Compare) -> Iterator[Asked]:
    sides = [test.left, *test.comparators]
    for operator, left, right in zip(test.ops, sides[:-1], sides[1:], strict=True):
        asked = _asked(type(operator), left, right)
        if asked is not None:
            yield asked


def whole(test: ast.expr) -> Asked | None:
    """What a condition asks where that is one comparison and nothing else."""
    single = isinstance(test, ast.BinOp | ast.UnaryOp) or (
        isinstance(test, ast.Compare) and len(test.ops) == 1
    )
    return next(asked_in(test), None) if single else None


def _asked(operator: type[ast.cmpop], left: ast.expr, right: ast.expr) -> Asked | None:
    operator = _SAME.get(operator, operator)
    if _is_written(left):
        left, right, operator = right, left, TURNED.get(operator, operator)
    if operator not in _OPPOSITE or not _is_written(right):
        return None
    name, modulus = _divided(left)
    value = _value(right)
    if not name or (modulus and not isinstance(value, int)):
        return None
    return Asked(name, modulus, operator, value)


def _divided(node: ast.expr) -> tuple[str, int]:
    """``("x", 4)`` of ``x % 4``; 0 where it is no rest."""
    if isinstance(node, ast.BinOp):
        divisor = _value(node.right) if _is_written(node.right) else None
        rest = isinstance(node.op, ast.Mod) and isinstance(divisor, int) and divisor > 0
        return (_named(node.left), divisor) if rest else ("", 0)  # type: ignore[return-value]
    return _named(node), 0


def _named(node: ast.expr) -> str:
    """A name, attribute, entry at a written place or length, which gives the same each time; empty for anything else."""
    if isinstance(node, ast.Call):
        of_one = isinstance(node.func, ast.Name) and node.func.id == "len" and len(node.args) == 1
        name = dotted_name(node.args[0]) if of_one and not node.keywords else ""
        return f"len({name})" if name else ""
    if isinstance(node, ast.Subscript):
        name = dotted_name(node.value)
        fixed = isinstance(node.slice, ast.Constant | ast.Name)
        return f"{name}[{ast.unparse(node.slice)}]" if name and fixed else ""
    return dotted_name(node)


def _is_written(node: ast.expr) -> bool:
    negative = isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub)
    plain = node.operand if negative else node  # type: ignore[attr-defined]
    return isinstance(plain, ast.Constant) and (
        type(plain.value) in {int, float}
        or (not negative and (plain.value is None or type(plain.value) is str))
    )


def _value(node: ast.expr) -> float | str | None:
    if isinstance(node, ast.UnaryOp):
        return -node.operand.value  # type: ignore[attr-defined, no-any-return]
    return node.value  # type: ignore[attr-defined, no-any-return]


def _holds(operator: type[ast.cmpop], value: float | str | None, other: float | str | None) -> bool:
    """Whether a comparison of two written values is true, or cannot be told."""
    try:
        return COMPARISONS[operator](value, other)
    except TypeError:
        return True


def _way(operator: type[ast.cmpop]) -> int:
    """1 for what is true of large numbers, -1 for what is true of small ones."""
    return 1 if operator in _UPWARDS else -1
