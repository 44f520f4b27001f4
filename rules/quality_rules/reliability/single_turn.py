"""The rule single-turn."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Severity
from quality.rules import AstRule, Invalid, Valid, root_name
from quality_rules._constants import truth
from quality_rules._loops import CHANGING_METHODS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class SingleTurn(AstRule):
    """A loop ends in its first turn.

    ## What it does
    Reports `for` loops that return in every case, where one of the cases depends on the entry, or where what is returned
    is what the loop adds to; and `while` loops with a condition that leave in every case.

    Loops that take the first entry of something, and those that go on in some case, are fine.

    ## Why is this bad
    Only the first entry is looked at: the `return` stands one level too deep. What is found out about the others, or
    summed up of them, is missing.

    ## Example
    ```python
    def all_even(numbers):
        for number in numbers:
            if number % 2:
                return False
            return True
    ```

    ## Use instead
    ```python
    def all_even(numbers):
        for number in numbers:
            if number % 2:
                return False
        return True
    ```

    ## References
    - [RSPEC-1751: loops with at most one iteration](https://rules.sonarsource.com/python/RSPEC-1751/)
    """

    dimension = "reliability"
    severity = Severity.ERROR
    effort = 5

    VALID = (
        Valid("def f(xs):\n    for x in xs:\n        if x:\n            return x\n    return None"),
        Valid("def f(xs):\n    for x in xs:\n        return x", "The first one"),
        Valid("def f(xs):\n    for x in xs:\n        y = g(x)\n        return y", "The first one"),
        Valid(
            "def f(xs):\n    for x in xs:\n        if x:\n            continue\n        return x",
            "It goes on",
        ),
        Valid(
            "def f():\n    while True:\n        if g():\n            return 1\n        return 2",
            "A block to leave",
        ),
        Valid(
            "def f(x):\n    while x:\n        try:\n            return g(x)\n        except E:\n            x -= 1",
            "It tries again",
        ),
        Valid(
            "def f(xs):\n    for x in xs:\n        if x:\n            yield x\n        return", "A generator"
        ),
    )
    INVALID = (
        Invalid(
            "def f(xs):\n    for x in xs:\n        if x > 1:\n            return True\n        else:\n            return False",
            ("2:5-6:25 ends in the first turn: move the return behind the loop",),
        ),
        Invalid(
            "def f(xs):\n    found = []\n    for x in xs:\n        found.append(x * 2)\n        return found",
            ("3:5-5:21 ends in the first turn: move the return behind the loop",),
        ),
        Invalid(
            "def f(node):\n    while node.above:\n        node = node.above\n        print(node)\n        break",
            ("2:5-5:14 ends in the first turn: take out what leaves, or write if",),
        ),
    )

    def visit_For(self, loop: ast.For) -> None:
        ends = _leaves(loop.body, (ast.Return,)) and not loop.orelse and not self._goes_on(loop)
        if ends and (self._decides(loop) or self._sums_up(loop)):
            self.report(loop, "ends in the first turn: move the return behind the loop")

    def visit_While(self, loop: ast.While) -> None:
        leaves = _leaves(loop.body, (ast.Return, ast.Raise, ast.Break))
        if leaves and truth(loop.test) is None and not loop.orelse and not self._goes_on(loop):
            self.report(loop, "ends in the first turn: take out what leaves, or write if")

    def _goes_on(self, loop: ast.For | ast.While) -> bool:
        """Tells whether a loop has another turn in some case, or is read on by who calls the function."""
        kinds = (ast.Continue, ast.Yield, ast.YieldFrom, *([ast.Break] if isinstance(loop, ast.For) else []))
        return any(isinstance(node, kinds) for node in self.facts.within(loop))

    def _decides(self, loop: ast.For) -> bool:
        """Tells whether one of the cases, in which the loop returns, depends on a condition."""
        conditions = (statement for statement in loop.body if isinstance(statement, ast.If))
        return any(isinstance(node, ast.Return) for each in conditions for node in self.facts.within(each))

    def _sums_up(self, loop: ast.For) -> bool:
        """Tells whether a loop returns what it adds to."""
        last = loop.body[-1]
        if not isinstance(last, ast.Return) or last.value is None:
            return False
        returned = self.facts.names_in(last)
        return not returned.isdisjoint(_added(loop.body[:-1]))


def _added(block: Sequence[ast.stmt]) -> Iterator[str]:
    """The names that the statements of a block add to."""
    for statement in block:
        match statement:
            case ast.AugAssign(target=ast.Name(id=name)):
                yield name
            case ast.Expr(value=ast.Call(func=ast.Attribute(value=owner, attr=method))):
                if method in CHANGING_METHODS:
                    yield root_name(owner)


def _leaves(block: Sequence[ast.stmt], how: tuple[type[ast.stmt], ...]) -> bool:
    """Tells whether the end of a block leaves the loop in every case."""
    pending = [block]
    while pending:
        last = pending.pop()[-1]
        if isinstance(last, ast.If) and last.orelse:
            pending += [last.body, last.orelse]
        elif not isinstance(last, how):
            return False
    return True
