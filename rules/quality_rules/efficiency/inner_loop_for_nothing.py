"""The rule inner-loop-for-nothing."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence
from quality.rules import AstRule, Invalid, Valid, shorten
from quality_rules._asked import has_several_loops
from quality_rules._loops import COMPREHENSIONS, Loops

if TYPE_CHECKING:
    from collections.abc import Sequence


class InnerLoopForNothing(AstRule):
    """An inner loop asks in each turn what the outer loop's turn decides.

    ## What it does
    Reports a loop inside a loop that does nothing but what stands below an `if`, when a part of its condition reads
    the outer loop's variables and none of its own; in comprehensions, a condition behind the second `for` that could
    stand behind the first.

    Conditions that nothing in the outer loop moves, tests that the inner loop has a part in, and loops that do more than the
    `if` are fine.

    ## Why is this bad
    The inner loop goes through all its elements for nothing whenever the answer is no. Asked before it, the question costs
    one step, and what is often quadratic becomes one pass.

    ## Example
    ```python
    def shared(left, right):
        for row in left:
            for other in right:
                if row.active and row.key < other.key:
                    yield row, other
    ```

    ## Use instead
    ```python
    def shared(left, right):
        for row in left:
            if row.active:
                for other in right:
                    if row.key < other.key:
                        yield row, other
    ```

    ## References
    - [Loop unswitching](https://en.wikipedia.org/wiki/Loop_unswitching)
    """

    dimension = "efficiency"
    confidence = Confidence.MEDIUM

    asks = (has_several_loops,)

    VALID = (
        Valid("for a in xs:\n    for b in ys:\n        if a.x < b.x:\n            use(a, b)", "Of both"),
        Valid(
            "for a in xs:\n    for b in ys:\n        if verbose:\n            use(a, b)",
            "A switch of the whole",
        ),
        Valid(
            "for a in xs:\n    for b in ys:\n        if a.todo and b.ok:\n            a.todo = False",
            "The inner loop changes it",
        ),
        Valid(
            "for a in xs:\n    for b in a.parts:\n        if ready(a):\n            use(b)", "It may change"
        ),
        Valid(
            "for a in xs:\n    for b in ys:\n        if a.ok:\n            use(a)\n        else:\n            use(b)",
            "Another thing is done otherwise",
        ),
        Valid("pairs = [a + b for a in xs for b in ys if a < b]", "Of both"),
        Valid("pairs = [a + b for a in xs if a > 1 for b in ys]", "It stands before the second loop"),
    )
    INVALID = (
        Invalid(
            """
            def distances(words, first, second):
                for place, word in enumerate(words):
                    for other_place, other in enumerate(words):
                        if word == first and other == second:
                            yield abs(place - other_place)
            """,
            ("4:16-4:29 word == first is the same in each turn of the inner loop: ask before it",),
        ),
        Invalid(
            "pairs = [(a, b) for a in xs for b in ys if a.active]",
            ("1:44-1:52 a.active is the same in each turn of the inner loop: ask before it",),
        ),
    )

    def visit_For(self, loop: ast.For) -> None:
        only = loop.body[0]
        if len(loop.body) > 1 or not isinstance(only, ast.If) or only.orelse or loop.orelse:
            return
        outer = next(self.facts.derived(Loops).around(loop), None)
        if isinstance(outer, ast.For | ast.AsyncFor):
            names = self.facts.names_in(outer.target)
            self._check([only.test], loop, names)

    def visit_comprehension(self, generator: ast.comprehension) -> None:
        whole = self.facts.parent(generator)
        if not isinstance(whole, COMPREHENSIONS) or generator is whole.generators[0]:
            return
        place = whole.generators.index(generator)
        before = set().union(*(self.facts.names_in(each.target) for each in whole.generators[:place]))
        own = self.facts.names_in(generator.target)
        for test in generator.ifs:
            found = self.facts.names_in(test)
            if found & before and not found & own and self._is_plain(test):
                self._tell(test)
                return

    def _check(self, tests: Sequence[ast.expr], loop: ast.For, outer: set[str]) -> None:
        """Reports a part of a condition that reads what the outer loop binds, and nothing that changes in the inner one."""
        loops = self.facts.derived(Loops)
        parts = [part for test in tests for part in _parts(test)]
        for part in parts:
            if self.facts.names_in(part) & outer and self._is_plain(part) and loops.is_fixed(part, loop):
                self._tell(part)
                return

    def _tell(self, test: ast.expr) -> None:
        self.report(
            test, f"{shorten(ast.unparse(test))} is the same in each turn of the inner loop: ask before it"
        )

    def _is_plain(self, test: ast.expr) -> bool:
        """Tells whether a test only looks at values: it can be asked earlier, and as often as one likes."""
        return all(
            not isinstance(node, ast.Call | ast.Await | ast.NamedExpr | ast.Subscript)
            for node in self.facts.within(test)
        )


def _parts(test: ast.expr) -> Sequence[ast.expr]:
    """What must all be true for a test to be so."""
    return test.values if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And) else [test]
