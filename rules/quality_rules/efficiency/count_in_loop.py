"""The rule count-in-loop."""

from __future__ import annotations

import ast

from quality.model import Confidence, cached_property
from quality.rules import AstRule, Invalid, Valid, shorten
from quality_rules._kinds import Kind, Kinds
from quality_rules._loops import Loops, turns_of

_REMEDIES = {
    "count": "count once with collections.Counter",
    "index": "use enumerate(), or a dictionary of places",
}


class CountInLoop(AstRule):
    """A list is counted or searched for each of its elements.

    ## What it does
    Reports `names.count(name)` and `names.index(name)` in a loop or comprehension over `names`, or over
    a set of them, when the name is the loop's own; with less certainty, in a loop over something else when `names` is a list for
    certain, and of the letters of a text.

    Counting a fixed value, lists of written elements, and texts counted letter by letter of another text, are fine.

    ## Why is this bad
    Each call goes through the whole list again, so the time grows with the square of its length. `index` is
    also wrong when an element occurs twice: it finds the first one each time.

    ## Example
    ```python
    def repeated(names):
        return [name for name in names if names.count(name) > 1]
    ```

    ## Use instead
    ```python
    def repeated(names):
        counts = Counter(names)
        return [name for name in names if counts[name] > 1]
    ```

    ## References
    - [Python documentation: collections.Counter](https://docs.python.org/3/library/collections.html#collections.Counter)
    """

    dimension = "efficiency"
    confidence = Confidence.MEDIUM

    VALID = (
        Valid("def f(rows):\n    kinds = ['a', 'b']\n    return [kinds.index(row) for row in rows]", "A few"),
        Valid("def f(rows, text: str):\n    return [text.count(row) for row in rows]", "Of another text"),
        Valid("def f(rows):\n    return sum(row.count('x') for row in rows)", "Another text in each turn"),
        Valid("def f(rows, x):\n    return rows.count(x)", "Once"),
        Valid(
            "def f(rows):\n    for row in rows:\n        if row.bad:\n            return rows.index(row)",
            "The loop ends there",
        ),
    )
    INVALID = (
        Invalid(
            """
            def ranks(scores):
                ordered = sorted(scores)
                return [ordered.index(score) for score in scores]
            """,
            (
                (
                    "3:13-3:33 ordered.index(score) goes through ordered in each turn: "
                    "use enumerate(), or a dictionary of places"
                ),
            ),
        ),
        Invalid(
            """
            def single(text: str):
                return [char for char in text if text.count(char) == 1]
            """,
            (
                (
                    "2:38-2:54 text.count(char) goes through text in each turn: "
                    "count once with collections.Counter"
                ),
            ),
        ),
        Invalid(
            """
            def tally(words):
                counts = {}
                for word in words:
                    counts[word] = words.count(word)
                return counts
            """,
            (
                "4:24-4:41 words.count(word) goes through words in each turn: count once with collections.Counter",
            ),
        ),
        Invalid(
            """
            def commonest(numbers):
                return max(set(numbers), key=numbers.count)
            """,
            (
                (
                    "2:34-2:47 numbers.count goes through numbers in each turn: "
                    "count once with collections.Counter"
                ),
            ),
        ),
        Invalid(
            """
            def numbered(rows):
                for row in rows:
                    print(rows.index(row) + 1, row)
            """,
            (
                (
                    "3:15-3:30 rows.index(row) goes through rows in each turn: "
                    "use enumerate(), or a dictionary of places"
                ),
            ),
        ),
    )

    def visit_Attribute(self, node: ast.Attribute) -> None:
        owner = node.value
        if node.attr not in _REMEDIES or not isinstance(owner, ast.Name):
            return
        above = self.facts.parent(node)
        if isinstance(above, ast.Call) and above.func is node:
            if len(above.args) == 1:
                sure = self._sureness(above, owner)
                what = f"{owner.id}.{node.attr}({shorten(ast.unparse(above.args[0]))})"
                if sure is not None:
                    self._report(above, owner.id, what, node.attr, sure)
        elif isinstance(above, ast.keyword) and above.arg == "key":
            call = self.facts.parent(above)
            if isinstance(call, ast.Call) and call.args and _is_over(call.args[0], owner.id):
                self._report(node, owner.id, f"{owner.id}.{node.attr}", node.attr)

    def _report(
        self, node: ast.AST, owner: str, what: str, method: str, sure: Confidence = Confidence.MEDIUM
    ) -> None:
        cause = (self.facts.function(node), owner, method)
        if cause not in self._reported:
            self._reported.add(cause)
            self.report(
                node, f"{what} goes through {owner} in each turn: {_REMEDIES[method]}", confidence=sure
            )

    def _sureness(self, call: ast.Call, owner: ast.Name) -> Confidence | None:
        """How sure it is that a call goes through a list that may be long in each turn of a loop; None where it does not."""
        argument = call.args[0]
        text = self.facts.derived(Kinds).of(owner) is Kind.TEXT
        if self._goes_over(call, owner, argument):
            # The letters of a text are found faster, and few of them differ.
            return Confidence.LOW if text else Confidence.MEDIUM
        if self.facts.derived(Kinds).of(owner) is not Kind.LIST or self._is_written(owner):
            return None
        loops = self.facts.derived(Loops)
        loop = next(loops.around(call), None)
        if loop is None or loops.is_left_behind(call, loop) or not loops.is_fixed(owner, loop):
            return None
        reads = self.facts.names_in(argument)
        return Confidence.LOW if reads & loops.bound(loop) else None

    def _is_written(self, owner: ast.Name) -> bool:
        """Tells whether a list is one of written elements."""
        return bool(getattr(self.facts.only_value(owner), "elts", ()))

    @cached_property
    def _reported(self) -> set[tuple[ast.AST | None, str, str]]:
        """Function, list and method of what is reported, one finding each."""
        return set()

    def _goes_over(self, call: ast.Call, owner: ast.Name, argument: ast.expr) -> bool:
        """Tells whether the argument is the variable of a loop over the owner that nothing else changes."""
        if not isinstance(argument, ast.Name):
            return False
        loops = self.facts.derived(Loops)
        for loop in loops.around(call):
            for target, source in turns_of(loop):
                if _binds(target, argument.id) and not loops.is_left_behind(call, loop):
                    return _is_over(source, owner.id)
        return False


def _binds(target: ast.AST, name: str) -> bool:
    entries = target.elts if isinstance(target, ast.Tuple) else [target]
    return any(isinstance(entry, ast.Name) and entry.id == name for entry in entries)


def _is_over(source: ast.AST, owner: str) -> bool:
    """Tells whether an expression goes through a collection: itself, a copy, a slice or its set."""
    while isinstance(source, ast.Call | ast.Subscript):
        if isinstance(source, ast.Subscript):
            source = source.value
        elif isinstance(source.func, ast.Name) and source.args and source.func.id in _COPIES:
            source = source.args[0]
        else:
            return False
    return isinstance(source, ast.Name) and source.id == owner


_COPIES = frozenset({"set", "list", "sorted", "enumerate", "reversed", "tuple", "frozenset"})
