"""The rule continued-function."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quality.model import Severity
from quality.rules import AstRule, Invalid, Setting, Valid, pieces_of
from quality_rules._asked import has_several_functions

if TYPE_CHECKING:
    import ast

    from quality.model import FunctionNode


class ContinuedFunction(AstRule):
    """A function is cut into pieces without a meaning of their own.

    ## What it does
    Reports functions that one function calls at one place, with its own local names as they are, and whose name is
    that function's with a number or a word like `part` or `rest` behind it. So it does with functions and methods that are numbered
    through, that one calls at one place without arguments, and without a look at a result: what they work on is in names of the module,
    or fields, that all of them see.

    It is an error where both together are long: there the cut hides the most. What a piece adds to size and complexity
    counts for the function that it was cut from, too.

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
    asks = (has_several_functions,)

    long = Setting(20, "From so many statements of both together on it is an error.", minimum=1)

    VALID = (
        Valid(
            "@on('x')\ndef _(event):\n    rest(event)\n\ndef rest(event):\n    event.done = True",
            "A function without a name has no pieces",
        ),
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
        Valid(
            "class A:\n    def run(self):\n        self.load()\n        return self.step_1()\n\n    def load(self):\n"
            "        self.x = 1\n\n    def step_1(self):\n        return self.x",
            "One has a name, and the other gives something",
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
        Invalid(
            """
            class Bill:
                def __init__(self, orders):
                    self.orders = orders
                    self.total = 0

                def run(self):
                    self.step_0()
                    return self.total

                def step_0(self):
                    for self.order in self.orders:
                        self.step_1()

                def step_1(self):
                    self.total += self.order.price
            """,
            (
                "10:5-10:22 step_0() goes on where run() stops: cut where a part has a name of its own",
                "14:5-14:22 step_1() goes on where step_0() stops: cut where a part has a name of its own",
            ),
        ),
    )

    def visit_Module(self, module: ast.Module) -> None:
        del module
        for function, around in pieces_of(self.facts.source.nodes).items():
            self._report_piece(function, around)

    def _report_piece(self, function: FunctionNode, around: FunctionNode) -> None:
        both = self.facts.size(function) + self.facts.size(around)
        self.report(
            function,
            f"{function.name}() goes on where {around.name}() stops: cut where a part has a name of its own",
            severity=Severity.ERROR if both >= self.long else None,
        )
