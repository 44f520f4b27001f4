"""The rule exponential-recursion."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence
from quality.rules import AstRule, Invalid, Valid, decorators, last_word

if TYPE_CHECKING:
    from quality.model import FunctionNode
    from quality.rules import Facts

#: Functions that make one answer of many.
_ONE_OF_ALL = ("min", "max", "sum", "any", "all")


class ExponentialRecursion(AstRule):
    """A function computes the same again and again by calling itself twice.

    ## What it does
    Reports functions that call themselves twice in one expression with the same argument made smaller by
    different constants (`f(n - 1) + f(n - 2)`), or once for each of the same choices, less what is chosen
    (`min(f(coins, left - coin) for coin in coins)`), and neither are cached nor keep what they know.

    Functions decorated with `cache` or `lru_cache`, functions that are given or look into a store of results,
    and calls on two halves, are fine.

    ## Why is this bad
    The number of calls doubles or nearly doubles with each step: `fibonacci(40)` makes 331 million calls for
    41 different answers.

    ## Example
    ```python
    def ways(steps):
        if steps < 2:
            return 1
        return ways(steps - 1) + ways(steps - 2)
    ```

    ## Use instead
    ```python
    @functools.cache
    def ways(steps):
        if steps < 2:
            return 1
        return ways(steps - 1) + ways(steps - 2)
    ```

    ## References
    - [Python documentation: functools.cache](https://docs.python.org/3/library/functools.html#functools.cache)
    """

    dimension = "efficiency"
    effort = 10
    confidence = Confidence.MEDIUM

    VALID = (
        Valid(
            "def f(rows):\n    return f(rows[:9]) + f(rows[9:]) if rows[9:] else rows[0]",
            "Each has a part of its own",
        ),
        Valid(
            "def f(rows, left):\n    return min(f(rows[1:], left - row) for row in rows)",
            "Fewer choices each time",
        ),
        Valid(
            "@cache\ndef f(coins, left):\n    return min((1 + f(coins, left - c) for c in coins if c <= left), default=0)",
            "What is known is kept",
        ),
        Valid("def f(n):\n    return 1 if n < 2 else n * f(n - 1)", "One call"),
        Valid(
            "def f(n, known):\n    if n not in known:\n        known[n] = f(n - 1, known) + f(n - 2, known)\n"
            "    return known[n]",
            "What is known is kept",
        ),
        Valid(
            "def move(n, a, b, c):\n    if n:\n        move(n - 1, a, c, b)\n        print(a, b)\n"
            "        move(n - 1, c, b, a)",
            "Each call does something else",
        ),
    )
    INVALID = (
        Invalid(
            "def f(coins, left):\n    if not left:\n        return 0\n"
            "    return min((1 + f(coins, left - c) for c in coins if c <= left), default=9)",
            (
                (
                    "4:21-4:39 f() calls itself twice for answers that it has computed already: "
                    "decorate it with functools.cache"
                ),
            ),
        ),
        Invalid(
            """
            def common(a, b):
                if not a or not b:
                    return 0
                return max(common(a[1:], b), common(a, b[1:]))
            """,
            (
                (
                    "4:12-4:51 common() calls itself twice for answers that it has computed already: "
                    "decorate it with functools.cache"
                ),
            ),
        ),
        Invalid(
            """
            def paths(rows, columns):
                if rows == 1 or columns == 1:
                    return 1
                return paths(rows - 1, columns) + paths(rows, columns - 1)
            """,
            (
                (
                    "4:12-4:63 paths() calls itself twice for answers that it has computed already: "
                    "decorate it with functools.cache"
                ),
            ),
        ),
    )

    @classmethod
    def concerns(cls, facts: Facts) -> bool:
        return any(facts.derived(_calls_to_itself).values())

    def visit_FunctionDef(self, function: FunctionNode) -> None:
        if {"cache", "lru_cache", "memoize", "memoized", "cached"} & set(decorators(function)):
            return
        first: ast.AST | None = None
        calls: dict[ast.AST, list[ast.Call]] = {}
        for node in self._own_calls(function):
            top = self._expression(node)
            calls.setdefault(top, []).append(node)
        for top, found in calls.items():
            if first is None and len(found) > 1 and self._overlap(function, found):
                first = top
        if first is None:
            first = next((call for call in self._own_calls(function) if self._chooses(function, call)), None)
        if first is not None and not self._keeps(function):
            self.report(
                first,
                f"{function.name}() calls itself twice for answers that it has computed already: "
                "decorate it with functools.cache",
            )

    def _chooses(self, function: FunctionNode, call: ast.Call) -> bool:
        """Tells whether a call is made for each of a parameter's choices, with all of them and less what is chosen.

        What is chosen in another order comes to the same, and only one answer of all is wanted.
        """
        around = next(
            (
                each
                for each in self.facts.ancestors(call)
                if isinstance(each, ast.GeneratorExp | ast.ListComp)
            ),
            None,
        )
        if around is None or len(around.generators) != 1 or call.keywords:
            return False
        chosen, choices = around.generators[0].target, around.generators[0].iter
        asked = self.facts.parent(around)
        if not isinstance(asked, ast.Call) or not self.facts.is_builtin(asked.func, *_ONE_OF_ALL):
            return False
        if not isinstance(chosen, ast.Name) or not isinstance(choices, ast.Name):
            return False
        parameters = self.facts.names(function).parameters
        kept = {each.id for each in call.args if isinstance(each, ast.Name) and each.id in parameters}
        rest = [each for each in call.args if not isinstance(each, ast.Name)]
        return choices.id in kept and len(rest) == 1 and _is_less(rest[0], chosen.id, parameters)

    def _own_calls(self, function: FunctionNode) -> list[ast.Call]:
        """The calls of a function to itself."""
        calls = self.facts.derived(_calls_to_itself).get(function, [])
        own = self.facts.class_of(function) if calls else None
        receiver = self.facts.names(function).parameters[:1] if own else ()
        return [
            node
            for node in calls
            if (
                isinstance(node.func, ast.Name)
                if own is None
                else isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id in receiver
            )
        ]

    def _expression(self, call: ast.Call) -> ast.AST:
        """The whole expression that a call is an operand of."""
        top: ast.AST = call
        for above in self.facts.ancestors(call):
            if not isinstance(above, ast.BinOp | ast.Call | ast.BoolOp | ast.List | ast.Tuple | ast.Await):
                break
            top = above
        return top

    def _overlap(self, function: FunctionNode, calls: list[ast.Call]) -> bool:
        """Tells whether two calls take different constant steps from the function's own parameters."""
        parameters = self.facts.names(function).parameters
        steps = {_steps(call, parameters) for call in calls}
        return len(steps - {None}) > 1

    def _keeps(self, function: FunctionNode) -> bool:
        """Tells whether the function stores what it knows by key, or looks it up."""
        for node in self.facts.within(function):
            if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store):
                return True
            if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.In | ast.NotIn):
                return True
        return False


