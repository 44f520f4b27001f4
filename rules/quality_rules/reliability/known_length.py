"""The rule known-length."""

from __future__ import annotations

import ast

from quality.model import Severity
from quality.rules import AstRule, Invalid, Valid
from quality_rules._constants import TURNED, whole_number


class KnownLength(AstRule):
    """A length is compared with what it always, or never, is.

    ## What it does
    Reports `len(x) >= 0`, `len(x) < 0`, and lengths that are compared with a negative number.

    ## Why is this bad
    No length is below zero, so the answer is known, and what was meant to be asked is not: mostly whether there is anything.

    ## Example
    ```python
    def first(rows):
        if len(rows) >= 0:
            return rows[0]
        return None
    ```

    ## Use instead
    ```python
    def first(rows):
        if rows:
            return rows[0]
        return None
    ```

    ## References
    - [Python documentation: len](https://docs.python.org/3/library/functions.html#len)
    """

    dimension = "reliability"
    severity = Severity.ERROR
    effort = 1
    needs = frozenset({"len"})

    VALID = (
        Valid("if len(x) > 0 or 0 < len(y) or len(z) == 0 or len(x) <= 0 or len(x) >= 1:\n    stop()"),
        Valid(
            "def f(rows):\n    left = len(rows)\n    while left >= 0:\n        left -= 1",
            "It is counted down",
        ),
        Valid("if len(x) - 1 >= 0 or depth >= 0:\n    stop()"),
    )
    INVALID = (
        Invalid(
            "if len(rows) < 0 or 0 <= len(rows):\n    stop()",
            (
                "1:4-1:17 no length is below 0, so this is False always: ask whether there is anything",
                "1:21-1:35 no length is below 0, so this is True always: ask whether there is anything",
            ),
        ),
        Invalid(
            "def f(rows):\n    size = len(rows)\n    return size == -1 or size > -1",
            (
                "3:12-3:22 no length is below 0, so this is False always: ask whether there is anything",
                "3:26-3:35 no length is below 0, so this is True always: ask whether there is anything",
            ),
        ),
    )

    def visit_Compare(self, node: ast.Compare) -> None:
        if len(node.ops) != 1:
            return
        sign, left, right = type(node.ops[0]), node.left, node.comparators[0]
        if whole_number(left) is not None:
            sign, left, right = TURNED.get(sign, sign), right, left
        bound = whole_number(right)
        length = left if self._is_counted(left) else self.facts.only_value(left)
        if bound is None or not isinstance(length, ast.Call) or not self.facts.is_builtin(length.func, "len"):
            return
        known = (bound == 0 and sign in {ast.Lt, ast.GtE}) or (
            bound < 0 and sign in {ast.Eq, ast.NotEq, *TURNED}
        )
        if known:
            answer = sign in {ast.GtE, ast.Gt, ast.NotEq}
            self.report(
                node, f"no length is below 0, so this is {answer} always: ask whether there is anything"
            )

    def _is_counted(self, node: ast.expr) -> bool:
        """Tells whether something is added to a name, or taken from it."""
        changed = (each.target for each in self.facts.of(ast.AugAssign))
        name = node.id if isinstance(node, ast.Name) else ""
        return any(isinstance(each, ast.Name) and each.id == name for each in changed)
