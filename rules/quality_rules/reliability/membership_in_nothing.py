"""The rule membership-in-nothing."""

from __future__ import annotations

import ast

from quality.rules import AstRule, Invalid, Valid, last_word
from quality_rules._asked import has_membership
from quality_rules._constants import is_empty


class MembershipInNothing(AstRule):
    """Something is looked for where there is nothing.

    ## What it does
    Reports `in` and `not in` with an empty list, tuple, dictionary or set that is written there.

    ## Why is this bad
    The answer is known: a branch never runs, or always. Mostly the entries were forgotten.

    ## Example
    ```python
    def is_allowed(role):
        return role in ()
    ```

    ## Use instead
    ```python
    def is_allowed(role):
        return role in ("owner", "editor")
    ```

    ## References
    - [Python documentation: membership test operations](https://docs.python.org/3/reference/expressions.html#membership-test-operations)
    """

    dimension = "reliability"
    asks = (has_membership,)
    effort = 5

    VALID = (
        Valid("if x in (1,) or x in rows or [] in x or x == [] or x in '':\n    stop()"),
        Valid(
            "seen = set()\nfor x in xs:\n    if x in seen:\n        stop()\n    seen.add(x)", "It is filled"
        ),
    )
    INVALID = (
        Invalid(
            "if x in []:\n    stop()",
            ("1:4-1:11 nothing is in [], so this is False always: fill it, or leave it out",),
        ),
        Invalid(
            "def f(x):\n    return [y for y in x if y not in set()]",
            ("2:29-2:43 nothing is in set(), so this is True always: fill it, or leave it out",),
        ),
        Invalid(
            "found = x in frozenset([])",
            ("1:9-1:27 nothing is in frozenset([]), so this is False always: fill it, or leave it out",),
        ),
    )

    def visit_Compare(self, node: ast.Compare) -> None:
        for operator, among in zip(node.ops, node.comparators, strict=True):
            if isinstance(operator, ast.In | ast.NotIn) and self._is_empty(among):
                answer = isinstance(operator, ast.NotIn)
                self.report(
                    node,
                    f"nothing is in {ast.unparse(among)}, so this is {answer} always: fill it, or leave it out",
                )

    def _is_empty(self, among: ast.expr) -> bool:
        """Tells whether nothing is in what is written there; an empty text is in every other."""
        if isinstance(among, ast.Constant) or not is_empty(among):
            return False
        return not isinstance(among, ast.Call) or self.facts.is_builtin(among.func, last_word(among.func))