def _calls_to_itself(facts: Facts) -> dict[ast.AST, list[ast.Call]]:
    """Function → the calls in it of something of its name."""
    found: dict[ast.AST, list[ast.Call]] = {}
    names = {function.name for function in facts.functions}
    for call in facts.of(ast.Call):
        name = last_word(call.func)
        function = facts.function(call) if name in names else None
        if function is not None and function.name == name:
            found.setdefault(function, []).append(call)
    return found


def _steps(call: ast.Call, parameters: tuple[str, ...]) -> tuple[str, ...] | None:
    """The arguments in words when each is a parameter or one less a constant, and some are less."""
    bases = [_base(argument) for argument in call.args]
    names = all(isinstance(base, ast.Name) and base.id in parameters for base in bases)
    if not names or call.keywords or bases == call.args:
        return None
    return tuple(map(ast.unparse, call.args))


def _is_less(argument: ast.expr, chosen: str, parameters: tuple[str, ...]) -> bool:
    """Tells whether an argument is a parameter less what is chosen."""
    return (
        isinstance(argument, ast.BinOp)
        and isinstance(argument.op, ast.Sub)
        and isinstance(argument.left, ast.Name)
        and argument.left.id in parameters
        and isinstance(argument.right, ast.Name)
        and argument.right.id == chosen
    )


def _base(argument: ast.expr) -> ast.expr:
    """``n`` of ``n - 1``, ``rows`` of ``rows[1:]``; any other expression itself."""
    if isinstance(argument, ast.Subscript) and isinstance(argument.slice, ast.Slice):
        return argument.value if _is_shorter(argument.slice) else argument
    steps = isinstance(argument, ast.BinOp) and isinstance(argument.op, ast.Sub | ast.Add)
    return argument.left if steps and isinstance(argument.right, ast.Constant) else argument  # type: ignore[attr-defined]


def _is_shorter(part: ast.Slice) -> bool:
    """Tells whether a slice is all but a written number of entries at the ends."""
    first, last = part.lower, part.upper
    from_front = first is None or (isinstance(first, ast.Constant) and first.value != 0)
    to_end = last is None or (isinstance(last, ast.UnaryOp) and isinstance(last.operand, ast.Constant))
    return from_front and to_end and part.step is None and (first is not None or last is not None)
