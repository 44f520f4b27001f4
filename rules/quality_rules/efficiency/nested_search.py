"""The rule nested-search."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence
from quality.rules import AstRule, Invalid, Valid, shorten
from quality_rules._loops import COMPREHENSIONS, Loops

if TYPE_CHECKING:
    from collections.abc import Sequence


class NestedSearch(AstRule):
    """For each element of one list, another is searched from its beginning.

    ## What it does
    Reports a loop or comprehension inside a loop that does nothing but compare each of its elements with the
    outer loop's for equality, when what it goes through is the same in each turn.

    Other comparisons, lists that depend on the outer element, and lists of a few written elements, are fine.

    ## Why is this bad
    The time grows with the product of the two lengths. A dictionary from the key to the element, made once,
    finds the partner at once.

    ## Example
    ```python
    def joined(orders, customers):
        for order in orders:
            for customer in customers:
                if customer.id == order.customer_id:
                    yield order, customer
    ```

    ## Use instead
    ```python
    def joined(orders, customers):
        by_id = {customer.id: customer for customer in customers}
        for order in orders:
            if order.customer_id in by_id:
                yield order, by_id[order.customer_id]
    ```

    ## References
    - [Hash join](https://en.wikipedia.org/wiki/Hash_join)
    """

    dimension = "efficiency"
    effort = 10
    confidence = Confidence.MEDIUM

    VALID = (
        Valid(
            "for a in xs:\n    for b in a.rows:\n        if b.id == a.id:\n            use(b)", "Its own rows"
        ),
        Valid(
            "for a in xs:\n    for b in ys:\n        if b.low < a.x:\n            use(a, b)", "No equality"
        ),
        Valid("for a in xs:\n    for b in ys:\n        use(a, b)", "All pairs are wanted"),
    )
    INVALID = (
        Invalid(
            """
            def names(orders, people):
                found = []
                for order in orders:
                    found += [p.name for p in people if p.id == order.person]
                return found
            """,
            ("4:35-4:41 people is searched in each turn of the loop: make a dictionary by p.id before it",),
        ),
    )

    def visit_For(self, loop: ast.For) -> None:
        only = loop.body[0]
        if len(loop.body) == 1 and isinstance(only, ast.If) and not only.orelse and not loop.orelse:
            self._check(loop, loop.target, loop.iter, [only.test])

    def visit_comprehension(self, generator: ast.comprehension) -> None:
        comprehension = self.facts.parent(generator)
        if isinstance(comprehension, COMPREHENSIONS) and len(comprehension.generators) == 1:
            self._check(comprehension, generator.target, generator.iter, generator.ifs)

    def _check(self, loop: ast.AST, target: ast.expr, source: ast.expr, tests: Sequence[ast.expr]) -> None:
        if not isinstance(target, ast.Name) or not isinstance(source, ast.Name | ast.Attribute):
            return
        loops = self.facts.derived(Loops)
        outer = next(loops.around(loop), None)
        if not isinstance(outer, ast.For | ast.AsyncFor) or not loops.is_fixed(source, outer):
            return
        if self._is_left(loop, outer):
            return
        bound = {node.id for node in self.facts.within(outer.target) if isinstance(node, ast.Name)}
        key = next((k for test in tests if (k := self._key(test, target.id, bound)) is not None), None)
        if key is not None:
            what, by = shorten(ast.unparse(source)), shorten(ast.unparse(key))
            self.report(
                source,
                f"{what} is searched in each turn of the loop: make a dictionary by {by} before it",
            )

    def _is_left(self, loop: ast.AST, outer: ast.AST) -> bool:
        """Tells whether the outer loop ends with the search."""
        statement = self.facts.statement(loop)
        return statement is not outer and self.facts.derived(Loops).ends(statement)

    def _key(self, test: ast.expr, inner: str, outer: set[str]) -> ast.expr | None:
        """The inner side of an equality between something of the inner and something of the outer element."""
        if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
            return next((k for part in test.values if (k := self._key(part, inner, outer)) is not None), None)
        if not isinstance(test, ast.Compare) or len(test.ops) != 1 or not isinstance(test.ops[0], ast.Eq):
            return None
        sides = (test.left, test.comparators[0])
        for own, other in (sides, sides[::-1]):
            names, others = self._names(own), self._names(other)
            if inner in names and not names & outer and others & outer and inner not in others:
                return own
        return None

    def _names(self, node: ast.expr) -> set[str]:
        return {entry.id for entry in self.facts.within(node) if isinstance(entry, ast.Name)}
