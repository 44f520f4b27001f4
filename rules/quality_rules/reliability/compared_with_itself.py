"""The rule compared-with-itself."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Severity
from quality.rules import AstRule, Invalid, Valid, same_code, shorten

if TYPE_CHECKING:
    from quality.rules import Facts

#: What is compared.
_SIDES = (ast.Attribute, ast.Subscript)
#: Operators that make the same of any value and itself.
_CANCELLING = (ast.Sub, ast.Div, ast.FloorDiv, ast.Mod)
#: Parts of an expression that may give something else the second time.
_CHANGING = (ast.Call, ast.Await, ast.NamedExpr, ast.Yield, ast.YieldFrom)


class ComparedWithItself(AstRule):
    """A value is compared with itself.

    ## What it does
    Reports comparisons by size or equality of an attribute or an entry with the same one: `rows[i] >= rows[i]`; and a
    difference, quotient or rest of the two: `(a.x - b.x) ** 2 + (a.y - a.y) ** 2`. So it does the sum of an entry beside another
    one and the same: `steps[i - 1] + steps[i - 1]`.

    Calls, which may answer otherwise the second time, comparisons in tests, which may be about `__eq__`, and `x != x`, which finds
    what is not a number, are fine.

    ## Why is this bad
    The answer is the same each time, so the branch is taken always or never. One side was copied and not changed.

    ## Example
    ```python
    def rises(rows):
        return all(rows[i] > rows[i] for i in range(len(rows) - 1))
    ```

    ## Use instead
    ```python
    def rises(rows):
        return all(rows[i + 1] > rows[i] for i in range(len(rows) - 1))
    ```

    ## References
    - [pylint: comparison-with-itself](https://pylint.readthedocs.io/en/stable/user_guide/messages/refactor/comparison-with-itself.html)
    """

    dimension = "reliability"
    severity = Severity.ERROR
    effort = 5
    needs = frozenset(_SIDES)
    equivalents = ("pylint:comparison-with-itself",)

    VALID = (
        Valid("found = rows[i] == rows[j] and a.x <= b.x"),
        Valid("same = next(rows) == next(rows)", "It may answer otherwise"),
        Valid("missing = row.x != row.x", "It finds what is not a number"),
        Valid("assert point.x == point.x", role="test"),
        Valid("same = a == a", "pylint sees names"),
        Valid("size = box.side * box.side + box.left - box.right + next(rows) - next(rows)"),
        Valid("twice = rows[0] + rows[0] + rows[i] + rows[i]", "It may be meant"),
    )
    INVALID = (
        Invalid(
            "far = (a.x - b.x) ** 2 + (a.y - a.y) ** 2",
            ("1:27-1:36 a.y - a.y is the same whatever a.y is: something else is meant, or nothing",),
        ),
        Invalid(
            "ways[i] = ways[i - 1] + ways[i - 1]",
            ("1:11-1:36 ways[i - 1] is added to itself: another entry is meant, or 2 * ways[i - 1]",),
        ),
        Invalid(
            "def f(grid, i, j):\n    if grid[i][j] == grid[i][j]:\n        return 1\n    return 0 < grid[i].n <= grid[i].n",
            (
                "2:8-2:32 grid[i][j] is compared with itself: something else is meant, or nothing",
                "4:12-4:38 grid[i].n is compared with itself: something else is meant, or nothing",
            ),
        ),
    )

    @classmethod
    def concerns(cls, facts: Facts) -> bool:
        """Whether an attribute or entry is compared with something, or computed with."""
        return any(
            isinstance(each.left, _SIDES) or len(each.ops) > 1 for each in facts.of(ast.Compare)
        ) or any(isinstance(each.left, _SIDES) for each in facts.of(ast.BinOp))

    def visit_BinOp(self, node: ast.BinOp) -> None:
        side = node.left
        if not isinstance(side, _SIDES) or self.source.role == "test" or not same_code(side, node.right):
            return
        if any(isinstance(part, _CHANGING) for part in self.facts.within(side)):
            return
        shown = shorten(ast.unparse(side))
        if isinstance(node.op, _CANCELLING):
            what = shorten(ast.unparse(node))
            self.report(node, f"{what} is the same whatever {shown} is: something else is meant, or nothing")
        elif isinstance(node.op, ast.Add) and isinstance(getattr(side, "slice", None), ast.BinOp):
            self.report(node, f"{shown} is added to itself: another entry is meant, or 2 * {shown}")

    def visit_Compare(self, node: ast.Compare) -> None:
        if self.source.role == "test":
            return
        sides = [node.left, *node.comparators]
        for operator, left, right in zip(node.ops, sides[:-1], sides[1:], strict=True):
            compared = isinstance(operator, ast.Eq | ast.Lt | ast.LtE | ast.Gt | ast.GtE)
            if compared and isinstance(left, _SIDES) and same_code(left, right):
                if not any(isinstance(part, _CHANGING) for part in self.facts.within(left)):
                    shown = shorten(ast.unparse(left))
                    self.report(node, f"{shown} is compared with itself: something else is meant, or nothing")
                return
