"""The rule choice-by-index."""

from __future__ import annotations

import ast

from quality.model import Severity, first_or
from quality.rules import AstRule, Invalid, Valid, is_choice


class ChoiceByIndex(AstRule):
    """A condition is the index that chooses between written values, or lets the first of one value through.

    ## What it does
    Reports a comparison, a boolean operation, or what `bool()` gives, as the index of a tuple, list or dictionary that
    is written in the same place, and `next()` of one value that a condition lets through, with another value for when it does not.
    A name as index, and a table with a name, are fine.

    ## Why is this bad
    It is a conditional expression in disguise: the value for false comes first, both values are computed whatever the
    condition is, and linters that look for branches do not see one.

    ## Example
    ```python
    fee = (full_fee(member), reduced_fee(member))[member.age < 18]
    ```

    ## Use instead
    ```python
    fee = reduced_fee(member) if member.age < 18 else full_fee(member)
    ```
    """

    dimension = "clarity"
    severity = Severity.NOTE
    effort = 3
    as_written = True
    needs = frozenset({ast.Tuple, ast.List, ast.Dict})

    VALID = (
        Valid("x = (a, b)[n]"),
        Valid("x = NAMES[a > b]", "A table with a name"),
        Valid("x = (a, b)[0]"),
        Valid("x = next((y for y in [a] if y > 1), b)", "The value itself is asked for"),
    )
    INVALID = (
        Invalid("x = (a, b)[n > 1]", ("1:5-1:18 a condition as index: write 'x if condition else y'",)),
        Invalid(
            "f({True: a, False: b}[not n])", ("1:3-1:29 a condition as index: write 'x if condition else y'",)
        ),
        Invalid(
            "return_ = [a, b][bool(n)]", ("1:11-1:26 a condition as index: write 'x if condition else y'",)
        ),
        Invalid(
            "x = next((a for _ in [0] if n > 1), b)",
            ("1:5-1:39 a choice between two values: write 'x if condition else y'",),
        ),
    )

    def visit_Subscript(self, node: ast.Subscript) -> None:
        if is_choice(node):
            self.report(node, "a condition as index: write 'x if condition else y'")

    def visit_Call(self, node: ast.Call) -> None:
        if self.facts.is_builtin(node.func, "next") and first_or(node) is not None:
            self.report(node, "a choice between two values: write 'x if condition else y'")
