"""The rule cases-of-conditions."""

from __future__ import annotations

import ast

from quality.model import Severity
from quality.rules import AstRule, Invalid, Valid


class CasesOfConditions(AstRule):
    """The cases of a `match` have conditions and nothing to match.

    ## What it does
    Reports `match` statements with several cases that match everything and only differ by their conditions, and those that
    match nothing but `True` and `False`. One such case beside patterns is fine.

    ## Why is this bad
    It is a chain of `if` and `elif` with a level of indentation more. The reader looks for what is matched, and tools
    that count branches do not find them.

    ## Example
    ```python
    match order:
        case _ if order.paid:
            ship(order)
        case _ if order.due < today:
            remind(order)
    ```

    ## Use instead
    ```python
    if order.paid:
        ship(order)
    elif order.due < today:
        remind(order)
    ```
    """

    dimension = "clarity"
    as_written = True
    severity = Severity.NOTE
    effort = 3

    VALID = (
        Valid("match a:\n    case 1:\n        f()\n    case _ if b:\n        g()\n    case _:\n        h()"),
        Valid(
            "match a:\n    case True:\n        f()\n    case 'all':\n        g()\n    case _:\n        h()"
        ),
        Valid("match a:\n    case [x, y] if x > y:\n        f()\n    case [x, y] if x < y:\n        g()"),
    )
    INVALID = (
        Invalid(
            "match bool(a):\n    case True:\n        f()\n    case _:\n        g()",
            ("1:1-5:12 the cases are true and false: write if and else",),
        ),
        Invalid(
            "match a:\n    case _ if b:\n        f()\n    case x if c:\n        g(x)\n    case _:\n        h()",
            ("1:1-7:12 the cases only differ by their conditions: write if and elif",),
        ),
    )

    def visit_Match(self, node: ast.Match) -> None:
        if any(_is_truth(case.pattern) for case in node.cases) and all(
            _is_truth(case.pattern) or _matches_all(case.pattern) for case in node.cases
        ):
            self.report(node, "the cases are true and false: write if and else")
            return
        conditions = (case for case in node.cases if case.guard is not None and _matches_all(case.pattern))
        if sum(1 for _ in conditions) > 1:
            self.report(node, "the cases only differ by their conditions: write if and elif")


def _matches_all(pattern: ast.pattern) -> bool:
    """Tells whether everything matches a pattern."""
    return isinstance(pattern, ast.MatchAs) and pattern.pattern is None


def _is_truth(pattern: ast.pattern) -> bool:
    """Tells whether a pattern is ``True`` or ``False``."""
    return isinstance(pattern, ast.MatchSingleton) and pattern.value is not None
