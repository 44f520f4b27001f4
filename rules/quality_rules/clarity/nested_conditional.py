"""The rule nested-conditional."""

from __future__ import annotations

import ast

from quality.rules import SCOPES, AstRule, Invalid, Valid


class NestedConditional(AstRule):
    """A conditional expression is inside another.

    ## What it does
    Reports `a if x else b if y else c`, and any other conditional expression inside a conditional expression.

    ## Why is this bad
    Nobody sees at once which condition belongs to which value. Statements have lines and indentation for that.

    ## Example
    ```python
    size = "small" if n < 10 else "medium" if n < 100 else "large"
    ```

    ## Use instead
    ```python
    if n < 10:
        size = "small"
    elif n < 100:
        size = "medium"
    else:
        size = "large"
    ```

    ## References
    - [Python documentation: conditional expressions](https://docs.python.org/3/reference/expressions.html#conditional-expressions)
    """

    dimension = "clarity"
    effort = 3

    VALID = (
        Valid("x = a if b else c"),
        Valid("x = a if b else [c if d else e for d in f]", "In a comprehension of its own"),
    )
    INVALID = (
        Invalid(
            "x = a if b else c if d else e",
            ("1:5-1:30 2 conditional expressions are nested: write if and elif, or a function",),
        ),
    )

    def visit_IfExp(self, node: ast.IfExp) -> None:
        if self._outer(node) is None:
            inside = [n for n in self.facts.within(node)[1:] if isinstance(n, ast.IfExp)]
            nested = [inner for inner in inside if self._outer(inner) is not None]
            if nested:
                number = len(nested) + 1
                self.report(
                    node, f"{number} conditional expressions are nested: write if and elif, or a function"
                )

    def _outer(self, node: ast.AST) -> ast.IfExp | None:
        """The conditional expression that one is part of, without a comprehension or call's own scope between."""
        for above in self.facts.ancestors(node):
            if isinstance(above, ast.IfExp):
                return above
            if isinstance(above, (*SCOPES, ast.stmt, ast.comprehension, ast.ListComp, ast.GeneratorExp)):
                return None
        return None
