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
    `(first(), second())[-1]`; calls of `all`, `any`, `list` and the like as statements of their own, which are there
    for what their elements do; and conditions and comprehensions of which nobody keeps the value (`ready and start()`).

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
    equivalents = ("pylint:expression-not-assigned",)
    as_written = True

    needs = frozenset({"map", "reduce", ast.BoolOp, ast.IfExp, *_LINED})

    VALID = (
        Valid("x = ('no', 'yes')[flag]"),
        Valid("x = (a, b)[0]", "Nothing is done"),
        Valid("x = f()[0]"),
        Valid("all([a, b])", "Nothing is done"),
        Valid("a and b", "Nothing is done"),
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
            "ready and start()\nstart() if ready else stop()\n[start(job) for job in jobs]\n_ = ready or stop()",
            (
                "1:1-1:18 a condition is written as an expression: write if",
                "2:1-2:29 a condition is written as an expression: write if",
                "3:1-3:29 a loop is written as an expression: write it as a loop",
                "4:5-4:20 a condition is written as an expression: write if",
            ),
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
            self._check_dropped(call)
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

    def _check_dropped(self, value: ast.expr) -> None:
        """Reports what is there for what it does, since nobody keeps its value."""
        match value:
            case ast.BoolOp(values=[*_, acting]) if self._acts(acting):
                self.report(value, "a condition is written as an expression: write if")
            case ast.IfExp() if self._acts(value.body) or self._acts(value.orelse):
                self.report(value, "a condition is written as an expression: write if")
            case ast.ListComp() | ast.SetComp() if self._acts(value.elt):
                self.report(value, "a loop is written as an expression: write it as a loop")
            case ast.List(elts=[_, _, *_]) | ast.Tuple(elts=[_, _, *_]) | ast.Set(elts=[_, _, *_]):
                if self._acts(value):
                    self.report(value, "statements are lined up in an expression: write them as statements")

    def visit_Assign(self, statement: ast.Assign | ast.AnnAssign) -> None:
        target, value = targets_of(statement)[0], statement.value
        if value is not None and isinstance(target, ast.Name) and not target.id.strip("_"):
            self._check_dropped(value)
        elif isinstance(value, (ast.List, ast.Tuple, ast.Set)) and _names_several(value):
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


def _names_several(display: ast.List | ast.Tuple | ast.Set) -> bool:
    return sum(isinstance(each, ast.NamedExpr) for each in display.elts) > 1
