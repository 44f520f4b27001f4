"""The rule arrangement-search."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity
from quality.rules import AstRule, Invalid, Valid, is_literal, shorten, targets_of
from quality_rules._loops import COMPREHENSIONS, turns_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_PERMUTATIONS = "itertools.permutations"
#: Most written elements of which all orders may be tried.
_FEW = 6
_SAME = "compare what both are made of, with sorted() or collections.Counter"
_SUMS = "keep the set of sums that can be reached, element by element"


class ArrangementSearch(AstRule):
    """All orders or selections are tried for one that can be told at once.

    ## What it does
    Reports loops over `permutations(letters)` that compare each order with something, or look it up in a text; also
    `word in permutations(letters)`, and a place in the sorted list of all of them. Likewise selections of every size
    (`combinations(sizes, count)` for each `count`) of which only the sum is compared.

    Orders of up to six written elements, orders of pairs (`permutations(rows, 2)`), orders that are judged in
    another way, and ones that are all wanted, are fine.

    ## Why is this bad
    Ten elements have 3.6 million orders, and twenty have a million selections. Two texts are orders of the same letters when their
    sorted letters are equal, and different selections have the same sums again and again.

    ## Example
    ```python
    from itertools import permutations


    def is_anagram(word, other):
        return any("".join(letters) == other for letters in permutations(word))
    ```

    ## Use instead
    ```python
    def is_anagram(word, other):
        return sorted(word) == sorted(other)
    ```

    ## References
    - [Python documentation: itertools.permutations](https://docs.python.org/3/library/itertools.html#itertools.permutations)
    - [Subset sum problem](https://en.wikipedia.org/wiki/Subset_sum_problem)
    """

    dimension = "efficiency"
    needs = frozenset({"permutations", "combinations"})
    severity = Severity.ERROR
    effort = 15
    confidence = Confidence.MEDIUM

    VALID = (
        Valid(
            "from itertools import permutations\n\n\ndef best(stops):\n    return min(permutations(stops), key=length)",
            "The order is judged",
        ),
        Valid(
            "from itertools import permutations\n\n\ndef f(xs, goal):\n"
            "    return [p for p in permutations(xs, 2) if sum(p) == goal]",
            "Pairs",
        ),
        Valid(
            "from itertools import permutations\n\nfound = [p for p in permutations('abc') if ''.join(p) == word]",
            "Six orders",
        ),
        Valid(
            "from itertools import combinations\n\n\ndef f(xs, goal):\n"
            "    return [c for c in combinations(xs, 3) if sum(c) == goal]",
            "Of one size",
        ),
        Valid(
            "from itertools import combinations\n\n\ndef f(xs, goal):\n    found = []\n    for n in range(len(xs)):\n"
            "        found += [c for c in combinations(xs, n) if sum(c) == goal]\n    return found",
            "All selections are wanted",
        ),
    )
    INVALID = (
        Invalid(
            """
            from itertools import permutations

            def following(items):
                ordered = sorted(set(permutations(items)))
                place = ordered.index(tuple(items))
                return ordered[place + 1]
            """,
            ("4:26-4:45 permutations(items) gives all orders to look one up: find it by its own elements",),
        ),
        Invalid(
            """
            import itertools

            def has_order(text, word):
                for letters in itertools.permutations(word):
                    if "".join(letters) in text:
                        return True
                return False
            """,
            (
                f"4:20-4:48 itertools.permutations(word) tries all orders for those of the same elements: {_SAME}",
            ),
        ),
        Invalid(
            """
            from itertools import combinations

            def fits(sizes, room):
                for count in range(len(sizes) + 1):
                    for chosen in combinations(sizes, count):
                        if sum(chosen) == room:
                            return True
                return False
            """,
            (f"5:23-5:49 combinations(sizes, count) tries all selections for a sum: {_SUMS}",),
        ),
    )

    def visit_Call(self, call: ast.Call) -> None:
        origin = self.facts.origin(call.func)
        if origin == _PERMUTATIONS and len(call.args) == 1 and not self._is_short(call.args[0]):
            self._check_orders(call)
        elif origin == "itertools.combinations" and len(call.args) == 2:  # noqa: PLR2004 - elements and size
            self._check_selections(call)

    def _is_short(self, elements: ast.expr) -> bool:
        """Tells whether a few elements are written down."""
        value = self.facts.only_value(elements)
        if isinstance(value, ast.Call) and self.facts.is_builtin(value.func, "range"):
            last = value.args[-1]
            return isinstance(last, ast.Constant) and isinstance(last.value, int) and last.value <= _FEW + 1
        if isinstance(value, ast.Constant) and isinstance(value.value, str):
            return len(value.value) <= _FEW
        return isinstance(value, ast.List | ast.Tuple | ast.Set) and len(value.elts) <= _FEW

    def _check_orders(self, call: ast.Call) -> None:
        made = self._collection(call)
        above = self.facts.parent(made)
        if isinstance(above, ast.Compare) and made in above.comparators:
            looked_up = isinstance(above.ops[0], ast.In | ast.NotIn)
        else:
            looked_up = made is not call and self._is_place(made)
        if looked_up:
            what = shorten(ast.unparse(call))
            self.report(call, f"{what} gives all orders to look one up: find it by its own elements")
            return
        for name, where in self._turns(call):
            if any(self._is_same(node, name) for node in where):
                what = shorten(ast.unparse(call))
                self.report(call, f"{what} tries all orders for those of the same elements: {_SAME}")
                return

    def _collection(self, call: ast.Call) -> ast.expr:
        """``sorted(set(permutations(…)))`` of the call in it."""
        made: ast.expr = call
        while True:
            above = self.facts.parent(made)
            uses = self._uses(made)
            if len(uses) == 1 and self._lists(self.facts.parent(uses[0])):
                above = self.facts.parent(uses[0])
            if not isinstance(above, ast.Call) or not self._lists(above):
                return made
            made = above

    def _lists(self, node: ast.AST | None) -> bool:
        """Tells whether a node makes a collection of another."""
        return isinstance(node, ast.Call) and self.facts.is_builtin(
            node.func, "list", "tuple", "set", "sorted", "frozenset"
        )

    def _uses(self, made: ast.expr) -> list[ast.Name]:
        """The uses of the name that something is given."""
        target = next(iter(targets_of(self.facts.parent(made))), None)
        function = self.facts.function(made)
        if not isinstance(target, ast.Name) or function is None:
            return []
        return self.facts.names(function).loads.get(target.id, [])

    def _is_place(self, made: ast.expr) -> bool:
        """Tells whether a list of all orders is made to take one from it."""
        above = self.facts.parent(made)
        if isinstance(above, ast.Subscript):
            return not isinstance(above.slice, ast.Slice)
        uses = self._uses(made)
        return (
            bool(uses)
            and any(self._takes_one(use) for use in uses)
            and all(self._takes_one(use) or self._is_len(use) for use in uses)
        )

    def _takes_one(self, use: ast.Name) -> bool:
        above = self.facts.parent(use)
        if isinstance(above, ast.Subscript):
            return above.value is use and not isinstance(above.slice, ast.Slice)
        if isinstance(above, ast.Compare):
            return use in above.comparators and isinstance(above.ops[0], ast.In | ast.NotIn)
        return isinstance(above, ast.Attribute) and above.attr in {"index", "count"}

    def _is_len(self, use: ast.Name) -> bool:
        above = self.facts.parent(use)
        return isinstance(above, ast.Call) and self.facts.is_builtin(above.func, "len")

    def _turns(self, call: ast.Call) -> Iterator[tuple[str, list[ast.AST]]]:
        """The name of each order or selection in a loop or comprehension over them, and what is done with it."""
        above = self.facts.parent(self._collection(call))
        if isinstance(above, ast.For) and isinstance(above.target, ast.Name):
            yield above.target.id, [node for part in above.body for node in self.facts.within(part)]
        elif isinstance(above, ast.comprehension) and isinstance(above.target, ast.Name):
            whole = self.facts.parent(above)
            if isinstance(whole, COMPREHENSIONS):
                yield above.target.id, self.facts.within(whole)

    def _is_same(self, node: ast.AST, name: str) -> bool:
        """Tells whether a comparison asks if an order is equal to something else, or in it."""
        if not isinstance(node, ast.Compare) or len(node.ops) != 1:
            return False
        sides = [node.left, node.comparators[0]]
        if isinstance(node.ops[0], ast.In):
            return self._is_joined(sides[0], name)
        if not isinstance(node.ops[0], ast.Eq):
            return False
        own = [side for side in sides if self._is_order(side, name)]
        other = [side for side in sides if side not in own]
        return bool(own) and all(
            not is_literal(side)
            and not any(isinstance(each, ast.Name) and each.id == name for each in self.facts.within(side))
            for side in other
        )

    def _is_order(self, node: ast.expr, name: str) -> bool:
        """The order itself, as a list or tuple or joined."""
        if isinstance(node, ast.Call) and node.args and self.facts.is_builtin(node.func, "list", "tuple"):
            node = node.args[0]
        return (isinstance(node, ast.Name) and node.id == name) or self._is_joined(node, name)

    def _is_joined(self, node: ast.expr, name: str) -> bool:
        joins = (
            isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "join"
        )
        given = node.args[0] if joins and node.args else None  # type: ignore[attr-defined]
        return isinstance(given, ast.Name) and given.id == name

    def _check_selections(self, call: ast.Call) -> None:
        size = call.args[1]
        if not isinstance(size, ast.Name) or not self._is_every_size(call, size.id):
            return
        for name, where in self._turns(call):
            uses = [node for node in where if isinstance(node, ast.Name) and node.id == name]
            reads = [use for use in uses if isinstance(use.ctx, ast.Load)]
            if reads and all(self._is_sum(use) for use in reads):
                what = shorten(ast.unparse(call))
                self.report(call, f"{what} tries all selections for a sum: {_SUMS}")

    def _is_every_size(self, call: ast.Call, size: str) -> bool:
        """Tells whether a loop around counts the size up to that of the collection."""
        for above in self.facts.ancestors(call):
            for target, source in turns_of(above):
                if isinstance(target, ast.Name) and target.id == size:
                    return isinstance(source, ast.Call) and self.facts.is_builtin(source.func, "range")
        return False

    def _is_sum(self, use: ast.Name) -> bool:
        """Tells whether a selection is only summed up, for a comparison by equality."""
        call = self.facts.parent(use)
        if not isinstance(call, ast.Call) or not self.facts.is_builtin(call.func, "sum"):
            return False
        compared = self.facts.parent(call)
        return isinstance(compared, ast.Compare) and isinstance(compared.ops[0], ast.Eq)
