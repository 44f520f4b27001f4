"""The rule fractional-position."""

from __future__ import annotations

import ast

from quality.model import Severity
from quality.rules import AstRule, Invalid, Valid, shorten


class FractionalPosition(AstRule):
    """A quotient by / is used as a position.

    ## What it does
    Reports `range(n / 2)`, `rows[len(rows) / 2]` and the same in slices.

    Keys of a mapping, and paths that are joined by `/`, are fine.

    ## Why is this bad
    `/` always gives a fraction, `4 / 2` too, and neither lists nor `range` take one: the line raises `TypeError`.

    ## Example
    ```python
    def middle(rows):
        return rows[len(rows) / 2]
    ```

    ## Use instead
    ```python
    def middle(rows):
        return rows[len(rows) // 2]
    ```

    ## References
    - [Python documentation: binary arithmetic operations](https://docs.python.org/3/reference/expressions.html#binary-arithmetic-operations)
    """

    dimension = "reliability"
    severity = Severity.ERROR
    effort = 1
    needs = frozenset({ast.BinOp})

    VALID = (
        Valid("range(n // 2)\nrange(int(n / 2))"),
        Valid("def f(rates, a, b):\n    return rates[a / b]", "A key"),
        Valid("def f(files, root):\n    return files[root / 'a']", "A path"),
    )
    INVALID = (
        Invalid("for i in range(1, n / 2):\n    print(i)", ("1:19-1:24 n / 2 is a fraction: divide by //",)),
        Invalid(
            "def f(rows):\n    half = len(rows) / 2\n    return rows[len(rows) / 2], rows[:half]",
            (
                "3:17-3:30 len(rows) / 2 is a fraction: divide by //",
                "3:39-3:43 half is a fraction: divide by //",
            ),
        ),
    )

    def visit_Call(self, call: ast.Call) -> None:
        if self.facts.is_builtin(call.func, "range"):
            for given in call.args:
                self._check(given)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        if isinstance(node.slice, ast.Slice):
            for bound in (node.slice.lower, node.slice.upper, node.slice.step):
                self._check(bound)
        elif self._is_half(node.slice):
            self._check(node.slice)

    def _check(self, given: ast.expr | None) -> None:
        value = self.facts.only_value(given) if given is not None else None
        if given is not None and isinstance(value, ast.BinOp) and isinstance(value.op, ast.Div):
            self.report(given, f"{shorten(ast.unparse(given))} is a fraction: divide by //")

    def _is_half(self, given: ast.expr) -> bool:
        """Tells whether a quotient is one of a length: what else is divided may be a key."""
        value = self.facts.only_value(given)
        if not isinstance(value, ast.BinOp) or not isinstance(value.op, ast.Div):
            return False
        return any(
            isinstance(part, ast.Call) and self.facts.is_builtin(part.func, "len")
            for part in self.facts.within(value.left)
        )
