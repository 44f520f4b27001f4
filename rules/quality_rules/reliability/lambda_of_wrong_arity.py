"""The rule lambda-of-wrong-arity."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Severity
from quality.rules import Invalid, Valid, positional_of
from quality_rules._called import CallRule

if TYPE_CHECKING:
    from quality.model import FunctionNode

_KEYED = ("sorted", "min", "max")
#: Functions of the standard library → what they give to the function that is their first argument.
_FIRST = {
    "functools.reduce": 2,
    "functools.cmp_to_key": 2,
    "itertools.takewhile": 1,
    "itertools.dropwhile": 1,
}


class LambdaOfWrongArity(CallRule):
    """A function is called with more or fewer arguments than it takes.

    ## What it does
    Reports a `lambda`, or a function of the source, that `map`, `filter`, `sorted`, `min`, `max`, `list.sort` or `reduce` gets
    to call, and that does not take as many arguments as they give.

    Parameters with a default, and functions that take any number, are fine.

    ## Why is this bad
    The first element raises TypeError. Mostly a pair was to be taken apart, or two elements were to be compared, which a `key`
    does not do.

    ## Example
    ```python
    def by_price(prices):
        return sorted(prices.items(), key=lambda name, price: price)
    ```

    ## Use instead
    ```python
    def by_price(prices):
        return sorted(prices.items(), key=lambda pair: pair[1])
    ```

    ## References
    - [Python documentation: sorting techniques](https://docs.python.org/3/howto/sorting.html)
    """

    dimension = "reliability"
    severity = Severity.ERROR
    effort = 5
    needs = frozenset({"map", "filter", "sort", *_KEYED, *(name.partition(".")[2] for name in _FIRST)})

    VALID = (
        Valid(
            "print(map(lambda x, y: x + y, xs, ys), sorted(xs, key=lambda x, n=1: x), max(xs, key=lambda *x: x))"
        ),
        Valid(
            "def key(row):\n    return row[1]\n\nprint(sorted(xs, key=key), map(print, xs), list(map(f, *rows)))"
        ),
        Valid("rows.map(lambda x, y: x + y, xs)\nframe.sort(key=lambda x: x)", "Another map"),
    )
    INVALID = (
        Invalid(
            "squares = list(map(lambda x, y: x * x, numbers))",
            ("1:20-1:38 this takes 2 and is called with 1 argument, a TypeError: let it take 1",),
        ),
        Invalid(
            "def compare(a, b):\n    return a - b\n\nrows.sort(key=compare)",
            ("4:15-4:22 this takes 2 and is called with 1 argument, a TypeError: let it take 1",),
        ),
        Invalid(
            "from functools import reduce\n\ndef f(xs):\n    return reduce(lambda x: x, xs), filter(lambda: True, xs)",
            (
                "4:19-4:30 this takes 1 and is called with 2 arguments, a TypeError: let it take 2",
                "4:44-4:56 this takes 0 and is called with 1 argument, a TypeError: let it take 1",
            ),
        ),
    )

    def check_call(self, call: ast.Call, dotted: str) -> None:
        function, given = self._asked(call, dotted)
        taken = self._taken(function) if function is not None else None
        if function is not None and taken is not None and not taken[0] <= given <= taken[1]:
            arguments = "argument" if given == 1 else "arguments"
            self.report(
                function,
                f"this takes {taken[0]} and is called with {given} {arguments}, a TypeError: let it take {given}",
            )

    def _asked(self, call: ast.Call, dotted: str) -> tuple[ast.expr | None, int]:
        """The function that a call calls with elements, and how many of them at once."""
        if any(isinstance(each, ast.Starred) for each in call.args):
            return None, 0
        sorts = isinstance(call.func, ast.Attribute) and call.func.attr == "sort" and not call.args
        if sorts or self.facts.is_builtin(call.func, *_KEYED):
            return next((each.value for each in call.keywords if each.arg == "key"), None), 1
        if not call.args:
            return None, 0
        if self.facts.is_builtin(call.func, "filter"):
            return call.args[0], 1
        if self.facts.is_builtin(call.func, "map") and len(call.args) > 1:
            return call.args[0], len(call.args) - 1
        count = _FIRST.get(dotted, 0)
        return (call.args[0], count) if count else (None, 0)

    def _taken(self, function: ast.expr) -> tuple[int, int] | None:
        """The fewest and most arguments that a function takes; None where nobody knows."""
        made: ast.expr | FunctionNode | None = self.facts.only_value(function)
        if isinstance(made, ast.Name):
            found = [each for each in self.facts.functions if each.name == made.id]
            known = len(found) == 1 and self.facts.is_of_module(found[0]) and not found[0].decorator_list
            made = found[0] if known and made.id not in self._stored else None
        if not isinstance(made, ast.Lambda | ast.FunctionDef | ast.AsyncFunctionDef):
            return None
        places = made.args
        if places.vararg is not None or any(default is None for default in places.kw_defaults):
            return None
        most = len(positional_of(places))
        return most - len(places.defaults), most

    @property
    def _stored(self) -> set[str]:
        return {each.id for each in self.facts.of(ast.Name) if isinstance(each.ctx, ast.Store)}
