"""The rule rank-by-counting."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence
from quality.rules import AstRule, Invalid, Valid, shorten
from quality_rules._loops import Loops, turns_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_ORDERED = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)


class RankByCounting(AstRule):
    """How many elements are smaller is counted anew for each element.

    ## What it does
    Reports `sum(1 for other in rows if other < row)` and `len([other for other in rows if other < row])` in a loop that
    goes through the same rows, when the elements are compared by their order, also by both ends of intervals.

    Counts for other values, and counts of a few written elements, are fine.

    ## Why is this bad
    Each count goes through all elements, so the time grows with the square of their number. In a sorted list, the place of an
    element says how many are smaller.

    ## Example
    ```python
    def ranks(scores):
        return [sum(other > score for other in scores) + 1 for score in scores]
    ```

    ## Use instead
    ```python
    def ranks(scores):
        ordered = sorted(scores)
        return [len(ordered) - bisect_right(ordered, score) + 1 for score in scores]
    ```

    ## References
    - [Python documentation: bisect](https://docs.python.org/3/library/bisect.html)
    """

    dimension = "efficiency"
    needs = frozenset({"sum", "len"})
    effort = 10
    confidence = Confidence.MEDIUM

    VALID = (
        Valid(
            "def f(rows, limits):\n    return [sum(row < limit for row in rows) for limit in limits]",
            "Of others",
        ),
        Valid(
            "def f(groups):\n    return [sum(x < group.top for x in group.rows) for group in groups]",
            "Its own rows",
        ),
        Valid("def f(rows, limit):\n    return sum(row < limit for row in rows)", "Once"),
        Valid("def f(rows):\n    return [sum(near(a, b) for b in rows) for a in rows]", "By no order"),
        Valid("def f(rows):\n    return [sum(b - a < 3 for b in rows) for a in rows]", "Of both at once"),
        Valid("def f(rows):\n    return [sum(b for b in rows if b < a) for a in rows]", "A sum"),
    )
    INVALID = (
        Invalid(
            """
            def busiest(meetings):
                most = 0
                for moment, _ in meetings:
                    running = sum(1 for start, end in meetings if start <= moment < end)
                    most = max(most, running)
                return most
            """,
            ("4:19-4:77 meetings is counted through in each turn of the loop: sort it once, and ask bisect",),
        ),
        Invalid(
            """
            def smaller(numbers):
                return [len([n for n in numbers if n < number]) for number in numbers]
            """,
            ("2:13-2:52 numbers is counted through in each turn of the loop: sort it once, and ask bisect",),
        ),
    )

    def visit_Call(self, call: ast.Call) -> None:
        if len(call.args) != 1 or not self.facts.is_builtin(call.func, "sum", "len"):
            return
        counted = call.args[0]
        is_sum = self.facts.is_builtin(call.func, "sum")
        if not isinstance(counted, ast.GeneratorExp | ast.ListComp) or len(counted.generators) != 1:
            return
        generator = counted.generators[0]
        tests: Sequence[ast.expr] = generator.ifs
        if is_sum and not tests:
            tests = [counted.elt]
        elif is_sum and not (isinstance(counted.elt, ast.Constant) and counted.elt.value == 1):
            return
        if not isinstance(generator.iter, ast.Name) or not tests:
            return
        own = self.facts.names_in(generator.target)
        if self._is_of_same(call, generator.iter, own, tests):
            what = shorten(generator.iter.id)
            self.report(
                call,
                f"{what} is counted through in each turn of the loop: sort it once, and ask bisect",
            )

    def _is_of_same(
        self, call: ast.Call, counted: ast.Name, own: set[str], tests: Sequence[ast.expr]
    ) -> bool:
        """Tells whether a loop around goes through the same, and asks only for an order between its elements."""
        loops = self.facts.derived(Loops)
        for loop in loops.around(call):
            if not loops.is_fixed(counted, loop) or loops.is_left_behind(call, loop):
                return False
            for target, source in turns_of(loop):
                names = self.facts.names_in(target)
                if self._goes_through(source, counted.id) and all(
                    self._is_order(test, own, names) for test in tests
                ):
                    return any(self.facts.names_in(test) & names for test in tests)
        return False

    def _goes_through(self, source: ast.expr, name: str) -> bool:
        if (
            isinstance(source, ast.Call)
            and source.args
            and self.facts.is_builtin(source.func, "enumerate", "set")
        ):
            source = source.args[0]
        return isinstance(source, ast.Name) and source.id == name

    def _is_order(self, test: ast.expr, own: set[str], outer: set[str]) -> bool:
        """Tells whether a test compares, by their order, something of an element with something else."""
        if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
            return all(self._is_order(part, own, outer) for part in test.values)
        if not isinstance(test, ast.Compare) or not all(isinstance(each, _ORDERED) for each in test.ops):
            return False
        sides = [self.facts.names_in(side) for side in (test.left, *test.comparators)]
        plain = not self.facts.inside(test, ast.Call)
        return plain and all(not (names & own and names & outer) for names in sides)
