"""The rule float-equality."""

from __future__ import annotations

import ast
from fractions import Fraction

from quality.model import Confidence
from quality.rules import LOOPS, AstRule, Invalid, Valid, parameters, shorten

#: Functions that return a rounded number.
_ROUNDED = frozenset({"math.sqrt", "math.sin", "math.cos", "math.tan", "math.log", "math.exp", "math.pow"})


class FloatEquality(AstRule):
    """Floating-point numbers are compared for equality.

    ## What it does
    Reports `==` and `!=` with a written number that binary fractions cannot hold (`0.1`), with a sum, product
    or quotient of such numbers, with the result of `math.sqrt` and the like, and of a sum that a loop adds up from `0.0`.

    Comparisons with whole numbers and exact fractions (`0.0`, `0.5`), which often serve as marks, are fine.
    So are tests. An attribute may be just the number that is written there, as a default is: the confidence is low.

    ## Why is this bad
    `0.1 + 0.2 == 0.3` is false. Whether two such numbers are equal hangs on the order of the operations and
    on the machine; large squares are not even found by `math.sqrt`.

    ## Example
    ```python
    def is_discounted(rate):
        return rate == 0.15
    ```

    ## Use instead
    ```python
    def is_discounted(rate):
        return math.isclose(rate, 0.15)
    ```

    ## References
    - [Python tutorial: floating-point arithmetic](https://docs.python.org/3/tutorial/floatingpoint.html)
    """

    dimension = "reliability"
    confidence = Confidence.MEDIUM

    VALID = (
        Valid("if ratio == 0.5 or total == 0.0:\n    stop()", "Exact"),
        Valid("assert price == 0.15", "A test", role="test"),
        Valid(
            "def f(rows):\n    total = 0.0\n    for row in rows:\n        total += row\n    return total == 0",
            "Nothing was added",
        ),
        Valid("import math\n\nsquare = math.isqrt(n) ** 2 == n", "Whole numbers"),
    )
    INVALID = (
        Invalid(
            "def f(rows, goal):\n    total = 0.0\n    for row in rows:\n        total += row.price\n    return total == goal",
            ("5:12-5:25 total == goal compares rounded numbers: use math.isclose()",),
        ),
        Invalid(
            "if a + 0.2 == total:\n    stop()",
            ("1:4-1:20 a + 0.2 == total compares rounded numbers: use math.isclose()",),
        ),
        Invalid(
            "import math\n\nwhole = math.sqrt(n) == int(math.sqrt(n))",
            ("3:9-3:42 math.sqrt(n) == int(math.sqrt(n)) compares rounded numbers: use math.isqrt()",),
        ),
    )

    def visit_Compare(self, node: ast.Compare) -> None:
        if (
            self.source.role == "test"
            or not isinstance(node.ops[0], (ast.Eq, ast.NotEq))
            or len(node.ops) > 1
        ):
            return
        sides = [node.left, node.comparators[0]]
        if any(isinstance(side, ast.Constant) and not isinstance(side.value, int | float) for side in sides):
            return
        roots = [side for side in sides if self._is_root(side)]
        summed = not any(isinstance(side, ast.Constant) for side in sides) and any(
            map(self._is_summed, sides)
        )
        if roots or summed or any(self._is_rounded(side) for side in sides):
            use = "math.isqrt()" if roots else "math.isclose()"
            kept = {type(side) for side in sides} == {ast.Attribute, ast.Constant}
            self.report(
                node,
                f"{shorten(ast.unparse(node), 60)} compares rounded numbers: use {use}",
                confidence=Confidence.LOW if kept else None,
            )

    def _is_summed(self, node: ast.expr) -> bool:
        """Tells whether a name stands for a number with a fraction to which a loop adds what is not written out."""
        function = self.facts.function(node)
        if not isinstance(node, ast.Name) or function is None or node.id in parameters(function):
            return False
        values = self.facts.values(node, node.id)
        sums = [
            value
            for value in values
            if isinstance(value, ast.BinOp) and node.id in self.facts.names_in(value)
        ]
        first = [value for value in values if value is not None and value not in sums]
        if not first or not all(
            isinstance(each, ast.Constant) and type(each.value) is float for each in first
        ):
            return False
        above = (self.facts.parent(load) for load in self.facts.names(function).loads[node.id])
        added = [
            each
            for each in above
            if isinstance(each, ast.AugAssign) and not isinstance(each.value, ast.Constant)
        ]
        return any(
            isinstance(around, LOOPS) for each in [*added, *sums] for around in self.facts.ancestors(each)
        )

    def _is_root(self, node: ast.AST) -> bool:
        return isinstance(node, ast.Call) and self.facts.origin(node.func) == "math.sqrt"

    def _is_rounded(self, node: ast.AST) -> bool:
        """Tells whether an expression is a number that a binary fraction cannot hold, or made of one."""
        pending = [node]
        while pending:
            entry = pending.pop()
            if (
                isinstance(entry, ast.Constant)
                and isinstance(entry.value, float)
                and _is_inexact(entry.value)
            ):
                return True
            if isinstance(entry, ast.BinOp) and isinstance(entry.op, ast.Add | ast.Sub | ast.Mult | ast.Div):
                pending += [entry.left, entry.right]
            elif isinstance(entry, ast.UnaryOp):
                pending.append(entry.operand)
            elif isinstance(entry, ast.Call) and self.facts.origin(entry.func) in _ROUNDED:
                return True
        return False


def _is_inexact(value: float) -> bool:
    """Tells whether the shortest way to write a number is not its value."""
    if value != value or value in {float("inf"), float("-inf")}:  # noqa: PLR0124 - that is how to ask for NaN
        return False
    return Fraction(repr(value)) != Fraction(value)
