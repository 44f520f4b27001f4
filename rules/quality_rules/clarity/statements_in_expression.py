"""The rule statements-in-expression."""

from __future__ import annotations

import ast

from quality.rules import AstRule, Invalid, Valid


class StatementsInExpression(AstRule):
    """Statements are lined up in a tuple of which one element is taken.

    ## What it does
    Reports tuples and lists that call or assign something and of which one element, by its number, is taken at once:
    `(first(), second())[-1]`.

    ## Why is this bad
    The other elements are there for what they do, so these are statements, in a place where nobody expects any,
    and a debugger cannot stop between them.

    ## Example
    ```python
    return (total := sum(rows), count := len(rows), total / count)[-1]
    ```

    ## Use instead
    ```python
    total = sum(rows)
    count = len(rows)
    return total / count
    ```
    """

    dimension = "clarity"
    effort = 2

    VALID = (
        Valid("x = ('no', 'yes')[flag]"),
        Valid("x = (a, b)[0]", "Nothing is done"),
        Valid("x = f()[0]"),
    )
    INVALID = (
        Invalid(
            "x = (a := f(), b := g(a), a + b)[-1]",
            ("1:5-1:37 statements are lined up in an expression: write them as statements",),
        ),
    )

    def visit_Subscript(self, node: ast.Subscript) -> None:
        if not isinstance(node.value, ast.Tuple | ast.List) or len(node.value.elts) <= 1:
            return
        number = node.slice.operand if isinstance(node.slice, ast.UnaryOp) else node.slice
        if isinstance(number, ast.Constant) and isinstance(number.value, int):
            acting = (ast.Call, ast.NamedExpr, ast.Await, ast.Yield)
            if any(isinstance(inside, acting) for inside in self.facts.within(node.value)):
                self.report(node, "statements are lined up in an expression: write them as statements")
