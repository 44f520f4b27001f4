"""The rule spelled-out-get."""

from __future__ import annotations

import ast

from quality.model import Severity
from quality.rules import AstRule, Invalid, Valid, dotted_name, is_literal, same_code


class SpelledOutGet(AstRule):
    """A conditional expression stands for `get`.

    ## What it does
    Reports `table[key] if key in table else other`, and the same with `not in`, where what stands for a missing key is
    written there or is a name.

    ## Why is this bad
    The table and the key are written twice, and looked up twice.

    ## Example
    ```python
    price = prices[fruit] if fruit in prices else 0
    ```

    ## Use instead
    ```python
    price = prices.get(fruit, 0)
    ```

    ## References
    - [Python documentation: dict.get](https://docs.python.org/3/library/stdtypes.html#dict.get)
    """

    dimension = "clarity"
    severity = Severity.NOTE
    effort = 1
    equivalents = ("pylint:consider-using-get",)

    VALID = (
        Valid("x = prices[fruit] if fruit in known else 0", "Another table"),
        Valid("x = prices[fruit] if fruit in prices else ask(fruit)", "It would be asked each time"),
        Valid("x = prices[next(fruits)] if next(fruits) in prices else 0", "Not the same key"),
        Valid(
            "class Prices(dict):\n    def get(self, key, other=None):\n        return self[key] if key in self else other"
        ),
        Valid("x = prices[fruit][0] if fruit in prices else 0"),
    )
    INVALID = (
        Invalid(
            "x = prices[fruit] if fruit in prices else 0",
            ("1:5-1:44 the conditional stands for prices.get(fruit, ...)",),
        ),
        Invalid(
            "x = usual if 'a' not in self.prices else self.prices['a']",
            ("1:5-1:58 the conditional stands for self.prices.get('a', ...)",),
        ),
    )

    def visit_IfExp(self, choice: ast.IfExp) -> None:
        match choice:
            case ast.IfExp(ast.Compare(key, [ast.In()], [table]), ast.Subscript(looked_in, looked_up), other):
                pass
            case ast.IfExp(
                ast.Compare(key, [ast.NotIn()], [table]), other, ast.Subscript(looked_in, looked_up)
            ):
                pass
            case _:
                return
        if dotted_name(table) == "self":
            return  # It may be what makes 'get'.
        same = same_code(table, looked_in) and same_code(key, looked_up)
        plain = dotted_name(table) and _is_plain(key) and _is_plain(other)
        if same and plain:
            shown = f"{ast.unparse(table)}.get({ast.unparse(key)}, ...)"
            self.report(choice, f"the conditional stands for {shown}")


def _is_plain(node: ast.expr) -> bool:
    """Tells whether an expression is written there or a name: it comes to the same wherever it stands."""
    return is_literal(node) or bool(dotted_name(node))
