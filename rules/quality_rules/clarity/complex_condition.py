"""The rule complex-condition."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity
from quality.rules import AstRule, Invalid, Setting, Valid

if TYPE_CHECKING:
    from collections.abc import Iterator


class ComplexCondition(AstRule):
    """A condition has too many parts to see when it holds.

    ## What it does
    Reports conditions that mix `and` and `or` over four operands or more, and plain chains of six or more.

    Special methods such as `__eq__`, which compare field by field, are fine.

    ## Why is this bad
    Nobody knows at once when it is true, nobody tests all the ways, and what it means for the program is said
    nowhere. A name says it.

    ## Example
    ```python
    if (age >= 18 and country == "AT") or (age >= 16 and licence and not revoked):
        allow()
    ```

    ## Use instead
    ```python
    if is_of_age(driver) or has_early_licence(driver):
        allow()
    ```

    ## References
    - [Refactoring: decompose conditional](https://refactoring.com/catalog/decomposeConditional.html)
    """

    dimension = "clarity"
    confidence = Confidence.MEDIUM
    effort = 10
    as_written = True
    equivalents = ("pylint:too-many-boolean-expressions",)

    fewest_mixed = Setting(4, "Fewest operands of a condition with and and or.", minimum=2)
    fewest_plain = Setting(6, "Fewest operands of a condition with one of the two.", minimum=2)

    VALID = (
        Valid("if a and b and c and d:\n    f()"),
        Valid("if a and (b or c):\n    f()"),
        Valid(
            "class P:\n    def __eq__(self, o):\n        return self.a == o.a and (self.b == o.b or (self.c == o.c and o.d))"
        ),
    )
    INVALID = (
        Invalid(
            "if (a and b) or (c and not d):\n    f()",
            ("1:4-1:30 4 conditions are mixed with and and or: give the parts names",),
        ),
        Invalid(
            "x = a or b or c or d or e or f",
            ("1:5-1:31 6 conditions in a row: give the parts names",),
        ),
    )

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        above = self.facts.parent(node)
        if isinstance(above, ast.BoolOp) or _is_not(above):
            return
        operators = {type(node.op)}
        count = 0
        for operand in _operands(node):
            if isinstance(operand, ast.BoolOp):
                operators.add(type(operand.op))
            else:
                count += 1
        mixed = len(operators) > 1
        if count < (self.fewest_mixed if mixed else self.fewest_plain) or self._is_special(node):
            return
        slight = count == (self.fewest_mixed if mixed else self.fewest_plain)
        what = "conditions are mixed with and and or" if mixed else "conditions in a row"
        severity = Severity.NOTE if slight else Severity.WARNING
        self.report(node, f"{count} {what}: give the parts names", severity=severity)

    def _is_special(self, node: ast.AST) -> bool:
        function = self.facts.function(node)
        return function is not None and function.name.startswith("__") and function.name != "__init__"


def _operands(node: ast.BoolOp) -> Iterator[ast.expr]:
    """All operands, those of operands that are and, or, not included."""
    pending: list[ast.expr] = list(node.values)
    while pending:
        operand = pending.pop()
        while isinstance(operand, ast.UnaryOp) and isinstance(operand.op, ast.Not):
            operand = operand.operand
        yield operand
        if isinstance(operand, ast.BoolOp):
            pending += operand.values


def _is_not(node: ast.AST | None) -> bool:
    return isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)
