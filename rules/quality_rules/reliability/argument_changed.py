"""The rule argument-changed."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity
from quality.rules import AstRule, Invalid, Valid

if TYPE_CHECKING:
    from quality.model import FunctionNode
    from quality.rules import Facts

_IN_PLACE = {"sort": "sorted()", "reverse": "reversed()"}


class ArgumentChanged(AstRule):
    """A function that answers a question reorders what it was asked about.

    ## What it does
    Reports `sort()` and `reverse()` on a parameter in a function that returns something else.

    Functions that return nothing, or that very parameter, functions that made a copy first, and methods'
    `self`, are fine.

    ## Why is this bad
    The caller's list is in another order afterwards. Nothing in the call says so, and the trouble shows where
    the list is used next.

    ## Example
    ```python
    def median(numbers):
        numbers.sort()
        return numbers[len(numbers) // 2]
    ```

    ## Use instead
    ```python
    def median(numbers):
        ordered = sorted(numbers)
        return ordered[len(ordered) // 2]
    ```

    ## References
    - [Command–query separation](https://en.wikipedia.org/wiki/Command%E2%80%93query_separation)
    """

    dimension = "reliability"
    needs = frozenset(_IN_PLACE)
    confidence = Confidence.LOW
    severity = Severity.NOTE

    VALID = (
        Valid("def f(rows):\n    rows.sort()", "It returns nothing"),
        Valid("def f(rows):\n    rows = list(rows)\n    rows.sort()\n    return rows[0]", "A copy"),
        Valid("def f(rows):\n    rows.reverse()\n    return rows", "It returns it"),
    )
    INVALID = (
        Invalid(
            "def third(scores):\n    scores.sort(reverse=True)\n    return scores[2]",
            ("2:5-2:30 scores.sort() changes the caller's list: work on a copy, as sorted() makes",),
        ),
    )

    def visit_Call(self, call: ast.Call) -> None:
        function = call.func
        if not isinstance(function, ast.Attribute) or function.attr not in _IN_PLACE:
            return
        if not isinstance(function.value, ast.Name) or not isinstance(self.facts.parent(call), ast.Expr):
            return
        around = self.facts.function(call)
        name = function.value.id
        if around is None or not self._is_argument(around, name) or not self._answers(around, name):
            return
        copy = _IN_PLACE[function.attr]
        self.report(
            call, f"{name}.{function.attr}() changes the caller's list: work on a copy, as {copy} makes"
        )

    def _is_argument(self, function: FunctionNode, name: str) -> bool:
        names = self.facts.names(function)
        receiver = names.parameters[:1] if self.facts.class_of(function) else ()
        starred = {getattr(function.args.vararg, "arg", ""), getattr(function.args.kwarg, "arg", "")}
        return name in names.parameters and name not in names.stores and name not in {*receiver, *starred}

    def _answers(self, function: FunctionNode, name: str) -> bool:
        """Tells whether a function returns something, and never the parameter itself."""
        returned = self.facts.derived(_returned).get(function, set())
        return bool(returned) and name not in returned


def _returned(facts: Facts) -> dict[ast.AST, set[str]]:
    """Function → names that it returns, with an empty one for anything else."""
    found: dict[ast.AST, set[str]] = {}
    for node in facts.of(ast.Return):
        function = facts.function(node)
        if function is not None and node.value is not None:
            found.setdefault(function, set()).add(getattr(node.value, "id", ""))
    return found
