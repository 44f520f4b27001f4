"""The rule boolean-by-branches."""

from __future__ import annotations

import ast

from quality.model import Severity
from quality.rules import AstRule, Invalid, Valid, shorten
from quality_rules._asked import has_flags


class BooleanByBranches(AstRule):
    """A condition is turned into True and False by branches.

    ## What it does
    Reports an `if` that only returns `True` or `False` in front of a `return` of the opposite, at the end of a
    function.

    Several such steps in a row, which are a list of cases, are fine.

    ## Why is this bad
    The condition is the answer already. Writing it out again makes the reader check that the two are not swapped.

    ## Example
    ```python
    def is_adult(person):
        if person.age >= 18:
            return True
        return False
    ```

    ## Use instead
    ```python
    def is_adult(person):
        return person.age >= 18
    ```

    ## References
    - [Python documentation: boolean operations](https://docs.python.org/3/library/stdtypes.html#truth-value-testing)
    """

    dimension = "clarity"
    severity = Severity.NOTE
    effort = 1
    equivalents = ("pylint:simplifiable-if-statement", "pylint:no-else-return")
    asks = (has_flags,)

    VALID = (
        Valid("def f(x):\n    if x > 0:\n        return True\n    return None"),
        Valid(
            "def f(x):\n    if x.a:\n        return True\n    if x.b:\n        return True\n    return False",
            "A list of cases",
        ),
    )
    INVALID = (
        Invalid(
            "def f(x):\n    if x > 0:\n        return True\n    return False",
            ("2:5-4:17 x > 0 is the answer: return it",),
            fixed="def f(x):\n    return bool(x > 0)",
        ),
        Invalid(
            "def f(x):\n    if x > 0:\n        return False\n    else:\n        return True",
            ("2:5-5:20 x > 0 is the answer: return its opposite",),
        ),
    )

    def visit_If(self, node: ast.If) -> None:
        first = _returned(node.body)
        if first is None:
            return
        before, following = self.facts.previous(node), self.facts.rest(node)
        cases = isinstance(before, ast.If) and _returned(before.body) is not None
        second = _returned(node.orelse or following[:1])
        if second is (not first) and not cases and not self._is_elif(node):
            remedy = "it" if first else "its opposite"
            shown = shorten(ast.unparse(node.test))
            last = node if node.orelse else following[0]
            self.report(node, f"{shown} is the answer: return {remedy}", until=last)

    def _is_elif(self, node: ast.If) -> bool:
        above = self.facts.parent(node)
        return isinstance(above, ast.If) and node in above.orelse[:1]


def _returned(block: object) -> bool | None:
    """The bool that a block does nothing but return; None for any other block."""
    if not isinstance(block, list) or len(block) != 1 or not isinstance(block[0], ast.Return):
        return None
    value = block[0].value.value if isinstance(block[0].value, ast.Constant) else None
    return value if isinstance(value, bool) else None
