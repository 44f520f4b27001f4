"""The rule doubled-operand."""

from __future__ import annotations

import ast

from quality.rules import AstRule, Invalid, Valid, same_code, shorten

#: Operators of which a second one in the same statement is hardly meant.
_OPERATORS = (ast.Add, ast.Sub)


class DoubledOperand(AstRule):
    """A statement that adds to a variable adds the variable once more.

    ## What it does
    Reports `total += total + price` and `left -= left - price`.

    `total += total`, which doubles, and another operator, as in `total += total * rate`, are fine.

    ## Why is this bad
    `+=` adds to what is there already. With the variable on the other side, too, it counts twice, and with `-=` it is gone. Most
    often the statement was once written out, and only half of it was shortened.

    ## Example
    ```python
    def total(prices):
        result = 0
        for price in prices:
            result += result + price
        return result
    ```

    ## Use instead
    ```python
    def total(prices):
        result = 0
        for price in prices:
            result += price
        return result
    ```

    ## References
    - [Python documentation: augmented assignment statements](https://docs.python.org/3/reference/simple_stmts.html#augmented-assignment-statements)
    """

    dimension = "reliability"
    effort = 2
    equivalents = ("quality:manual-total",)

    needs = frozenset({ast.BinOp})

    VALID = (
        Valid("x += x"),
        Valid("x += y + 1"),
        Valid("x += x * y"),
        Valid("x *= x * y"),
        Valid("x += f(x) + 1"),
        Valid("x = x + x + 1", "It is written out"),
    )
    INVALID = (
        Invalid("x += x + 1", ("1:1-1:11 x counts twice: write x += 1, or x = … as a whole",)),
        Invalid("x += 1 + x", ("1:1-1:11 x counts twice: write x += 1, or x = … as a whole",)),
        Invalid("a[i] -= a[i] - b", ("1:1-1:17 a[i] counts twice: write a[i] -= b, or a[i] = … as a whole",)),
    )

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        given, operator = node.value, type(node.op)
        if operator not in _OPERATORS or not isinstance(given, ast.BinOp) or type(given.op) is not operator:
            return
        sides = (given.left, given.right) if operator is ast.Add else (given.left,)
        for side in sides:
            if same_code(side, node.target):
                other = given.right if side is given.left else given.left
                name, sign = ast.unparse(node.target), "+=" if operator is ast.Add else "-="
                self.report(
                    node,
                    f"{name} counts twice: write {name} {sign} {shorten(ast.unparse(other))}, or {name} = … as a whole",
                )
                return
