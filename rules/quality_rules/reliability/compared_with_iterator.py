"""The rule compared-with-iterator."""

from __future__ import annotations

import ast

from quality.model import Severity
from quality.rules import AstRule, Invalid, Valid, shorten

_MAKERS = ("reversed", "map", "filter", "zip", "enumerate")


class ComparedWithIterator(AstRule):
    """Something is compared with an iterator.

    ## What it does
    Reports `==` and `!=` with what `reversed()`, `map()`, `filter()`, `zip()` or `enumerate()` gives, or with a generator.

    ## Why is this bad
    An iterator is equal to nothing but itself, whatever it would give: the answer is always the same.

    ## Example
    ```python
    def is_palindrome(text):
        return text == reversed(text)
    ```

    ## Use instead
    ```python
    def is_palindrome(text):
        return text == text[::-1]
    ```

    ## References
    - [Python documentation: reversed](https://docs.python.org/3/library/functions.html#reversed)
    """

    dimension = "reliability"
    severity = Severity.ERROR
    effort = 1
    needs = frozenset({*_MAKERS, ast.GeneratorExp})

    VALID = (
        Valid("same = rows == list(reversed(rows))"),
        Valid("found = row in reversed(rows)"),
        Valid("def reversed(text):\n    return text[::-1]\n\nsame = text == reversed(text)", "Another one"),
    )
    INVALID = (
        Invalid(
            "same = text == reversed(text)",
            ("1:8-1:30 reversed(text) is an iterator and equal to nothing: make a list of it",),
        ),
        Invalid(
            "same = (x * 2 for x in a) != b",
            ("1:8-1:31 (x * 2 for x in a) is an iterator and equal to nothing: make a list of it",),
        ),
    )

    def visit_Compare(self, node: ast.Compare) -> None:
        if len(node.ops) > 1 or not isinstance(node.ops[0], ast.Eq | ast.NotEq):
            return
        for side in (node.left, node.comparators[0]):
            made = isinstance(side, ast.Call) and self.facts.is_builtin(side.func, *_MAKERS)
            if made or isinstance(side, ast.GeneratorExp):
                shown = shorten(ast.unparse(side))
                self.report(node, f"{shown} is an iterator and equal to nothing: make a list of it")
                return
