"""The rule exhausted-iterator."""

from __future__ import annotations

import ast

from quality.model import Severity
from quality.rules import AstRule, Invalid, Valid, targets_of
from quality_rules._loops import COMPREHENSIONS, Loops

#: A name that is read more often is left alone: looking at each pair of uses would take too long.
_MOST_USES = 20
#: Builtins whose result can be gone through once.
_ONCE = ("map", "filter", "zip", "reversed", "enumerate", "iter")
#: Builtins that go through all of their argument.
_READERS = ("list", "tuple", "set", "frozenset", "dict", "sorted", "sum", "max", "min", "any", "all")


class ExhaustedIterator(AstRule):
    """An iterator is gone through twice.

    ## What it does
    Reports a name for a generator, `map`, `filter`, `zip`, `reversed` or `enumerate` that is gone through
    a second time on the same way through a function; and the group that `itertools.groupby` gives, where a turn goes through
    it again, or keeps it as it is.

    Two ways of which only one is taken, and iterators that are read on with `next`, are fine.

    ## Why is this bad
    The second time there is nothing left, and Python says nothing: the sum is 0, the loop does not run.
    A group is empty, too, as soon as the next one is asked for.

    ## Example
    ```python
    def mean(rows):
        sizes = (row.size for row in rows)
        return sum(sizes) / len(list(sizes))
    ```

    ## Use instead
    ```python
    def mean(rows):
        sizes = [row.size for row in rows]
        return sum(sizes) / len(sizes)
    ```

    ## References
    - [Python documentation: iterator](https://docs.python.org/3/glossary.html#term-iterator)
    """

    dimension = "reliability"
    severity = Severity.ERROR
    equivalents = ("pylint:looping-through-iterator",)

    needs = frozenset({*_ONCE, "groupby", ast.GeneratorExp})

    VALID = (
        Valid("def f(xs):\n    ys = [x for x in xs]\n    return sum(ys), max(ys)", "A list"),
        Valid(
            """
            def f(xs, best):
                ys = map(int, xs)
                if best:
                    return max(ys)
                return sum(ys)
            """,
            "One of the two",
        ),
        Valid(
            """
            def f(lines):
                rows = iter(lines)
                for row in rows:
                    if row.startswith("-"):
                        break
                return list(rows)
            """,
            "It is read on",
        ),
        Valid(
            """
            from itertools import groupby

            for kind, those in groupby(rows):
                those = list(those)
                found.append((kind, those))
                for column in COLUMNS:
                    print(sum(those))
            for kind, those in groupby(rows):
                for row in those:
                    print(kind, row)
            """,
            "A list, and gone through once",
        ),
        Valid(
            "def f(xs):\n    rest = iter(xs)\n    for head in rest:\n        for x in rest:\n            print(head, x)",
            "Both loops take from it",
        ),
    )
    INVALID = (
        Invalid(
            """
            from itertools import groupby

            def sums(rows):
                for name, group in groupby(rows, key=owner):
                    for column in COLUMNS:
                        print(name, total(group, column))
            """,
            (
                "6:31-6:36 group is an iterator that the first turn of the loop has gone through: make it a list",
            ),
        ),
        Invalid(
            """
            import itertools

            found = {}
            for kind, those in itertools.groupby(rows):
                found[kind] = those
            """,
            ("5:19-5:24 those is empty when the next group is asked for: keep a list of it",),
        ),
        Invalid(
            """
            def f(words):
                lengths = map(len, words)
                longest = max(lengths)
                return [n / longest for n in lengths]
            """,
            ("4:34-4:41 lengths is an iterator that line 3 has gone through: make it a list",),
        ),
        Invalid(
            """
            def pairs(rows, columns):
                numbered = enumerate(columns)
                for row in rows:
                    for place, column in numbered:
                        print(place, row, column)
            """,
            (
                "4:30-4:38 numbered is an iterator that the first turn of the loop has gone through: make it a list",
            ),
        ),
    )

    def visit_Assign(self, statement: ast.Assign | ast.AnnAssign) -> None:
        place, value = targets_of(statement)[0], statement.value
        if not isinstance(place, ast.Name) or value is None or not self._is_once(value):
            return
        function = self.facts.function(statement)
        names = self.facts.names(function) if function is not None else None
        if names is None or place.id in names.shared or place.id in names.parameters:
            return
        uses = names.loads.get(place.id, [])
        if len(names.stores[place.id]) == 1 and 0 < len(uses) <= _MOST_USES:
            self._check(place, uses)

    visit_AnnAssign = visit_Assign

    def visit_For(self, loop: ast.For) -> None:
        target, made = loop.target, loop.iter
        if not isinstance(target, ast.Tuple) or not isinstance(made, ast.Call):
            return
        group = target.elts[-1]
        if not isinstance(group, ast.Name) or self.facts.origin(made.func) != "itertools.groupby":
            return
        inside = (name for each in loop.body for name in self.facts.inside(each, ast.Name))
        names = [name for name in inside if name.id == group.id]
        if all(isinstance(name.ctx, ast.Load) for name in names):
            self._check_group(loop, names)

    def _check_group(self, loop: ast.For, uses: list[ast.Name]) -> None:
        loops = self.facts.derived(Loops)
        for use in uses:
            if any(around is not loop and self.facts.contains(loop, around) for around in loops.around(use)):
                self._report(use, "the first turn of the loop")
                return
            if self._is_kept(use):
                self.report(use, f"{use.id} is empty when the next group is asked for: keep a list of it")
                return
        for use in uses[1:_MOST_USES]:
            if self._reader(uses[0]) and self._reader(use) and self._follows(uses[0], use):
                self._report(use, f"line {uses[0].lineno}")
                return

    def _is_kept(self, use: ast.Name) -> bool:
        """Tells whether a group itself is put somewhere."""
        above: ast.AST | None = self.facts.parent(use)
        if isinstance(above, ast.Tuple):
            above = self.facts.parent(above)
        if isinstance(above, ast.Assign):
            return isinstance(above.targets[0], ast.Subscript | ast.Attribute)
        function = above.func if isinstance(above, ast.Call) else None
        return isinstance(function, ast.Attribute) and function.attr in {"append", "add", "setdefault"}

    def _is_once(self, value: ast.expr) -> bool:
        """Tells whether a value can be gone through once."""
        if isinstance(value, ast.Call):
            return self.facts.is_builtin(value.func, *_ONCE)
        return isinstance(value, ast.GeneratorExp)

    def _check(self, place: ast.Name, uses: list[ast.Name]) -> None:
        readers = [self._reader(use) for use in uses]
        if not all(readers):
            return  # it is handed on, or read step by step
        loops = self.facts.derived(Loops)
        around = set(loops.around(place))
        for use in uses:
            if any(self._shares(use, loop) for loop in loops.around(use)):
                return
            if any(loop not in around and not self._leaves(use, loop) for loop in loops.around(use)):
                self._report(use, "the first turn of the loop")
                return
        first = uses[0]
        for use in uses[1:]:
            if self._follows(first, use):
                self._report(use, f"line {first.lineno}")
                return

    def _shares(self, use: ast.Name, loop: ast.AST) -> bool:
        """Tells whether a loop takes from the iterator too, as far as the inner one leaves something."""
        over = loop.iter if isinstance(loop, ast.For) else None
        return over is not use and isinstance(over, ast.Name) and over.id == use.id

    def _report(self, use: ast.Name, who: str) -> None:
        self.report(use, f"{use.id} is an iterator that {who} has gone through: make it a list")

    def _reader(self, use: ast.Name) -> ast.AST | None:
        """What goes through an iterator to its end here, or None."""
        above = self.facts.parent(use)
        if isinstance(above, ast.For) and above.iter is use:
            return None if self._ends_early(above) else above
        if isinstance(above, ast.comprehension) and above.iter is use:
            comprehension = self.facts.parent(above)
            return comprehension if isinstance(comprehension, COMPREHENSIONS[:3]) else None
        if isinstance(above, ast.Call) and use in above.args:
            joins = isinstance(above.func, ast.Attribute) and above.func.attr == "join"
            return above if joins or self.facts.is_builtin(above.func, *_READERS) else None
        return None

    def _ends_early(self, loop: ast.For) -> bool:
        return any(isinstance(node, ast.Break | ast.Return) for node in self.facts.within(loop))

    def _leaves(self, use: ast.Name, loop: ast.AST) -> bool:
        """Tells whether the loop ends where the iterator was read."""
        statement = self.facts.statement(use)
        return statement is not loop and self.facts.derived(Loops).ends(statement)

    def _follows(self, first: ast.AST, second: ast.AST) -> bool:
        """Tells whether what runs the first node goes on to the second."""
        below = first
        for above in self.facts.ancestors(first):
            if self.facts.contains(above, second):
                return not _chooses(above, below, second, self.facts)
            if self.facts.derived(Loops).ends(below, or_goes_on=True):
                return False
            below = above
        return False


def _chooses(above: ast.AST, below: ast.AST, second: ast.AST, facts: object) -> bool:
    """Tells whether a node takes only one of two ways."""
    if isinstance(above, ast.If | ast.IfExp):
        condition = facts.contains(above.test, second) or below is above.test  # type: ignore[attr-defined]
        body = above.body if isinstance(above.body, list) else [above.body]
        other = next((entry for entry in body if facts.contains(entry, second)), None)  # type: ignore[attr-defined]
        return not condition and (below in body) != (other is not None)
    return isinstance(above, ast.Try | ast.Match | ast.BoolOp)
