"""The rule nested-search."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence
from quality.rules import AstRule, Invalid, Valid, shorten
from quality_rules._loops import COMPREHENSIONS, Loops

if TYPE_CHECKING:
    from collections.abc import Sequence


#: Most arguments of a range without a step.
_BOUNDS = 2


class NestedSearch(AstRule):
    """For each element of one list, another is searched from its beginning.

    ## What it does
    Reports a loop or comprehension inside a loop that does nothing but compare each of its elements with the
    outer loop's for equality, by the elements or by their indices, when what it goes through is the same in each
    turn, or what the turns before put there.

    Other comparisons, lists that depend on the outer element, searches that need the place and not the element, and
    lists of a few written elements, are fine.

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
        Valid(
            "for i in range(len(a)):\n    for j in range(len(b)):\n        if a[i] == b[j]:\n            size[i][j] = 1",
            "A table of all places",
        ),
        Valid(
            "for i in range(n):\n    for j in range(n):\n        if i == j:\n            use(i)", "No list"
        ),
        Valid(
            "def f(xs):\n    kept = []\n    for a in xs:\n        for b in kept:\n            if b.x == a.x:\n"
            "                b.n += 1\n        kept = other(kept, a)",
            "Another list in each turn",
        ),
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
        Invalid(
            """
            def repeated(xs):
                found = []
                for i in range(len(xs)):
                    for j in range(i + 1, len(xs)):
                        if xs[i] == xs[j]:
                            found.append(xs[i])
                return found
            """,
            ("4:18-4:39 xs is searched in each turn of the loop: make a dictionary by xs[j] before it",),
        ),
        Invalid(
            """
            def grouped(words):
                groups = []
                for word in words:
                    for group in groups:
                        if group[0].key() == word.key():
                            group.append(word)
                            break
                    else:
                        groups.append([word])
                return groups
            """,
            ("4:22-4:28 groups is searched in each turn of the loop: fill a dictionary by group[0].key()",),
        ),
    )

    def visit_For(self, loop: ast.For) -> None:
        only = loop.body[0]
        if len(loop.body) == 1 and isinstance(only, ast.If) and not only.orelse:
            self._check(loop, loop.target, loop.iter, [only.test], only.body)

    def visit_comprehension(self, generator: ast.comprehension) -> None:
        comprehension = self.facts.parent(generator)
        if isinstance(comprehension, COMPREHENSIONS) and len(comprehension.generators) == 1:
            shown = [comprehension.key] if isinstance(comprehension, ast.DictComp) else [comprehension.elt]
            self._check(comprehension, generator.target, generator.iter, generator.ifs, shown)

    def _check(
        self,
        loop: ast.AST,
        target: ast.expr,
        source: ast.expr,
        tests: Sequence[ast.expr],
        used: Sequence[ast.AST],
    ) -> None:
        if not isinstance(target, ast.Name):
            return
        by_place = isinstance(source, ast.Call)
        listed = self._measured(source) if isinstance(source, ast.Call) else source
        if not isinstance(listed, ast.Name | ast.Attribute):
            return
        loops = self.facts.derived(Loops)
        outer = next(loops.around(loop), None)
        if not isinstance(outer, ast.For | ast.AsyncFor) or self._is_left(loop, outer):
            return
        fixed = loops.is_fixed(listed, outer)
        if not fixed and not self._only_grows(listed, outer):
            return
        bound = {node.id for node in self.facts.within(outer.target) if isinstance(node, ast.Name)}
        key = next((k for test in tests if (k := self._key(test, target.id, bound)) is not None), None)
        if key is None or (by_place and not self._is_of_places(key, listed, target.id, used)):
            return
        what, by = shorten(ast.unparse(listed)), shorten(ast.unparse(key))
        remedy = f"make a dictionary by {by} before it" if fixed else f"fill a dictionary by {by}"
        self.report(source, f"{what} is searched in each turn of the loop: {remedy}")

    def _measured(self, call: ast.Call) -> ast.expr | None:
        """The list whose indices ``range(…, len(it))`` goes through."""
        if not self.facts.is_builtin(call.func, "range") or not 1 <= len(call.args) <= _BOUNDS:
            return None
        stop = call.args[-1]
        measured = isinstance(stop, ast.Call) and self.facts.is_builtin(stop.func, "len") and stop.args
        return stop.args[0] if isinstance(stop, ast.Call) and measured else None

    def _is_of_places(self, key: ast.expr, listed: ast.expr, place: str, used: Sequence[ast.AST]) -> bool:
        """Tells whether an index is good for nothing but to take an element of the list."""
        name = ast.unparse(listed)
        needed = [
            node
            for part in (key, *used)
            for node in self.facts.within(part)
            if isinstance(node, ast.Name) and node.id == place
        ]
        taken = (self.facts.parent(node) for node in needed)
        return bool(needed) and all(
            isinstance(above, ast.Subscript) and ast.unparse(above.value) == name for above in taken
        )

    def _only_grows(self, listed: ast.expr, outer: ast.AST) -> bool:
        """Tells whether a loop does nothing to a local list but search it, measure it, and append to it."""
        if not isinstance(listed, ast.Name):
            return False
        grows = False
        for use in self.facts.within(outer):
            if not isinstance(use, ast.Name) or use.id != listed.id:
                continue
            above = self.facts.parent(use)
            if isinstance(above, ast.Attribute):
                if above.attr != "append":
                    return False
                grows = True
            elif not isinstance(use.ctx, ast.Load) or isinstance(above, ast.Starred):
                return False
        return grows

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
