"""The rule asked-too-late."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Severity
from quality.rules import AstRule, Invalid, Valid, shorten
from quality_rules._called import is_name, is_none
from quality_rules._constants import TURNED

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Parts of an expression that may not be evaluated when it is.
_LATER = (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.IfExp)
#: More parts of one condition are not compared.
_MOST = 12


class AskedTooLate(AstRule):
    """A condition uses a value before it asks whether it may, or where it may not.

    ## What it does
    Reports `rows[i] != 0 and i < len(rows)` and `user.active and user is not None`, whose second part was to guard the first; and
    `name is None and name.strip()`, `not rows and rows[0]`, whose second part is evaluated only where it cannot be. With
    `or` it is the other way around: `user is not None or user.active`.

    ## Why is this bad
    Parts of a condition are evaluated from left to right, and no further than needed. This one raises IndexError, TypeError or
    AttributeError in the very case that it asks about.

    ## Example
    ```python
    def skip_zeros(rows, i):
        while rows[i] == 0 and i < len(rows):
            i += 1
        return i
    ```

    ## Use instead
    ```python
    def skip_zeros(rows, i):
        while i < len(rows) and rows[i] == 0:
            i += 1
        return i
    ```

    ## References
    - [Python documentation: boolean operations](https://docs.python.org/3/reference/expressions.html#boolean-operations)
    """

    dimension = "reliability"
    severity = Severity.ERROR
    effort = 2

    VALID = (
        Valid("if i < len(rows) and rows[i] == 0:\n    stop()"),
        Valid("if user is None or not user.active:\n    stop()"),
        Valid("if text[0] == '-' and len(text) > 1:\n    stop()", "It asks for another entry"),
        Valid("if rows[i] == 0 and i < len(other) and j < len(rows):\n    stop()", "Of others"),
        Valid("if not rows and rows.limit:\n    stop()", "Something empty has attributes"),
        Valid("if not text and text[1:] == '':\n    stop()", "A slice may be empty"),
        Valid("if user is None and (user := find()).active:\n    stop()", "It is found there"),
        Valid("if find(user.name) and other is not None:\n    stop()"),
        Valid("if any(user.active for user in users) and user is not None:\n    stop()", "Another one"),
    )
    INVALID = (
        Invalid(
            "while rows[i] != 0 and i < len(rows):\n    i += 1",
            ("1:7-1:37 rows[i] is used before i < len(rows) is asked: turn them around",),
        ),
        Invalid(
            "if user.name == 'a' and user is not None:\n    stop()",
            ("1:4-1:41 user.name is used before user is not None is asked: turn them around",),
        ),
        Invalid(
            "if text[0] == '-' or len(text) == 0:\n    stop()",
            ("1:4-1:36 text[0] is used before len(text) == 0 is asked: turn them around",),
        ),
        Invalid(
            "if name is None and len(name) == 0:\n    stop()",
            ("1:4-1:35 len(name) is used where name is None: 'or' may be meant",),
        ),
        Invalid(
            "done = user is not None or user.done",
            ("1:8-1:37 user.done is used where user is None: 'and' may be meant",),
        ),
        Invalid(
            "if not rows and rows[0] == 1:\n    stop()",
            ("1:4-1:29 rows[0] is used where rows is empty: 'or' may be meant",),
        ),
    )

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        met = isinstance(node.op, ast.And)
        other = "or" if met else "and"
        if any(isinstance(part, ast.NamedExpr) for part in self.facts.within(node)):
            return
        values = node.values[:_MOST]
        for place, part in enumerate(values):
            name, how = _missing(part, met=met)
            for later in values[place + 1 :] if name else ():
                used = next((each for each in self._evaluated(later) if _needs(each, name, how)), None)
                if used is not None:
                    what = f"{name} is {'None' if how == 'none' else 'empty'}"
                    self.report(node, f"{_shown(used)} is used where {what}: {other!r} may be meant")
                    return
            for earlier in values[:place] if _is_comparison(part) else ():
                used = next(
                    (each for each in self._evaluated(earlier) if _is_guarded(each, part, met=met)), None
                )
                if used is not None:
                    asked = shorten(ast.unparse(part))
                    self.report(node, f"{_shown(used)} is used before {asked} is asked: turn them around")
                    return

    def _evaluated(self, node: ast.expr) -> Iterator[ast.expr]:
        """The parts of an expression that are evaluated whenever it is."""
        pending: list[ast.AST] = [node]
        while pending:
            part = pending.pop()
            if isinstance(part, _LATER):
                continue
            if isinstance(part, ast.expr):
                yield part
            pending += part.values[:1] if isinstance(part, ast.BoolOp) else ast.iter_child_nodes(part)


def _missing(test: ast.expr, *, met: bool) -> tuple[str, str]:
    """Which name is None or empty where the next part is evaluated, and which of the two; empty for another condition."""
    name, is_none = _asks_none(test)
    if name:
        return (name, "none") if is_none is met else ("", "")
    negated = isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not)
    plain = test.operand if negated else test  # type: ignore[attr-defined]
    return (plain.id, "empty") if isinstance(plain, ast.Name) and negated is met else ("", "")


def _asks_none(test: ast.expr) -> tuple[str, bool]:
    """The name that is compared with None, and whether it has to be; empty for another condition."""
    if not _is_comparison(test) or not isinstance(test.left, ast.Name):  # type: ignore[attr-defined]
        return "", False
    operator, other = test.ops[0], test.comparators[0]  # type: ignore[attr-defined]
    if not is_none(other) or not isinstance(operator, ast.Is | ast.IsNot | ast.Eq | ast.NotEq):
        return "", False
    return test.left.id, isinstance(operator, ast.Is | ast.Eq)  # type: ignore[attr-defined]


def _needs(node: ast.expr, name: str, how: str) -> bool:
    """Tells whether an expression cannot be evaluated where a name is None, or is empty."""
    if isinstance(node, ast.Subscript) and is_name(node.value, name):
        return how == "none" or isinstance(node.slice, ast.UnaryOp) or _number(node.slice) is not None
    if how != "none":
        return False
    of_length = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "len"
    if of_length:
        return any(is_name(each, name) for each in node.args)  # type: ignore[attr-defined]
    return isinstance(node, ast.Attribute) and is_name(node.value, name)


def _is_guarded(node: ast.expr, guard: ast.expr, *, met: bool) -> bool:
    """Tells whether a later part asks whether an expression may be evaluated.

    Args:
        node: The expression.
        guard: The later part, a comparison.
        met: Whether it has to be true, as in ``and``.
    """
    name, is_none = _asks_none(guard)
    if name:
        return is_none is not met and _needs(node, name, "none")
    if not isinstance(node, ast.Subscript) or not isinstance(node.value, ast.Name):
        return False
    measured, bound, operator = _length(guard)
    if measured != node.value.id or bound is None:
        return False
    number, asked = _number(bound), _number(node.slice)
    if number is None:
        inside = ast.Gt if met else ast.LtE
        return operator is inside and ast.unparse(bound) == ast.unparse(node.slice)
    last = _last(operator, number, met=met)
    return last is not None and (asked == last or (last == 0 and isinstance(node.slice, ast.UnaryOp)))


def _length(guard: ast.expr) -> tuple[str, ast.expr | None, type[ast.cmpop]]:
    """The name whose length is compared, with what, and how with the length on the left; empty for another condition."""
    left, right = guard.left, guard.comparators[0]  # type: ignore[attr-defined]
    operator = type(guard.ops[0])  # type: ignore[attr-defined]
    if not isinstance(left, ast.Call):
        left, right, operator = right, left, TURNED.get(operator, operator)
    match left:
        case ast.Call(func=ast.Name(id="len"), args=[ast.Name(id=name)]):
            return name, right, operator
    return "", None, operator


def _last(operator: type[ast.cmpop], number: int, *, met: bool) -> int | None:
    """The last place that is there for certain where a length is compared with a number like this."""
    bounds: dict[type[ast.cmpop], int] = (
        {ast.Gt: number, ast.GtE: number - 1, ast.NotEq: 0 if number == 0 else -1}
        if met
        else {ast.LtE: number, ast.Lt: number - 1, ast.Eq: 0 if number == 0 else -1}
    )
    last = bounds.get(operator, -1)
    return last if last >= 0 else None


def _is_comparison(test: ast.expr) -> bool:
    return isinstance(test, ast.Compare) and len(test.ops) == 1


def _number(node: ast.expr) -> int | None:
    return node.value if isinstance(node, ast.Constant) and type(node.value) is int else None


def _shown(node: ast.expr) -> str:
    return shorten(ast.unparse(node))
