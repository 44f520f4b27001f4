"""The rule choice-by-index."""

from __future__ import annotations

import ast

from quality.model import Severity
from quality.rules import AstRule, Invalid, Valid, is_choice


class ChoiceByIndex(AstRule):
    """A condition is the index that chooses between written values.

    ## What it does
    Reports a comparison, a boolean operation, or what `bool()` gives, as the index of a tuple, list or dictionary that
    is written in the same place. A name as index, and a table with a name, are fine.

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
    needs = frozenset({ast.Tuple, ast.List, ast.Dict})

    VALID = (
        Valid("x = (a, b)[n]"),
        Valid("x = NAMES[a > b]", "A table with a name"),
        Valid("x = (a, b)[0]"),
    )
    INVALID = (
        Invalid("x = (a, b)[n > 1]", ("1:5-1:18 a condition as index: write 'x if condition else y'",)),
        Invalid(
            "f({True: a, False: b}[not n])", ("1:3-1:29 a condition as index: write 'x if condition else y'",)
        ),
        Invalid(
            "return_ = [a, b][bool(n)]", ("1:11-1:26 a condition as index: write 'x if condition else y'",)
        ),
    )

    def visit_Subscript(self, node: ast.Subscript) -> None:
        if is_choice(node):
            self.report(node, "a condition as index: write 'x if condition else y'")
