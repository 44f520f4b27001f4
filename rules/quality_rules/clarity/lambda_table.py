"""The rule lambda-table."""

from __future__ import annotations

import ast

from quality.model import Confidence, Severity
from quality.rules import AstRule, Invalid, Valid


class LambdaTable(AstRule):
    """Functions with names are written as lambdas of a table.

    ## What it does
    Reports dictionaries that are bound to a name and whose values are all lambdas with parameters, below keys that
    could be the functions' names.

    Symbols as keys (`"+"`), tables handed on as an argument and tables with other values beside are fine.

    ## Why is this bad
    They are functions: they want a name in a traceback, a docstring, annotations and room for a second statement.
    Calls by a text are found by no editor and checked by no tool.

    ## Example
    ```python
    SHAPES = {
        "square": lambda side: side * side,
        "circle": lambda radius: pi * radius * radius,
    }
    ```

    ## Use instead
    ```python
    def square(side):
        return side * side

    def circle(radius):
        return pi * radius * radius
    ```

    ## References
    - [PEP 8: programming recommendations](https://peps.python.org/pep-0008/#programming-recommendations)
    """

    dimension = "clarity"
    severity = Severity.NOTE
    confidence = Confidence.LOW
    effort = 5
    as_written = True

    VALID = (
        Valid("x = {'+': lambda a, b: a + b}", "A symbol"),
        Valid("x = {'now': lambda: 1, 'then': 2}"),
        Valid("f(key={'a': lambda b: b + 1})"),
    )
    INVALID = (
        Invalid(
            "x = {'square': lambda a: a * a, 'cube': lambda a: a**3}",
            ("1:5-1:56 2 functions are lambdas of a table: define square() and the others with def",),
        ),
        Invalid(
            "x = {'square': lambda a: a * a}\nprint(x['square'](2))",
            ("1:5-1:32 a function is a lambda of a table: define square() with def",),
        ),
    )

    def visit_Dict(self, node: ast.Dict) -> None:
        if not node.values or not all(isinstance(v, ast.Lambda) and v.args.args for v in node.values):
            return
        names = [key.value for key in node.keys if isinstance(key, ast.Constant)]
        named = [name for name in names if isinstance(name, str) and name.isidentifier()]
        if len(named) == len(node.keys) and isinstance(self.facts.parent(node), ast.Assign | ast.AnnAssign):
            count = len(named)
            what = f"{count} functions are lambdas" if count > 1 else "a function is a lambda"
            others = " and the others" if count > 1 else ""
            self.report(node, f"{what} of a table: define {named[0]}(){others} with def")
