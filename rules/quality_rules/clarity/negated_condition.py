"""The rule negated-condition."""

from __future__ import annotations

import ast

from quality.model import Confidence, Severity
from quality.rules import TERMINAL, AstRule, Invalid, Valid, shorten


class NegatedCondition(AstRule):
    """A condition is negated although there is an else.

    ## What it does
    Reports `if not x:` with an `else`, the same for `!=`, and `a if not x else b`; and a `not` in front of another
    `not`.

    Chains, branches that leave (a guard), and a short branch before a long one are fine.

    ## Why is this bad
    The else of a negation is a double negation. Swapping the branches says the same without it.

    ## Example
    ```python
    if not order.paid:
        remind(order)
    else:
        ship(order)
    ```

    ## Use instead
    ```python
    if order.paid:
        ship(order)
    else:
        remind(order)
    ```

    ## References
    - [Refactoring: catalogue](https://refactoring.com/catalog/)
    """

    dimension = "clarity"
    severity = Severity.NOTE
    confidence = Confidence.MEDIUM
    effort = 1
    weight = 0.4

    VALID = (
        Valid("if not x:\n    f()"),
        Valid("if not x:\n    f()\nelif y:\n    g()\nelse:\n    h()", "A chain"),
        Valid("if not x:\n    return\nelse:\n    g()", "A guard"),
        Valid("if not x:\n    f()\nelse:\n    g()\n    h()\n    i()\n    j()", "The short case comes first"),
    )
    INVALID = (
        Invalid(
            "if not x:\n    f()\nelse:\n    g()",
            ("1:4-1:9 not x is negated and has an else: swap the branches",),
            fixed="if x:\n    g()\nelse:\n    f()",
        ),
        Invalid(
            "y = 1 if a != b else 2",
            ("1:10-1:16 a != b is negated and has an else: swap the branches",),
            fixed="y = 2 if a == b else 1",
        ),
        Invalid("y = not not x", ("1:5-1:14 x is negated twice: use bool(x)",), fixed="y = bool(x)"),
    )

    def visit_If(self, node: ast.If) -> None:
        above = self.facts.parent(node)
        chained = isinstance(node.orelse[0], ast.If) if len(node.orelse) == 1 else False
        within = isinstance(above, ast.If) and len(above.orelse) == 1 and above.orelse[0] is node
        if not node.orelse or chained or within or isinstance(node.body[-1], TERMINAL):
            return
        short = 2 * len(node.body) < len(node.orelse)
        if _is_negated(node.test) and not short:
            self._report(node.test)

    def visit_IfExp(self, node: ast.IfExp) -> None:
        nested = isinstance(node.orelse, ast.IfExp)
        if _is_negated(node.test) and not nested:
            self._report(node.test)

    def _report(self, test: ast.expr) -> None:
        self.report(test, f"{shorten(ast.unparse(test))} is negated and has an else: swap the branches")

    def visit_UnaryOp(self, node: ast.UnaryOp) -> None:
        inner = node.operand
        if isinstance(node.op, ast.Not) and isinstance(inner, ast.UnaryOp) and isinstance(inner.op, ast.Not):
            shown = shorten(ast.unparse(inner.operand))
            self.report(node, f"{shown} is negated twice: use bool({shown})")


def _is_negated(test: ast.expr) -> bool:
    if isinstance(test, ast.Compare):
        return len(test.ops) == 1 and isinstance(test.ops[0], ast.NotEq)
    return isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not)
