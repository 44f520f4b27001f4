"""The rule continued-function."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from quality.model import Severity
from quality.rules import AstRule, Invalid, Setting, Valid, parameters

if TYPE_CHECKING:
    from quality.rules import Facts

#: What is left of a name that says nothing but that it is a piece of another function.
_PIECE = re.compile(
    r"_*(?:part|parts|rest|more|next|half|tail|end|second|two|cont|continued?|piece|chunk)?_*\d*_*"
    r"|_*(?:step|stage|phase|body|loop|block|branch|inner|helper|turn)_*\d+_*"
)


class ContinuedFunction(AstRule):
    """A function is cut into pieces without a meaning of their own.

    ## What it does
    Reports functions that one function calls at one place, with its own local names as they are, and whose name is
    that function's with a number or a word like `part` or `rest` behind it.

    It is an error where both together are long: there the cut hides the most.

    Parts that are named after what they do, that are called elsewhere too, or that get something else than locals
    are fine.

    ## Why is this bad
    A reader of either piece needs the other. The function is as long as before, and what its halves share is now an
    interface.

    ## Example
    ```python
    def bill(orders, rates):
        total = sum(order.price for order in orders)
        return bill_rest(orders, rates, total)

    def bill_rest(orders, rates, total):
        tax = total * rates[orders[0].country]
        return total + tax
    ```

    ## Use instead
    ```python
    def bill(orders, rates):
        total = sum(order.price for order in orders)
        return total + tax_of(total, orders[0].country, rates)

    def tax_of(total, country, rates):
        return total * rates[country]
    ```

    ## References
    - [Refactoring: extract function](https://refactoring.com/catalog/extractFunction.html)
    """

    dimension = "structure"
    effort = 20

    long = Setting(20, "From so many statements of both together on it is an error.", minimum=1)

    VALID = (
        Valid(
            "def f(x):\n    y = x + 1\n    return doubled(x, y)\n\ndef doubled(x, y):\n    return 2 * x * y",
            "It has a name of its own",
        ),
        Valid(
            "def grow(trees):\n    for tree in trees:\n        grow_step(tree)\n\ndef grow_step(tree):\n    tree.age += 1",
            "A step of it",
        ),
        Valid(
            "def f(x):\n    return f_part(x + 1)\n\ndef f_part(x):\n    return 2 * x",
            "It gets something else",
        ),
        Valid(
            "def f(x):\n    return f_2(x) + f_2(x)\n\ndef f_2(x):\n    return 2 * x",
            "It is called twice",
        ),
    )
    INVALID = (
        Invalid(
            """
            def total(orders):
                found = 0
                for order in orders:
                    found = total_step_1(found, order)
                return found

            def total_step_1(found, order):
                if order.paid:
                    found += order.price
                return found
            """,
            ("7:1-7:32 total_step_1() goes on where total() stops: cut where a part has a name of its own",),
        ),
        Invalid(
            """
            def solve(board):
                free = [place for place in board if place.empty]
                return solve_rest(board, free)

            def solve_rest(board, free):
                return min(free, key=board.choices, default=None)
            """,
            ("5:1-5:29 solve_rest() goes on where solve() stops: cut where a part has a name of its own",),
        ),
        Invalid(
            """
            def solve(board):
                board = _solve_2(board)
                return board.best()

            def _solve_2(board):
                for place in board:
                    place.mark()
                return board
            """,
            ("5:1-5:21 _solve_2() goes on where solve() stops: cut where a part has a name of its own",),
        ),
    )

    def visit_FunctionDef(self, function: ast.FunctionDef) -> None:
        calls = self.facts.derived(_calls).get(function.name, [])
        around = self.facts.function(calls[0]) if len(calls) == 1 else None
        if around is None or around is function:
            return
        whole = around.name.strip("_")
        prefix, found, rest = function.name.partition(whole)
        if found and not prefix.strip("_") and rest.strip("_") and _PIECE.fullmatch(rest):
            names = [each.id for each in calls[0].args if isinstance(each, ast.Name)]
            if names and len(names) == len(calls[0].args) and names == list(parameters(function)):
                both = self.facts.size(function) + self.facts.size(around)
                self.report(
                    function,
                    f"{function.name}() goes on where {around.name}() stops: "
                    "cut where a part has a name of its own",
                    severity=Severity.ERROR if both >= self.long else None,
                )


def _calls(facts: Facts) -> dict[str, list[ast.Call]]:
    """Name → the calls of it."""
    found: dict[str, list[ast.Call]] = {}
    for call in facts.of(ast.Call):
        if isinstance(call.func, ast.Name):
            found.setdefault(call.func.id, []).append(call)
    return found
