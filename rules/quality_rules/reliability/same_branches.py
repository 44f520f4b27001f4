"""The rule same-branches."""

from __future__ import annotations

import ast

from quality.model import Severity
from quality.rules import AstRule, Invalid, Valid, is_placeholder, same_code, shorten
from quality_rules._branches import branches_of, continues


class SameBranches(AstRule):
    """A condition decides nothing: every branch does the same.

    ## What it does
    Reports an `if` with `else`, its `elif` branches included, and a conditional expression, where all branches are the
    same code. Branches that do nothing are left to other rules.

    ## Why is this bad
    A branch was copied and never changed, or the condition is left over. Either the program does the wrong
    thing in one of the cases, or the condition makes readers look for a difference that there is none.

    ## Example
    ```python
    def shipping(weight, express):
        if express:
            return weight * 4
        else:
            return weight * 4
    ```

    ## Use instead
    ```python
    def shipping(weight, express):
        return weight * (9 if express else 4)
    ```

    ## References
    - [RSPEC-3923: all branches of a condition are the same](https://rules.sonarsource.com/python/RSPEC-3923/)
    """

    dimension = "reliability"
    severity = Severity.ERROR
    effort = 10

    VALID = (
        Valid("if a:\n    x = 1\nelif b:\n    x = 1", "Without else nothing may happen"),
        Valid("if a:\n    x = 1\nelif b:\n    x = 1\nelse:\n    x = 2", "One branch differs"),
        Valid("x = 1 if a else 1.0", "Another number"),
        Valid("if a:\n    pass\nelse:\n    pass", "Nothing is done in either case"),
    )
    INVALID = (
        Invalid(
            "if a:\n    x = 1\nelse:\n    x = 1", ("1:4-1:5 a decides nothing: every branch does the same",)
        ),
        Invalid(
            "if a:\n    f()\nelif b > 1:\n    f()\nelse:\n    f()",
            ("1:4-1:5 a decides nothing: every branch does the same",),
        ),
        Invalid("x = f(y) if a else f(y)", ("1:13-1:14 a decides nothing: it is f(y) either way",)),
    )

    def visit_If(self, node: ast.If) -> None:
        if not node.orelse:
            return
        branches = branches_of(node)
        if (
            branches.are_same
            and not continues(self.facts, node)
            and not all(map(is_placeholder, branches.blocks[0]))
        ):
            self._report(node.test, "every branch does the same")

    def visit_IfExp(self, node: ast.IfExp) -> None:
        if same_code(node.body, node.orelse):
            self._report(node.test, f"it is {shorten(ast.unparse(node.body))} either way")

    def _report(self, test: ast.expr, reason: str) -> None:
        self.report(test, f"{shorten(ast.unparse(test))} decides nothing: {reason}")
