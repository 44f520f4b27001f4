"""The rule god-function."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.rules import AstRule, Invalid, Setting, Valid

if TYPE_CHECKING:
    from quality.model import FunctionNode

#: What makes a path fork.
_FORKS = (
    ast.If,
    ast.IfExp,
    ast.For,
    ast.AsyncFor,
    ast.While,
    ast.ExceptHandler,
    ast.match_case,
    ast.comprehension,
)


class GodFunction(AstRule):
    """A function does the work of many.

    ## What it does
    Reports functions that are long and branch a lot and juggle many names, all at once.

    Long but straight code (a table, a parser's set-up), and short code with many branches, are fine here: the
    dimension complexity judges them.

    ## Why is this bad
    Nobody can keep it in mind, test its paths or reuse a part. Every change risks all of it.

    ## Example
    ```python
    def report(orders):
        total, lines, errors = 0, [], []
        for order in orders:
            if order.paid:
                total += order.amount
                lines.append(order.line)
            else:
                errors.append(order.id)
        return total, lines, errors
    ```

    ## Use instead
    ```python
    def report(orders):
        paid = [order for order in orders if order.paid]
        return summary(paid), [order.id for order in orders if not order.paid]
    ```

    ## References
    - [Refactoring: extract function](https://refactoring.com/catalog/extractFunction.html)
    """

    dimension = "structure"
    effort = 60
    equivalents = ("pylint:too-many-statements", "pylint:too-many-branches", "pylint:too-many-locals")

    minimum_statements = Setting(60, "Fewest statements.", minimum=1)
    minimum_forks = Setting(15, "Fewest branches, loops, handlers and comprehensions.", minimum=1)
    minimum_names = Setting(15, "Fewest local names, parameters included.", minimum=1)

    VALID = (
        Valid("def f(a, b):\n    return a if a > b else b"),
        Valid(
            """
            def table():
                a = 1
                b = 2
                c = 3
                d = 4
                e = 5
                return a, b, c, d, e
            """,
            "Long but straight",
            {"minimum-statements": 5, "minimum-forks": 2, "minimum-names": 3},
        ),
    )
    INVALID = (
        Invalid(
            """
            def report(orders, log):
                total = 0
                for order in orders:
                    if order.paid:
                        total += order.amount
                    else:
                        log(order)
                return total
            """,
            ("1:1-1:25 report() has 6 statements, 2 branches and 4 names: split it by task",),
            {"minimum-statements": 5, "minimum-forks": 2, "minimum-names": 3},
        ),
    )

    def visit_FunctionDef(self, function: FunctionNode) -> None:
        statements = self.facts.size(function)
        if statements < self.minimum_statements or self.facts.function(function) is not None:
            return
        forks = sum(isinstance(node, _FORKS) for node in self.facts.within(function))
        names = self.facts.names(function)
        count = len({*names.parameters, *names.stores})
        if forks >= self.minimum_forks and count >= self.minimum_names:
            self.report(
                function,
                f"{function.name}() has {statements} statements, {forks} branches and {count} names: "
                "split it by task",
            )
