"""The rule spelled-out-or."""

from __future__ import annotations

import ast

from quality.model import Severity
from quality.rules import AstRule, Invalid, Valid, dotted_name


class SpelledOutOr(AstRule):
    """A conditional expression stands for `or`.

    ## What it does
    Reports `name if name else other` and `other if not name else name`, for names and attributes.

    ## Why is this bad
    The value is written twice, and the reader has to compare the two.

    ## Example
    ```python
    title = given if given else "untitled"
    ```

    ## Use instead
    ```python
    title = given or "untitled"
    ```
    """

    dimension = "clarity"
    severity = Severity.NOTE
    effort = 1
    weight = 0.5

    VALID = (
        Valid("x = a if b else c"),
        Valid("x = a if a is not None else b"),
        Valid("x = f() if f() else b", "It may give something else the second time"),
        Valid("x = None if a else b"),
    )
    INVALID = (
        Invalid("x = a if a else b", ("1:5-1:18 the conditional stands for 'a or ...'",)),
        Invalid("x = b if not a.c else a.c", ("1:5-1:26 the conditional stands for 'a.c or ...'",)),
    )

    def visit_IfExp(self, choice: ast.IfExp) -> None:
        asked, kept = choice.test, choice.body
        if isinstance(asked, ast.UnaryOp) and isinstance(asked.op, ast.Not):
            asked, kept = asked.operand, choice.orelse
        name = dotted_name(asked)
        if name and name == dotted_name(kept):
            self.report(choice, f"the conditional stands for '{name} or ...'")
