"""The rule statements-in-expression."""

from __future__ import annotations

import ast

from quality.model import Severity
from quality.rules import AstRule, Invalid, Valid, targets_of

#: Builtins that take all that they are given.
_COLLECTING = ("all", "any", "list", "tuple", "set", "dict", "sum", "max", "min", "sorted")
#: What statements are lined up in, or a loop is written as.
_LINED = (ast.List, ast.Tuple, ast.Set, ast.ListComp, ast.GeneratorExp, ast.SetComp)
#: What does something.
_ACTING = (ast.Call, ast.NamedExpr, ast.Await, ast.Yield)


class StatementsInExpression(AstRule):
    """Statements are lined up in an expression.

    ## What it does
    Reports tuples and lists that call or assign something and of which one element, by its number, is taken at once:
    `(first(), second())[-1]`, and calls of `all`, `any`, `list` and the like as statements of their own, which are there
    for what their elements do.

    ## Why is this bad
    The other elements are there for what they do, so these are statements, in a place where nobody expects any,
    and a debugger cannot stop between them.

    ## Example
    ```python
    return (total := sum(rows), count := len(rows), total / count)[-1]
    ```

    ## Use instead
    ```python
    total = sum(rows)
    count = len(rows)
    return total / count
    ```
    """

    dimension = "clarity"
    effort = 2

    needs = frozenset({"map", "reduce", *_LINED})

    VALID = (
        Valid("x = ('no', 'yes')[flag]"),
        Valid("x = (a, b)[0]", "Nothing is done"),
        Valid("x = f()[0]"),
        Valid("all([a, b])", "Nothing is done"),
        Valid("list(rows)", "It may be run for what the rows do"),
        Valid("from collections import deque\n\ndeque(rows, maxlen=0)", "It may be run for what the rows do"),
        Valid("x = all([f(), g()])"),
        Valid("_, x = f(), g()", "Each has a place of its own"),
    )
    INVALID = (
        Invalid(
            "x = (a := f(), b := g(a), a + b)[-1]",
            ("1:5-1:37 statements are lined up in an expression: write them as statements",),
        ),
        Invalid(
            "_ = [a := f(), b := g(a)]\n_ = [h(a), h(b)]",
            (
                "1:5-1:26 statements are lined up in an expression: write them as statements",
                "2:5-2:17 statements are lined up in an expression: write them as statements",
            ),
        ),
        Invalid(
            "from functools import reduce\n\nreduce(lambda _, row: (f(row), g(row)), rows)",
            ("3:1-3:46 a loop is written as an expression: write it as a loop",),
        ),
        Invalid(
            "all([f(a), g(b)])",
            ("1:1-1:18 statements are lined up in an expression: write them as statements",),
        ),
        Invalid(
            "from collections import deque\n\ndeque(map(f, rows), maxlen=0)",
            ("3:1-3:30 a loop is written as an expression: write it as a loop",),
        ),
        Invalid(
            "list(map(f, rows))\nany(f(row) for row in rows)",
            (
                "1:1-1:19 a loop is written as an expression: write it as a loop",
                "2:1-2:28 a loop is written as an expression: write it as a loop",
            ),
        ),
    )

    def visit_Expr(self, statement: ast.Expr) -> None:
        call = statement.value
        if not isinstance(call, ast.Call):
            return
        if self.facts.origin(call.func) == "functools.reduce":
            message = "a loop is written as an expression: write it as a loop"
            self.report(call, message, severity=Severity.ERROR)
        collects = self.facts.is_builtin(call.func, *_COLLECTING)
        if not collects and self.facts.origin(call.func) != "collections.deque":
            return
        match call.args:
            case [ast.List() | ast.Tuple() | ast.Set() as lined] if len(lined.elts) > 1 and self._acts(lined):
                self.report(call, "statements are lined up in an expression: write them as statements")
            case [ast.ListComp() | ast.GeneratorExp() | ast.SetComp() as loop] if self._acts(loop.elt):
                self.report(call, "a loop is written as an expression: write it as a loop")
            case [ast.Call(func=ast.Name(id="map"))]:
                self.report(call, "a loop is written as an expression: write it as a loop")

    def visit_Assign(self, statement: ast.Assign | ast.AnnAssign) -> None:
        target, value = targets_of(statement)[0], statement.value
        if not isinstance(value, (ast.List, ast.Tuple, ast.Set)) or len(value.elts) <= 1:
            return
        dropped = isinstance(target, ast.Name) and target.id.strip("_") == "" and self._acts(value)
        if dropped or sum(isinstance(each, ast.NamedExpr) for each in value.elts) > 1:
            self.report(value, "statements are lined up in an expression: write them as statements")

    visit_AnnAssign = visit_Assign

    def _acts(self, node: ast.expr) -> bool:
        return any(isinstance(inside, _ACTING) for inside in self.facts.within(node))

    def visit_Subscript(self, node: ast.Subscript) -> None:
        if not isinstance(node.value, (ast.Tuple, ast.List)) or len(node.value.elts) <= 1:
            return
        number = node.slice.operand if isinstance(node.slice, ast.UnaryOp) else node.slice
        if isinstance(number, ast.Constant) and isinstance(number.value, int) and self._acts(node.value):
            self.report(node, "statements are lined up in an expression: write them as statements")
