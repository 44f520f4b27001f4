"""The rule same-branches."""

from __future__ import annotations

import ast

from quality.model import Confidence, Severity
from quality.rules import AstRule, Invalid, Valid, is_placeholder, same_code, shorten
from quality_rules._branches import branches_of, continues

#: What the branches for one Python or another are told apart by.
_OF_PYTHON = frozenset({"sys.version_info", "sys.platform"})


class SameBranches(AstRule):
    """A condition decides nothing: every branch does the same.

    ## What it does
    Reports an `if` with `else`, its `elif` branches included, and a conditional expression, where all branches are the
    same code. Branches that do nothing are left to other rules. Where the condition asks for a type (`isinstance`) or for
    Python's version, type checkers may need it: there the confidence is low.

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
    # What a cast says to a type checker is a difference, too.
    as_written = True
    severity = Severity.ERROR
    effort = 10

    VALID = (
        Valid("if a:\n    x = 1\nelif b:\n    x = 1", "Without else nothing may happen"),
        Valid("if a:\n    x = 1\nelif b:\n    x = 1\nelse:\n    x = 2", "One branch differs"),
        Valid("x = 1 if a else 1.0", "Another number"),
        Valid("if TYPE_CHECKING:\n    x = cast(Row, y)\nelse:\n    x = y", "For type checkers"),
        Valid("x = cast(Row, y) if a else cast(Table, y)", "For type checkers"),
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
        Invalid(
            "if isinstance(a, list):\n    f(a)\nelse:\n    f(a)",
            ("1:4-1:23 isinstance(a, list) decides nothing: every branch does the same",),
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
        sure = Confidence.LOW if self._is_for_checkers(test) else None
        self.report(test, f"{shorten(ast.unparse(test))} decides nothing: {reason}", confidence=sure)

    def _is_for_checkers(self, test: ast.expr) -> bool:
        """Tells whether a type checker reads the branches differently."""
        if isinstance(test, ast.Call):
            return self.facts.is_builtin(test.func, "isinstance", "issubclass")
        return isinstance(test, ast.Compare) and self.facts.origin(test.left) in _OF_PYTHON
