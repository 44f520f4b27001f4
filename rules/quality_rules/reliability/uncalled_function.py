"""The rule uncalled-function."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence
from quality.rules import AstRule, Invalid, Valid

if TYPE_CHECKING:
    from quality.rules import Facts

_COMPARED = (ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE)


class UncalledFunction(AstRule):
    """A function is compared where its result is meant.

    ## What it does
    Reports comparisons of a value with a function of the same file, however it is kept: defined, as a lambda, with arguments
    filled in, or as the entry of a table.

    Two functions that are compared with each other, and `is`, which asks for just this function, are fine.

    ## Why is this bad
    A function is equal to nothing but itself: the comparison has the same outcome always. The parentheses of the call
    are missing.

    ## Example
    ```python
    def default_name():
        return "guest"

    def is_default(name):
        return name == default_name
    ```

    ## Use instead
    ```python
    def default_name():
        return "guest"

    def is_default(name):
        return name == default_name()
    ```

    ## References
    - [Python documentation: comparisons](https://docs.python.org/3/reference/expressions.html#value-comparisons)
    """

    dimension = "reliability"
    confidence = Confidence.MEDIUM
    effort = 2
    equivalents = ("pylint:comparison-with-callable",)

    VALID = (
        Valid("def f():\n    return 1\n\ndef g(x):\n    return x is f", "Just this function is asked for"),
        Valid("def f():\n    return 1\n\ndef g():\n    return 2\n\nsame = f == g", "Two functions"),
        Valid("def f():\n    return 1\n\nchanged = library.f != f", "Two functions, perhaps"),
        Valid("def f():\n    return 1\n\nf = f()\nsame = f == 1", "The name is bound again"),
        Valid("def f():\n    return 1\n\ndef g(f):\n    return f == 1", "A parameter"),
        Valid("@property\ndef f(self):\n    return 1\n\nsame = f == 1", "Decorated"),
    )
    INVALID = (
        Invalid(
            "def f():\n    return 1\n\ndef g(x):\n    return x == f",
            ("5:12-5:18 f is compared, not what it gives: call it",),
        ),
        Invalid(
            "TABLE = {'f': lambda: 1}\n\ndef g(x):\n    return x != TABLE['f']",
            ("4:12-4:27 TABLE['f'] is compared, not what it gives: call it",),
        ),
        Invalid(
            "from functools import partial\n\nf = partial(int, base=2)\nfine = f == 3",
            ("4:8-4:14 f is compared, not what it gives: call it",),
        ),
    )

    @classmethod
    def concerns(cls, facts: Facts) -> bool:
        return bool(facts.of(ast.Compare)) and bool(facts.functions or facts.of(ast.Lambda, ast.Call))

    def visit_Compare(self, node: ast.Compare) -> None:
        if len(node.ops) != 1 or not isinstance(node.ops[0], _COMPARED):
            return
        sides = (node.left, node.comparators[0])
        functions = [side for side in sides if isinstance(side, ast.Attribute) or self._is_function(side)]
        # An attribute may be a function too, of which nothing is known here.
        if len(functions) == 1 and not isinstance(functions[0], ast.Attribute):
            self.report(node, f"{ast.unparse(functions[0])} is compared, not what it gives: call it")

    def _is_function(self, node: ast.expr) -> bool:
        if not isinstance(node, ast.Name | ast.Subscript):
            return False
        if isinstance(node, ast.Name) and node.id in self.facts.derived(_functions):
            return True
        value = (
            self.facts.origins.value(node) if isinstance(node, ast.Name) else self.facts.origins.plain(node)
        )
        filled = isinstance(value, ast.Call) and self.facts.origin(value.func) == "functools.partial"
        return filled or isinstance(value, ast.Lambda)


def _functions(facts: Facts) -> frozenset[str]:
    """The functions of the module that nothing decorates and whose names nothing else binds."""
    own = [each.name for each in facts.functions if facts.class_of(each) is None and not each.decorator_list]
    bound = {node.id for node in facts.of(ast.Name) if not isinstance(node.ctx, ast.Load)}
    bound.update(argument.arg for argument in facts.of(ast.arg))
    return frozenset(name for name in own if own.count(name) == 1 and name not in bound)
