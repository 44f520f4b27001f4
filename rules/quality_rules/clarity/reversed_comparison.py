"""The rule reversed-comparison."""

from __future__ import annotations

import ast

from quality.model import Severity
from quality.rules import AstRule, Invalid, Valid, shorten


class ReversedComparison(AstRule):
    """A constant is compared with a variable, not the variable with the constant.

    ## What it does
    Reports `0 == count` and `"ready" != state`.

    Bounds, such as `0 < count` and `0 == low < high`, are fine: they read as on a line of numbers.

    ## Why is this bad
    It is not how the question is asked: whether the count is 0, not whether 0 is the count. The order comes from
    languages in which a mistyped `=` assigns; in Python that is a syntax error.

    ## Example
    ```python
    if "ready" == state:
        start()
    ```

    ## Use instead
    ```python
    if state == "ready":
        start()
    ```
    """

    dimension = "clarity"
    severity = Severity.NOTE
    effort = 1
    weight = 0.5

    VALID = (
        Valid("x = state == 'ready'"),
        Valid("x = 0 < count"),
        Valid("x = 0 == low < high"),
        Valid("x = 'a' == 'b'"),
    )
    INVALID = (
        Invalid("x = 'ready' == state", ("1:5-1:21 the constant comes first: write state == 'ready'",)),
        Invalid("x = 0 != len(rows)", ("1:5-1:19 the constant comes first: write len(rows) != 0",)),
    )

    def visit_Compare(self, comparison: ast.Compare) -> None:
        if len(comparison.ops) != 1 or not isinstance(comparison.ops[0], (ast.Eq, ast.NotEq)):
            return
        first, second = comparison.left, comparison.comparators[0]
        if isinstance(first, ast.Constant) and not isinstance(second, ast.Constant):
            turned = ast.Compare(second, comparison.ops, [first])
            self.report(comparison, f"the constant comes first: write {shorten(ast.unparse(turned))}")
