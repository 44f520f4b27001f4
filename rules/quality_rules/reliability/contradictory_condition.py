"""The rule contradictory-condition."""

from __future__ import annotations

import ast
from itertools import combinations, product

from quality.model import Severity
from quality.rules import AstRule, Invalid, Valid, shorten
from quality_rules.reliability._outcomes import Asked, asked_in, whole

#: More comparisons in one condition are not compared.
_MOST = 20


class ContradictoryCondition(AstRule):
    """Two parts of a condition are never true together, or one of them always is.

    ## What it does
    Reports `and` between comparisons of the same value that exclude each other (`age < 0 and age > 120`,
    `kind == "a" and kind == "b"`, `year % 100 != 0 and year % 400 == 0`), `or` of which one side is true whatever the value is
    (`kind != "a" or kind != "b"`), and ranges without a number in them (`10 < x < 5`).

    So are the two conditions of an `if` that begins with another `if`.

    Comparisons with what is not written there are left alone, and so are tests.

    ## Why is this bad
    The condition has one outcome, so the branch is taken always or never. `and` was written for `or`, or the
    other way around, or a bracket is missing.

    ## Example
    ```python
    def check(age):
        if age < 0 and age > 120:
            raise ValueError(age)
    ```

    ## Use instead
    ```python
    def check(age):
        if age < 0 or age > 120:
            raise ValueError(age)
    ```

    ## References
    - [CWE-570: expression is always false](https://cwe.mitre.org/data/definitions/570.html)
    - [CWE-571: expression is always true](https://cwe.mitre.org/data/definitions/571.html)
    """

    dimension = "reliability"
    severity = Severity.ERROR
    effort = 5
    cwe = 570
    equivalents = ("pylint:impossible-comparison", "pylint:chained-comparison")

    VALID = (
        Valid("if x < 0 or x > 120:\n    stop()"),
        Valid("if kind != 'a' and kind != 'b':\n    stop()"),
        Valid("leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)"),
        Valid("if x.left == 1 and x.right == 2 and f(x) == 1 and f(x) == 2:\n    stop()", "Not the same"),
        Valid("if x >= 1 and x <= 1 or x != 3:\n    stop()", "One number is left"),
        Valid("if n % 4 == 0 and n % 6 == 2:\n    stop()", "8 is one"),
        Valid("if row[i] == 1 and row[j] == 2 and 0 < x < 9:\n    stop()"),
        Valid("if x == 1:\n    x = f()\n    if x == 2:\n        stop()", "It has changed"),
        Valid("assert x == 1 and x == 2", role="test"),
    )
    INVALID = (
        Invalid(
            "def is_leap(year):\n    return year % 4 == 0 and year % 100 != 0 and year % 400 == 0",
            ("2:12-2:65 never true: of year % 100 != 0 and year % 400 == 0 one is false",),
        ),
        Invalid(
            "if kind != 'a' or kind != 'b':\n    stop()",
            ("1:4-1:30 always true: of kind != 'a' and kind != 'b' one is true",),
        ),
        Invalid(
            "if len(rows) == 0 and len(rows) > 5:\n    stop()",
            ("1:4-1:36 never true: of len(rows) == 0 and len(rows) > 5 one is false",),
        ),
        Invalid(
            "if year % 100 != 0:\n    if year % 400 == 0:\n        stop()",
            ("2:8-2:23 never true: year % 400 == 0 is false where year % 100 != 0 is true",),
        ),
        Invalid("inside = 10 < x < 5", ("1:10-1:20 never true: of x > 10 and x < 5 one is false",)),
        Invalid(
            "if x < 10 or not x <= 5:\n    stop()", ("1:4-1:24 always true: of x < 10 and x > 5 one is true",)
        ),
    )

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        above = self.facts.parent(node)
        if isinstance(above, ast.BoolOp) and type(above.op) is type(node.op):
            return
        if isinstance(node.op, ast.And):
            self._check(node, list(asked_in(node)))
        else:
            found = map(whole, node.values)
            self._check(node, [asked.opposite for asked in found if asked is not None], turned=True)

    def visit_If(self, node: ast.If) -> None:
        first = node.body[0]
        if isinstance(first, ast.If):
            outer, inner = list(asked_in(node.test)), list(asked_in(first.test))
            pairs = product(outer, inner) if len(outer) + len(inner) <= _MOST else ()
            pair = next((pair for pair in pairs if pair[0].excludes(pair[1])), None)
            if pair is not None and self.source.role != "test":
                known, asked = (shorten(each.shown) for each in pair)
                self.report(first.test, f"never true: {asked} is false where {known} is true")

    def visit_Compare(self, node: ast.Compare) -> None:
        if len(node.ops) > 1 and not isinstance(self.facts.parent(node), ast.BoolOp):
            self._check(node, list(asked_in(node)))

    def _check(self, node: ast.expr, asked: list[Asked], *, turned: bool = False) -> None:
        """Reports two that are never true together.

        Args:
            node: The condition.
            asked: What has to be true for it to be; what has to be for it not to be where it is turned.
            turned: Whether that is so.
        """
        if len(asked) > _MOST or self.source.role == "test":
            return
        for one, two in combinations(asked, 2):
            if one.excludes(two):
                shown = " and ".join(
                    shorten(each.opposite.shown if turned else each.shown) for each in (one, two)
                )
                outcome = "always true" if turned else "never true"
                self.report(node, f"{outcome}: of {shown} one is {'true' if turned else 'false'}")
                return
