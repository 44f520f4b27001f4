"""The rule part-of-duration."""

from __future__ import annotations

import ast

from quality.rules import AstRule, Invalid, Valid

_PARTS = frozenset({"seconds", "microseconds"})


class PartOfDuration(AstRule):
    """A part of a duration is taken for all of it.

    ## What it does
    Reports `seconds` and `microseconds` of a difference of two moments, where nobody asks for its days.

    `total_seconds()`, and sources that take a duration apart, are fine.

    ## Why is this bad
    `seconds` is what is left over beside whole days: after a day and a second it is 1, and a second before midnight it is not
    negative but 86399 and more. `total_seconds()` is the whole.

    ## Example
    ```python
    def age(order, now):
        return (now - order.created).seconds
    ```

    ## Use instead
    ```python
    def age(order, now):
        return (now - order.created).total_seconds()
    ```

    ## References
    - [Python documentation: timedelta](https://docs.python.org/3/library/datetime.html#datetime.timedelta.total_seconds)
    """

    dimension = "reliability"
    effort = 1
    needs = _PARTS

    VALID = (
        Valid("def f(begin, end):\n    return (end - begin).total_seconds()"),
        Valid(
            "def f(begin, end):\n    past = end - begin\n    return past.days * 86400 + past.seconds",
            "All of it",
        ),
        Valid("def f(options):\n    return options.seconds + (options.end - options.begin).days"),
    )
    INVALID = (
        Invalid(
            "def f(begin, end):\n    past = end - begin\n    return past.seconds // 60, past.microseconds",
            (
                "3:12-3:24 seconds leaves whole days out: use total_seconds()",
                "3:32-3:49 microseconds leaves whole days out: use total_seconds()",
            ),
        ),
    )

    def visit_Attribute(self, node: ast.Attribute) -> None:
        if node.attr not in _PARTS or not isinstance(node.ctx, ast.Load):
            return
        made = self.facts.only_value(node.value)
        if (
            isinstance(made, ast.BinOp)
            and isinstance(made.op, ast.Sub)
            and "days" not in self.facts.mentioned
        ):
            self.report(node, f"{node.attr} leaves whole days out: use total_seconds()")
