"""The rule floored-too-early."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence
from quality.rules import AstRule, Invalid, Valid, shorten

if TYPE_CHECKING:
    from typing import TypeGuard

_PER_CENT = 100
#: What rounds → what it is to do with the quotient.
_ROUNDING = {"math.ceil": "rounded up", "round": "rounded"}


class FlooredTooEarly(AstRule):
    """A quotient loses its fraction before it is used.

    ## What it does
    Reports `math.ceil()` and `round()` of a floor division, and shares that are made a percentage after one
    (`done // total * 100`).

    A floor division by a written number that is multiplied afterwards, as `size // 100 * 100`, is fine.

    ## Why is this bad
    `//` has rounded down already: `ceil(7 // 2)` is 3, and `done // total * 100` is 0 until all is done.

    ## Example
    ```python
    import math

    def pages(rows, size):
        return math.ceil(len(rows) // size)
    ```

    ## Use instead
    ```python
    import math

    def pages(rows, size):
        return math.ceil(len(rows) / size)
    ```

    ## References
    - [Python documentation: binary arithmetic operations](https://docs.python.org/3/reference/expressions.html#binary-arithmetic-operations)
    """

    dimension = "reliability"
    needs = frozenset({ast.BinOp})
    confidence = Confidence.MEDIUM
    effort = 2

    VALID = (
        Valid("import math\n\ndef f(a, b):\n    return math.ceil(a / b), round(a / b), a // b"),
        Valid("def f(size):\n    return size // 100 * 100", "Down to the next hundred"),
        Valid("def f(a, b):\n    return a * 100 // b"),
        Valid("def f(a, b):\n    return round(a // b * 1.5)", "Whole steps"),
    )
    INVALID = (
        Invalid(
            "from math import ceil\n\ndef f(a, b):\n    return ceil(a // b)",
            ("4:12-4:24 a // b has lost its fraction before it is rounded up: divide by /",),
        ),
        Invalid(
            "def f(done, total):\n    share = done // total * 100\n    return round(done // total, 2), share",
            (
                "2:13-2:32 done // total has lost its fraction before it is a percentage: divide by /",
                "3:12-3:35 done // total has lost its fraction before it is rounded: divide by /",
            ),
        ),
    )

    def visit_BinOp(self, node: ast.BinOp) -> None:
        if not isinstance(node.op, ast.Mult):
            return
        for share, factor in ((node.left, node.right), (node.right, node.left)):
            hundred = isinstance(factor, ast.Constant) and factor.value == _PER_CENT
            quotient = self.facts.only_value(share)
            if hundred and _is_floored(quotient) and not isinstance(quotient.right, ast.Constant):
                self._report(node, share, "a percentage")

    def visit_Call(self, call: ast.Call) -> None:
        if not call.args or not _is_floored(self.facts.only_value(call.args[0])):
            return
        builtin = self.facts.is_builtin(call.func, "round")
        what = _ROUNDING.get("round" if builtin else self.facts.origin(call.func))
        if what:
            self._report(call, call.args[0], what)

    def _report(self, place: ast.AST, quotient: ast.expr, what: str) -> None:
        written = shorten(ast.unparse(quotient), 40)
        self.report(place, f"{written} has lost its fraction before it is {what}: divide by /")


def _is_floored(node: ast.expr) -> TypeGuard[ast.BinOp]:
    return isinstance(node, ast.BinOp) and isinstance(node.op, ast.FloorDiv)
