"""The rule manual-index."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence
from quality.rules import LOOPS, AstRule, Invalid, Valid
from quality_rules._given import given, previous
from quality_rules._loops import loop_of
from quality_rules._updates import update_of

if TYPE_CHECKING:
    from collections.abc import Iterator


class ManualIndex(AstRule):
    """A loop counts its turns by hand.

    ## What it does
    Reports a name that is 0 or 1 before a loop and that the loop's last statement counts up, where a `for` loop
    with `enumerate` or `range` would do: nothing else sets the name, and no `continue` skips the counting.

    ## Why is this bad
    Three places far apart must agree for the index to be right, and a `continue` that somebody adds later breaks
    it (a `while` loop then never ends).

    ## Example
    ```python
    def show(rows):
        number = 0
        for row in rows:
            print(number, row)
            number += 1
    ```

    ## Use instead
    ```python
    def show(rows):
        for number, row in enumerate(rows):
            print(number, row)
    ```

    ## References
    - [Python documentation: enumerate](https://docs.python.org/3/library/functions.html#enumerate)
    """

    dimension = "clarity"
    confidence = Confidence.MEDIUM
    effort = 3

    needs = frozenset({ast.AugAssign, ast.BinOp})

    VALID = (
        Valid(
            "def f(xs):\n    n = 0\n    for x in xs:\n        if x:\n            n += 1\n    return n",
            "It counts something else",
        ),
        Valid("def f(n):\n    i = 0\n    while i < n:\n        i += step(i)\n    return i", "Uneven steps"),
    )
    INVALID = (
        Invalid(
            "def f(xs):\n    i: Any = 0\n    for x in xs:\n        print(i, x)\n        i += 1",
            ("3:5-3:16 the loop counts i by hand: use enumerate()",),
        ),
        Invalid(
            "do_len = len\n\ndef f(xs):\n    last, i = -1, 0\n    while i < do_len(xs):\n        print(xs[i])\n        i += 1",
            ("5:5-5:25 the loop counts i by hand: use a for loop",),
        ),
        Invalid(
            "def f(xs):\n    i = 0\n    for x in xs:\n        print(i, x)\n        i += 1",
            ("3:5-3:16 the loop counts i by hand: use enumerate()",),
        ),
        Invalid(
            "def f(xs):\n    i = 0\n    for x in xs:\n        print(i, x)\n        i = i + 1",
            ("3:5-3:16 the loop counts i by hand: use enumerate()",),
        ),
        Invalid(
            "def f(xs):\n    i = 0\n    while i < len(xs):\n        print(xs[i])\n        i += 1",
            ("3:5-3:22 the loop counts i by hand: use a for loop",),
        ),
    )

    def visit_For(self, loop: ast.For) -> None:
        name = _counted(loop.body)
        if name and self._is_counter(loop, name):
            self.report(loop, f"the loop counts {name} by hand: use enumerate()", until=loop.iter)

    def visit_AsyncFor(self, loop: ast.AsyncFor) -> None:
        """enumerate() takes no asynchronous iterator."""

    def visit_While(self, loop: ast.While) -> None:
        name, test = _counted(loop.body), loop.test
        bounded = (
            isinstance(test, ast.Compare) and len(test.ops) == 1 and isinstance(test.ops[0], ast.Lt | ast.LtE)
        )
        if not name or not isinstance(test, ast.Compare) or not bounded:
            return
        plain = isinstance(test.left, ast.Name) and test.left.id == name
        if plain and self._is_fixed(loop, test.comparators[0]) and self._is_counter(loop, name):
            self.report(loop, f"the loop counts {name} by hand: use a for loop", until=test)

    def _is_counter(self, loop: ast.For | ast.While, name: str) -> bool:
        """Tells whether a name starts before a loop, and the loop does nothing else to it."""
        if not any(_starts(statement, name) for statement in self._before(loop)):
            return False
        inside = self.facts.within(loop)
        uses = [n for n in inside if isinstance(n, ast.Name) and n.id == name]
        stores = [n for n in uses if isinstance(n.ctx, ast.Store)]
        reads = [n for n in uses if n not in stores and self.facts.statement(n) is not loop.body[-1]]
        skips = any(isinstance(n, ast.Continue) and loop_of(self.facts, n) is loop for n in inside)
        return len(stores) == 1 and bool(reads) and not skips

    def _is_fixed(self, loop: ast.While, bound: ast.expr) -> bool:
        """Tells whether a bound is a name, or the length of a name, that the loop does not change."""
        if isinstance(bound, ast.Call):
            if not self.facts.is_builtin(bound.func, "len") or len(bound.args) != 1:
                return False
            bound = bound.args[0]
        if not isinstance(bound, ast.Name):
            return isinstance(bound, ast.Constant)
        uses = [n for n in self.facts.within(loop) if isinstance(n, ast.Name) and n.id == bound.id]
        return all(isinstance(n.ctx, ast.Load) and self._only_reads(n) for n in uses)

    def _only_reads(self, use: ast.Name) -> bool:
        above = self.facts.parent(use)
        if isinstance(above, ast.Subscript):
            return isinstance(above.ctx, ast.Load) or above.slice is use
        return not isinstance(above, ast.Attribute)

    def _before(self, loop: ast.stmt) -> Iterator[ast.stmt]:
        """The three statements before a loop, the nearest first."""
        statement = previous(self.facts, loop)
        for _ in range(3):
            if statement is None or isinstance(statement, LOOPS):
                return
            yield statement
            statement = previous(self.facts, statement)


def _counted(block: list[ast.stmt]) -> str:
    """The name that the last statement of a block counts up; or the empty string."""
    match update_of(block[-1]):
        case (ast.Name(id=name), ast.Add(), ast.Constant(value=1)) if len(block) > 1:
            return name
    return ""


def _starts(statement: ast.stmt, name: str) -> bool:
    return any(
        bound == name and isinstance(value, ast.Constant) and value.value in {0, 1}
        for bound, value in given(statement)
    )
