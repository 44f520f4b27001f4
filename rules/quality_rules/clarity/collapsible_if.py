"""The rule collapsible-if."""

from __future__ import annotations

import ast

from quality.model import Confidence, Severity
from quality.rules import AstRule, Invalid, Setting, Valid, shorten


class CollapsibleIf(AstRule):
    """Nested ifs or withs could be one.

    ## What it does
    Reports an `if` that holds nothing but another `if`, when neither has an `else`, and a `with` that holds nothing
    but another `with`.

    Conditions that would be hard to read together are fine. Of a `with` in a `with` the confidence is low: many find them easier to
    read one below the other.

    ## Why is this bad
    Each level is one more thing to keep in mind, and the reader looks for what happens between the two: nothing.

    ## Example
    ```python
    if user.active:
        if user.email:
            notify(user)
    ```

    ## Use instead
    ```python
    if user.active and user.email:
        notify(user)
    ```

    ## References
    - [Refactoring: consolidate conditional expression](https://refactoring.com/catalog/consolidateConditionalExpression.html)
    """

    dimension = "clarity"
    severity = Severity.NOTE
    effort = 1

    most_operands = Setting(4, "Most operands that the condition would have when put together.", minimum=2)

    VALID = (
        Valid("if a:\n    if b:\n        f()\n    g()"),
        Valid("if a:\n    if b:\n        f()\n    else:\n        g()", "An else belongs to one of them"),
        Valid("if a and b and c:\n    if d and e:\n        f()", "A long condition"),
        Valid("if a:\n    f()\nelif b:\n    if c:\n        g()\nelse:\n    h()", "Part of a chain"),
    )
    INVALID = (
        Invalid(
            "if a:\n    if b:\n        if c:\n            f()",
            ("1:1-1:5 this if holds nothing but if b: join the conditions with and",),
            fixed="if a and b and c:\n    f()",
        ),
        Invalid(
            "with a:\n    with b as c:\n        f(c)",
            ("1:1-2:16 this with holds nothing but with b: list both in one with statement",),
            fixed="with a, b as c:\n    f(c)",
        ),
    )

    def visit_If(self, node: ast.If) -> None:
        above = self.facts.parent(node)
        if isinstance(above, ast.If) and (node in above.orelse or _only(above) is node):
            return
        held: list[ast.If] = []
        operands = _operands(node.test)
        while (inner := _only(held[-1] if held else node)) is not None:
            held.append(inner)
            operands += _operands(inner.test)
        if held and operands <= self.most_operands:
            shown = shorten(ast.unparse(held[0].test))
            self.report(
                node, f"this if holds nothing but if {shown}: join the conditions with and", until=node.test
            )

    def visit_With(self, node: ast.With | ast.AsyncWith) -> None:
        inner, above = node.body[0], self.facts.parent(node)
        nested = type(above) is type(node) and len(getattr(above, "body", ())) == 1
        if len(node.body) == 1 and isinstance(inner, type(node)) and not nested:
            last = inner.items[-1].optional_vars or inner.items[-1].context_expr
            shown = shorten(ast.unparse(inner.items[0].context_expr))
            self.report(
                node,
                f"this with holds nothing but with {shown}: list both in one with statement",
                until=last,
                confidence=Confidence.LOW,
            )


def _only(node: ast.If) -> ast.If | None:
    """The if without else that is all that an if without else holds."""
    inner = node.body[0]
    if node.orelse or len(node.body) > 1 or not isinstance(inner, ast.If) or inner.orelse:
        return None
    return inner


def _operands(test: ast.expr) -> int:
    if not isinstance(test, ast.BoolOp):
        return 1
    # What is not joined by "and" would need parentheses: it counts double.
    return len(test.values) * (1 if isinstance(test.op, ast.And) else 2)
