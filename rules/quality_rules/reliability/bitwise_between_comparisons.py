"""The rule bitwise-between-comparisons."""

from __future__ import annotations

import ast

from quality.model import Severity
from quality.rules import AstRule, Invalid, Valid, shorten

_SIGNS = {ast.BitAnd: "&", ast.BitOr: "|"}


class BitwiseBetweenComparisons(AstRule):
    """A sign for bits binds tighter than the comparisons around it.

    ## What it does
    Reports `&` and `|` between two comparisons without parentheses: `a > 1 & b < 5`.

    ## Why is this bad
    Python reads `a > (1 & b) < 5`. Neither comparison is what it looks like, and no error says so.

    ## Example
    ```python
    def is_open(hour, day):
        return hour > 8 & day < 6
    ```

    ## Use instead
    ```python
    def is_open(hour, day):
        return hour > 8 and day < 6
    ```

    ## References
    - [Python documentation: operator precedence](https://docs.python.org/3/reference/expressions.html#operator-precedence)
    """

    dimension = "reliability"
    severity = Severity.ERROR
    effort = 2
    needs = frozenset({ast.Compare})

    VALID = (
        Valid("ready = (a > 1) & (b < 5)"),
        Valid("ready = a & 1 == 0"),
        Valid("ready = 0 < flags & mask"),
        Valid("ready = 0 <= low | high <= 255", "One number, between two others"),
    )
    INVALID = (
        Invalid("ready = a > 1 & b < 5", ("1:9-1:22 a > 1 & b < 5 is a > (1 & b) < 5: write 'and'",)),
        Invalid(
            "ready = row['a'] == 1 | row['b'] == 2",
            ("1:9-1:38 row['a'] == 1 | row['b'] == 2 is row['a'] == (1 | row['b']) == 2: write 'or'",),
        ),
    )

    def visit_Compare(self, node: ast.Compare) -> None:
        if len(node.ops) < 2:  # noqa: PLR2004
            return
        for middle in node.comparators[:-1]:
            # Of bits, a number is taken with a number: here a written one stands before a name.
            match middle:
                case ast.BinOp(left=ast.Constant(), right=ast.Constant()):
                    continue
                case ast.BinOp(left=ast.Constant(), op=ast.BitAnd() | ast.BitOr() as operator):
                    sign = _SIGNS[type(operator)]
                case _:
                    continue
            shown = ast.unparse(node)
            inner = ast.unparse(middle)
            word = "and" if sign == "&" else "or"
            self.report(
                node,
                f"{shorten(shown, 60)} is {shorten(shown.replace(inner, f'({inner})'), 60)}: write '{word}'",
            )
            return
