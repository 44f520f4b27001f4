"""The rule spelled-out-get."""

from __future__ import annotations

import ast

from quality.model import Severity
from quality.rules import ASSIGNMENTS, AstRule, Invalid, Valid, dotted_name, is_literal, same_code, targets_of


class SpelledOutGet(AstRule):
    """A condition stands for `get`.

    ## What it does
    Reports `table[key] if key in table else other`, the same with `not in`, and the `if` that gives a name one or the other, where
    what stands for a missing key is written there or is a name.

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
            "def f(table, key):\n    if key in table:\n        value = table[key]\n    else:\n        value = 0\n    return value",
            ("2:5-5:18 the conditional stands for table.get(key, ...)",),
        ),
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
        self._check(choice, table, key, (looked_in, looked_up), other)

    def visit_If(self, node: ast.If) -> None:
        """``if key in table: value = table[key]`` with an ``else`` that gives the same name another value."""
        above = self.facts.parent(node)
        if isinstance(above, ast.If) and node in above.orelse:
            return  # one of several ways
        there, missing = _only_assignment(node.body), _only_assignment(node.orelse)
        test, negated = node.test, False
        if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
            test, negated = test.operand, True
        match test:
            case ast.Compare(key, [ast.In() | ast.NotIn() as operator], [table]):
                if isinstance(operator, ast.NotIn) is not negated:
                    there, missing = missing, there
            case _:
                return
        if (
            there is None
            or missing is None
            or not isinstance(there.value, ast.Subscript)
            or missing.value is None
        ):
            return
        if list(map(ast.unparse, targets_of(there))) == list(map(ast.unparse, targets_of(missing))):
            self._check(node, table, key, (there.value.value, there.value.slice), missing.value)

    def _check(
        self,
        node: ast.AST,
        table: ast.expr,
        key: ast.expr,
        looked: tuple[ast.expr, ast.expr],
        other: ast.expr,
    ) -> None:
        looked_in, looked_up = looked
        if dotted_name(table) == "self":
            return  # It may be what makes 'get'.
        same = same_code(table, looked_in) and same_code(key, looked_up)
        plain = dotted_name(table) and _is_plain(key) and _is_plain(other)
        if same and plain:
            shown = f"{ast.unparse(table)}.get({ast.unparse(key)}, ...)"
            self.report(node, f"the conditional stands for {shown}")


def _is_plain(node: ast.expr) -> bool:
    """Tells whether an expression is written there or a name: it comes to the same wherever it stands."""
    return is_literal(node) or bool(dotted_name(node))


def _only_assignment(block: list[ast.stmt]) -> ast.Assign | ast.AnnAssign | None:
    """The assignment to names that is all of a block."""
    only = block[0] if len(block) == 1 else None
    if not isinstance(only, ASSIGNMENTS):
        return None
    return only if all(isinstance(target, ast.Name) for target in targets_of(only)) else None
