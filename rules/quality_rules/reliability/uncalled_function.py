"""The rule uncalled-function."""

from __future__ import annotations

import ast
from collections import Counter
from typing import TYPE_CHECKING

from quality.model import Confidence
from quality.rules import AstRule, Invalid, Valid, with_defaults
from quality_rules._asked import names_own_functions
from quality_rules._branches import is_condition

if TYPE_CHECKING:
    from quality.model import FunctionNode
    from quality.rules import Facts

_COMPARED = (ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE)
_CALLABLE = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
#: What may give a function as well as anything else.
_OPEN = (ast.Name, ast.Subscript, ast.Call, ast.Await, ast.NamedExpr, ast.IfExp, ast.BoolOp)
#: Functions of the library that are asked for a number or moment, to compute with it.
_CLOCKS = frozenset(
    {
        *("time.time", "time.monotonic", "time.perf_counter", "time.process_time", "random.random"),
        *(
            "datetime.datetime.now",
            "datetime.datetime.utcnow",
            "datetime.date.today",
            "datetime.now",
            "date.today",
        ),
    }
)
#: Words of which a source has one where functions may be left uncalled that it does not define.
_WORDS = frozenset({"partial", *(name.rpartition(".")[2] for name in _CLOCKS)})


class UncalledFunction(AstRule):
    """A function is compared or asked where its result is meant.

    ## What it does
    Reports comparisons of a value with a function of the same file, however it is kept: defined, as a lambda, with arguments
    filled in, or as the entry of a table. So are conditions that ask whether a function which is defined there is true, and sums with a
    clock of the library: `time.time - start`.

    Two functions that are compared with each other, and `is`, which asks for just this function, are fine. So are functions
    that may be what is asked for, compared with a name or the like: those that cannot be called without arguments, and those
    that the file also hands on or keeps.

    ## Why is this bad
    A function is equal to nothing but itself, and always true: the comparison has the same outcome always. The parentheses
    of the call are missing.

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
    equivalents = (
        "pylint:comparison-with-callable",
        "pylint:missing-parentheses-for-call-in-test",
        "pylint:using-constant-test",
    )

    VALID = (
        Valid("def f():\n    return 1\n\ndef g(x):\n    return x is f", "Just this function is asked for"),
        Valid("def f():\n    return 1\n\ndef g():\n    return 2\n\nsame = f == g", "Two functions"),
        Valid("def f():\n    return 1\n\nchanged = library.f != f", "Two functions, perhaps"),
        Valid("def f():\n    return 1\n\nf = f()\nsame = f == 1", "The name is bound again"),
        Valid("def f():\n    return 1\n\ndef g(f):\n    return f == 1", "A parameter"),
        Valid(
            "def f(signal):\n    return 1\n\ndef g(handler):\n    return handler == f",
            "With parentheses behind it, it would fail",
        ),
        Valid(
            "def f():\n    return 1\n\nHOOKS = [f]\n\ndef g(hook):\n    return hook != f",
            "It may be one of those that are kept",
        ),
        Valid("def f():\n    return 1\n\nf = f if ready() else None\nif f:\n    stop()", "It may be none"),
        Valid("def f():\n    return 1\n\ng = ready() and f", "The function is what is wanted"),
        Valid("@property\ndef f(self):\n    return 1\n\nsame = f == 1", "Decorated"),
    )
    INVALID = (
        Invalid(
            "def spent(start):\n    return time.time - start",
            ("2:12-2:29 time.time is computed with, not what it gives: call it",),
        ),
        Invalid(
            "def f():\n    return 1\n\ndef g(x):\n    return x == f",
            ("5:12-5:18 f is compared, not what it gives: call it",),
        ),
        Invalid(
            "def f(x):\n    return 1\n\nHOOKS = [f]\n\nfine = f == 3",
            ("6:8-6:14 f is compared, not what it gives: call it",),
        ),
        Invalid(
            "def f(x):\n    return 1\n\ndef g(limit):\n    return limit < f",
            ("5:12-5:21 f is compared, not what it gives: call it",),
        ),
        Invalid(
            "def f(x=1):\n    return x\n\ndef g(x):\n    return x == f or f()",
            ("5:12-5:18 f is compared, not what it gives: call it",),
        ),
        Invalid(
            "TABLE = {'f': lambda: 1}\n\ndef g(x):\n    return x != TABLE['f']",
            ("4:12-4:27 TABLE['f'] is compared, not what it gives: call it",),
        ),
        Invalid(
            "def f():\n    return 1\n\nf and stop()",
            ("4:1-4:2 f is asked whether it is true, not what it gives: call it",),
        ),
        Invalid(
            "def f():\n    return 1\n\ndef g(x):\n    while x and not f:\n        step()",
            ("5:21-5:22 f is asked whether it is true, not what it gives: call it",),
        ),
        Invalid(
            "from functools import partial\n\nf = partial(int, base=2)\nfine = f == 3",
            ("4:8-4:14 f is compared, not what it gives: call it",),
        ),
    )

    @classmethod
    def concerns(cls, facts: Facts) -> bool:
        return (
            names_own_functions(facts)
            or bool(facts.of(ast.Lambda))
            or not _WORDS.isdisjoint(facts.vocabulary)
        )

    def visit_Module(self, module: ast.Module) -> None:
        del module
        functions = self.facts.derived(_functions)
        for name in self.facts.of(ast.Name):
            if name.id in functions and self._is_asked(name):
                self.report(name, f"{name.id} is asked whether it is true, not what it gives: call it")

    def _is_asked(self, node: ast.expr) -> bool:
        """Tells whether it decides something that an expression is true."""
        above = self.facts.parent(node)
        decides = isinstance(above, ast.BoolOp) and node is not above.values[-1]
        return decides or is_condition(self.facts, node)

    def visit_Compare(self, node: ast.Compare) -> None:
        if len(node.ops) != 1 or not isinstance(node.ops[0], _COMPARED):
            return
        sides = (node.left, node.comparators[0])
        functions = [side for side in sides if isinstance(side, ast.Attribute) or self._is_function(side)]
        # An attribute may be a function too, of which nothing is known here.
        if len(functions) != 1 or isinstance(functions[0], ast.Attribute):
            return
        (function,) = functions
        other = sides[1] if function is sides[0] else sides[0]
        equality = isinstance(node.ops[0], ast.Eq | ast.NotEq)
        if not (equality and isinstance(other, _OPEN) and self._may_be_meant(function)):
            self.report(node, f"{ast.unparse(function)} is compared, not what it gives: call it")

    def visit_BinOp(self, node: ast.BinOp) -> None:
        for side in (node.left, node.right):
            if isinstance(side, ast.Attribute) and self.facts.origin(side) in _CLOCKS:
                self.report(node, f"{ast.unparse(side)} is computed with, not what it gives: call it")

    def _is_function(self, node: ast.expr) -> bool:
        if isinstance(node, ast.Name) and node.id in self.facts.derived(_functions):
            return True
        value = self._value(node)
        filled = isinstance(value, ast.Call) and self.facts.origin(value.func) == "functools.partial"
        return filled or isinstance(value, ast.Lambda)

    def _value(self, node: ast.expr) -> ast.AST | None:
        if isinstance(node, ast.Name):
            return self.facts.origins.value(node)
        return self.facts.origins.plain(node) if isinstance(node, ast.Subscript) else None

    def _may_be_meant(self, node: ast.expr) -> bool:
        """Tells whether just this function may be asked for: it is kept, or cannot be called as it stands there."""
        function: ast.AST | None = self._value(node)
        if isinstance(node, ast.Name):
            if node.id in self.facts.derived(_kept):
                return True
            function = self.facts.derived(_functions).get(node.id, function)
        return isinstance(function, _CALLABLE) and any(
            default is None for _, default in with_defaults(function.args)
        )


def _functions(facts: Facts) -> dict[str, FunctionNode]:
    """The functions of the module that nothing decorates and whose names nothing else binds."""
    own = [each for each in facts.functions if facts.class_of(each) is None and not each.decorator_list]
    times = Counter(each.name for each in own)
    bound = {node.id for node in facts.of(ast.Name) if not isinstance(node.ctx, ast.Load)}
    bound.update(argument.arg for argument in facts.of(ast.arg))
    return {each.name: each for each in own if times[each.name] == 1 and each.name not in bound}


def _kept(facts: Facts) -> frozenset[str]:
    """The names that are read for something else than to call them, or to compare them."""
    return frozenset(node.id for node in facts.of(ast.Name) if not _is_called(node, facts.parent(node)))


def _is_called(node: ast.Name, above: ast.AST | None) -> bool:
    called = isinstance(above, ast.Call) and above.func is node
    return called or isinstance(above, ast.Compare) or not isinstance(node.ctx, ast.Load)
