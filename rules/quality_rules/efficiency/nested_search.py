"""The rule nested-search."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

from quality.model import Confidence
from quality.rules import AstRule, Invalid, Valid, last_word, shorten, sides_of
from quality_rules._asked import has_several_loops
from quality_rules._loops import COMPREHENSIONS, Loops

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quality.rules import Facts


#: Most arguments of a range without a step.
_BOUNDS = 2


class Search(NamedTuple):
    """A loop or a part of a comprehension that may be a search.

    Attributes:
        target: What each turn gets.
        source: Of what.
        tests: What is asked of it.
        used: What is done where the answer is yes.
    """

    target: ast.expr
    source: ast.expr
    tests: Sequence[ast.expr]
    used: Sequence[ast.AST]


class NestedSearch(AstRule):
    """For each element of one list, another is searched from its beginning.

    ## What it does
    Reports a loop or comprehension inside another that does nothing but compare each of its elements with the
    outer one's for equality, by the elements or by their indices, when what it goes through is the same in each
    turn, or what the turns before put there. Likewise pairs that are sought by their sum or difference
    (`a + b == goal`), also among `combinations(rows, 2)`.

    Other comparisons, lists that depend on the outer element, searches that need the place and not the element, and
    lists of a few written elements or with the name of a constant, are fine.

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
            "def f(xs, ys):\n    return [(a, b) for a in xs for b in ys if a % 2 == b % 2]",
            "Half of all pairs",
        ),
        Valid("def f(xs):\n    return [a for a in xs for b in (1, 2) if a == b]", "A few"),
        Valid("def f(xs):\n    return [a for a in xs for kind in KINDS if a.kind == kind]", "A constant"),
        Valid("def f(xs):\n    return [a for a in xs for kind in Kind if a.kind == kind]", "An enumeration"),
        Valid("def f(xs, ys):\n    return [(a, b) for a in xs for b in ys if a + b < 9]", "No equality"),
        Valid("def f(xs, ys, g):\n    return [(a, b) for a in xs for b in ys if a + b == g(a)]", "Of both"),
        Valid(
            "def f(xs):\n    kept = []\n    for a in xs:\n        for b in kept:\n            if b.x == a.x:\n"
            "                b.n += 1\n        kept = other(kept, a)",
            "Another list in each turn",
        ),
    )
    INVALID = (
        Invalid(
            """
            def joined(orders, people):
                return [(p.name, o.sum) for o in orders for p in people if p.id == o.person]
            """,
            ("2:54-2:60 people is searched in each turn of the loop: make a dictionary by p.id before it",),
        ),
        Invalid(
            """
            def totals(rows):
                kinds = {row.kind for row in rows}
                return {kind: sum(row.size for row in rows if row.kind == kind) for kind in kinds}
            """,
            ("3:43-3:47 rows is searched in each turn of the loop: make a dictionary by row.kind before it",),
        ),
        Invalid(
            """
            def two_sum(numbers, goal):
                for i in range(len(numbers)):
                    for j in range(i + 1, len(numbers)):
                        if numbers[i] + numbers[j] == goal:
                            return i, j
            """,
            (
                (
                    "3:18-3:44 numbers is searched in each turn of the loop: "
                    "look goal - numbers[i] up in a dictionary or set"
                ),
            ),
        ),
        Invalid(
            """
            from itertools import combinations

            def apart(sizes, gap):
                return any(abs(a - b) == gap for a, b in combinations(sizes, 2))
            """,
            ("4:46-4:68 sizes is searched in each turn of the loop: look gap + a up in a dictionary or set",),
        ),
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

    @classmethod
    def concerns(cls, facts: Facts) -> bool:
        """Whether a loop may be in another, or goes through pairs."""
        return has_several_loops(facts) or "combinations" in facts.vocabulary

    def visit_For(self, loop: ast.For) -> None:
        only = loop.body[0]
        if len(loop.body) == 1 and isinstance(only, ast.If) and not only.orelse:
            loops = self.facts.derived(Loops)
            outer = next(loops.around(loop), None)
            if outer is not None and not loops.is_left_behind(loop, outer):
                self._check(Search(loop.target, loop.iter, [only.test], only.body), outer)
            self._check_pairs(Search(loop.target, loop.iter, [only.test], only.body))

    def visit_comprehension(self, generator: ast.comprehension) -> None:
        whole = self.facts.parent(generator)
        if not isinstance(whole, COMPREHENSIONS):
            return
        shown = [whole.key, whole.value] if isinstance(whole, ast.DictComp) else [whole.elt]
        tests = [*generator.ifs, *shown] if isinstance(whole, ast.GeneratorExp) else generator.ifs
        search = Search(generator.target, generator.iter, tests, shown)
        place = whole.generators.index(generator)
        if place:
            self._check(search, whole, whole.generators[:place])
            return
        self._check_pairs(search)
        loops = self.facts.derived(Loops)
        outer = next(loops.around(whole), None)
        if len(whole.generators) == 1 and outer is not None and not loops.is_left_behind(whole, outer):
            self._check(search, outer)

    def _check(
        self, search: Search, outer: ast.AST, before: Sequence[ast.comprehension] | None = None
    ) -> None:
        """Reports a search in each turn of a loop, or of what stands before it in the same comprehension."""
        placed = self._placed(search)
        listed = self._listed(search.source)
        if placed is None or not isinstance(listed, ast.Name | ast.Attribute) or self._is_few(listed):
            return
        loops = self.facts.derived(Loops)
        fixed = loops.is_fixed(listed, outer)
        if not fixed and (isinstance(outer, COMPREHENSIONS) or not self._only_grows(listed, outer)):
            return
        bound = self._bound(outer, before)
        element, place = placed
        inner = element or place
        key = next((k for test in search.tests if (k := self._key(test, inner, bound)) is not None), None)
        by = shorten(ast.unparse(key)) if key is not None else ""
        if key is not None and (not place or self._is_of_places(key, listed, placed, search.used)):
            self._tell(
                search,
                listed,
                f"make a dictionary by {by} before it" if fixed else f"fill a dictionary by {by}",
            )
            return
        rest = next((k for test in search.tests if (k := self._rest(test, inner, bound)) is not None), None)
        if rest is not None and fixed:
            self._tell(search, listed, f"look {shorten(ast.unparse(rest))} up in a dictionary or set")

    def _tell(self, search: Search, listed: ast.expr, remedy: str) -> None:
        what = shorten(ast.unparse(listed))
        self.report(search.source, f"{what} is searched in each turn of the loop: {remedy}")

    def _check_pairs(self, search: Search) -> None:
        """``for a, b in combinations(xs, 2)`` is such a loop in a loop, written as one."""
        source, target = search.source, search.target
        if not isinstance(source, ast.Call) or self.facts.origin(source.func) != "itertools.combinations":
            return
        pair = [each.id for each in getattr(target, "elts", ()) if isinstance(each, ast.Name)]
        two = len(source.args) == len(pair) == 2 and isinstance(source.args[1], ast.Constant)  # noqa: PLR2004
        if not two or source.args[1].value != 2 or self._is_few(source.args[0]):  # type: ignore[attr-defined]  # noqa: PLR2004
            return
        for test in search.tests:
            rest = self._rest(test, pair[1], {pair[0]})
            if rest is not None:
                self._tell(
                    search, source.args[0], f"look {shorten(ast.unparse(rest))} up in a dictionary or set"
                )
                return

    def _bound(self, outer: ast.AST, before: Sequence[ast.comprehension] | None) -> set[str]:
        """The names that a loop, or the first parts of a comprehension, give to each turn."""
        if isinstance(outer, ast.For | ast.AsyncFor):
            return self.facts.names_in(outer.target)
        parts = before if before is not None else getattr(outer, "generators", ())
        return set().union(*(self.facts.names_in(generator.target) for generator in parts))

    def _is_few(self, listed: ast.expr) -> bool:
        """Tells whether a collection is written down, or by its name a constant of the program, or a class: an enumeration, or a table of a database."""
        value = self.facts.only_value(listed)
        entries = getattr(value, "elts", None) or getattr(value, "keys", None)
        return bool(entries) or isinstance(value, ast.Constant) or last_word(listed)[:1].isupper()

    def _placed(self, search: Search) -> tuple[str, str] | None:
        """The names of the element and of its place, where there are such, that each turn of a search has."""
        target, source = search.target, search.source
        if isinstance(target, ast.Name):
            counts = isinstance(source, ast.Call) and self.facts.is_builtin(source.func, "range")
            return ("", target.id) if counts else (target.id, "")
        numbered = isinstance(source, ast.Call) and self.facts.is_builtin(source.func, "enumerate")
        entries = [each.id for each in getattr(target, "elts", ()) if isinstance(each, ast.Name)]
        return (entries[1], entries[0]) if numbered and len(entries) == 2 else None  # noqa: PLR2004 - place and element

    def _listed(self, source: ast.expr) -> ast.expr | None:
        """What is gone through: a list, a part of it, or its places."""
        if isinstance(source, ast.Call):
            if self.facts.is_builtin(source.func, "enumerate") and source.args:
                return self._listed(source.args[0])
            return self._measured(source)
        if isinstance(source, ast.Subscript) and isinstance(source.slice, ast.Slice):
            return source.value
        return source

    def _measured(self, call: ast.Call) -> ast.expr | None:
        """The list whose indices ``range(…, len(it))`` goes through."""
        if not self.facts.is_builtin(call.func, "range") or not 1 <= len(call.args) <= _BOUNDS:
            return None
        stop = call.args[-1]
        measured = isinstance(stop, ast.Call) and self.facts.is_builtin(stop.func, "len") and stop.args
        return stop.args[0] if isinstance(stop, ast.Call) and measured else None

    def _is_of_places(
        self, key: ast.expr, listed: ast.expr, placed: tuple[str, str], used: Sequence[ast.AST]
    ) -> bool:
        """Tells whether an index is good for nothing but to take an element of the list."""
        name = ast.unparse(listed)
        element, place = placed
        needed = [
            node
            for part in (key, *used)
            for node in self.facts.within(part)
            if isinstance(node, ast.Name) and node.id == place
        ]
        taken = (self.facts.parent(node) for node in needed)
        return bool(needed or element) and all(
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

    def _key(self, test: ast.expr, inner: str, outer: set[str]) -> ast.expr | None:
        """The inner side of an equality between something of the inner and something of the outer element."""
        if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
            return next((k for part in test.values if (k := self._key(part, inner, outer)) is not None), None)
        if not isinstance(test, ast.Compare) or len(test.ops) != 1 or not isinstance(test.ops[0], ast.Eq):
            return None
        own, _ = self._apart(test.left, test.comparators[0], inner, outer)
        # Of two kinds of remainders, as many pairs are partners as are not.
        return None if isinstance(own, ast.BinOp) and isinstance(own.op, ast.Mod) else own

    def _apart(
        self, left: ast.expr, right: ast.expr, inner: str, outer: set[str]
    ) -> tuple[ast.expr, ast.expr] | tuple[None, None]:
        """Of two operands the one of the inner element and the one of the outer, where each is of one alone."""
        for own, other in ((left, right), (right, left)):
            names, others = self.facts.names_in(own), self.facts.names_in(other)
            if inner in names and not names & outer and others & outer and inner not in others:
                return own, other
        return None, None

    def _rest(self, test: ast.expr, inner: str, outer: set[str]) -> ast.expr | None:
        """What to look up where the inner and the outer element make up something: ``goal - a`` of ``a + b == goal``."""
        if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
            return next(
                (k for part in test.values if (k := self._rest(part, inner, outer)) is not None), None
            )
        if not isinstance(test, ast.Compare) or len(test.ops) != 1 or not isinstance(test.ops[0], ast.Eq):
            return None
        for whole, goal in (sides := sides_of(test), sides[::-1]):
            if isinstance(whole, ast.Call) and self.facts.is_builtin(whole.func, "abs") and whole.args:
                whole = whole.args[0]  # noqa: PLW2901 - both differences are looked up
            if not isinstance(whole, ast.BinOp) or not isinstance(whole.op, ast.Add | ast.Sub):
                continue
            if self.facts.names_in(goal) & {inner, *outer} or self.facts.inside(goal, ast.Call):
                continue
            _, other = self._apart(whole.left, whole.right, inner, outer)
            if other is not None:
                sign = ast.Sub() if isinstance(whole.op, ast.Add) else ast.Add()
                return ast.BinOp(goal, sign, other)
        return None
