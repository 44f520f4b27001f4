"""The rule count-in-loop."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence, cached_property
from quality.rules import AstRule, Invalid, Valid
from quality_rules._kinds import Kind, Kinds
from quality_rules._loops import COMPREHENSIONS, Loops

if TYPE_CHECKING:
    from collections.abc import Iterator

_REMEDIES = {
    "count": "count once with collections.Counter",
    "index": "use enumerate(), or a dictionary of places",
}


class CountInLoop(AstRule):
    """A list is counted or searched for each of its elements.

    ## What it does
    Reports `names.count(name)` and `names.index(name)` in a loop or comprehension over `names`, or over
    a set of them, when the name is the loop's own.

    Counting a fixed value, and texts counted letter by letter of another text, are fine.

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
            if len(above.args) == 1 and self._goes_over(above, owner, above.args[0]):
                self._report(
                    above, owner.id, f"{owner.id}.{node.attr}({ast.unparse(above.args[0])})", node.attr
                )
        elif isinstance(above, ast.keyword) and above.arg == "key":
            call = self.facts.parent(above)
            if isinstance(call, ast.Call) and call.args and _is_over(call.args[0], owner.id):
                self._report(node, owner.id, f"{owner.id}.{node.attr}", node.attr)

    def _report(self, node: ast.AST, owner: str, what: str, method: str) -> None:
        cause = (self.facts.function(node), owner, method)
        if cause not in self._reported:
            self._reported.add(cause)
            self.report(node, f"{what} goes through {owner} in each turn: {_REMEDIES[method]}")

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
            for target, source in _sources(loop):
                if _binds(target, argument.id) and not loops.is_left_behind(call, loop):
                    text = self.facts.derived(Kinds).of(owner) is Kind.TEXT
                    return _is_over(source, owner.id) and not text
        return False


def _sources(loop: ast.AST) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Targets of a loop or comprehension with what they come from."""
    if isinstance(loop, ast.For | ast.AsyncFor):
        yield loop.target, loop.iter
    elif isinstance(loop, COMPREHENSIONS):
        yield from ((generator.target, generator.iter) for generator in loop.generators)


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
