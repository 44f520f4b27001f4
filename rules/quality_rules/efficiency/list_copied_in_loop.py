"""The rule list-copied-in-loop."""

from __future__ import annotations

import ast

from quality.rules import LOOPS, AstRule, Invalid, Valid, shorten, targets_of
from quality_rules._called import is_name
from quality_rules._kinds import Kind, Kinds
from quality_rules._loops import Loops

#: A name that is bound more often is left alone.
_MOST_STORES = 20


class ListCopiedInLoop(AstRule):
    """A list is copied to add to it, in a loop.

    ## What it does
    Reports `rows = rows + more` in a loop when `rows` is a list, `merged = {**merged, ...}` likewise, and
    `sum(lists, [])`.

    `rows += more` and `rows.append(row)`, which add in place, are fine. So are sums of numbers.

    ## Why is this bad
    Each turn copies all that was collected so far, so the time grows with the square of the length.

    ## Example
    ```python
    def flat(groups):
        rows = []
        for group in groups:
            rows = rows + group.rows
        return rows
    ```

    ## Use instead
    ```python
    def flat(groups):
        rows = []
        for group in groups:
            rows.extend(group.rows)
        return rows
    ```

    ## References
    - [Python documentation: sum](https://docs.python.org/3/library/functions.html#sum)
    """

    dimension = "efficiency"
    needs = frozenset({*LOOPS, "sum"})

    VALID = (
        Valid("def f(rows):\n    n = 0\n    for row in rows:\n        n = n + row\n    return n", "A number"),
        Valid(
            "def f(rows):\n    out = []\n    for row in rows:\n        out += row\n    return out", "In place"
        ),
        Valid("def f(path, rows):\n    for row in rows:\n        yield path + [row]", "Another list"),
        Valid("total = sum(sizes, 0)"),
    )
    INVALID = (
        Invalid(
            """
            def squares(n):
                found = []
                for i in range(n):
                    found = found + [i * i]
                return found
            """,
            ("4:9-4:32 found is copied in each turn of the loop: add in place with extend() or append()",),
        ),
        Invalid(
            "def flat(lists):\n    return sum(lists, [])",
            (
                "2:12-2:26 sum(lists, []) copies the list for each addend: use itertools.chain.from_iterable()",
            ),
        ),
        Invalid(
            """
            def merged(parts):
                result = {}
                for part in parts:
                    result = {**result, **part}
                return result
            """,
            ("4:9-4:36 result is copied in each turn of the loop: add in place with update()",),
        ),
    )

    def visit_Assign(self, statement: ast.Assign | ast.AnnAssign) -> None:
        target, value = targets_of(statement)[0], statement.value
        if not isinstance(target, ast.Name):
            return
        if isinstance(value, ast.BinOp) and isinstance(value.op, ast.Add):
            if is_name(value.left, target.id):
                self._check(statement, target, Kind.LIST, "extend() or append()")
        elif isinstance(value, ast.Dict) and value.keys[:1] == [None] and is_name(value.values[0], target.id):
            self._check(statement, target, Kind.DICT, "update()")

    visit_AnnAssign = visit_Assign

    def _check(self, statement: ast.stmt, target: ast.Name, kind: Kind, use: str) -> None:
        loop = next(self.facts.derived(Loops).around(statement), None)
        if loop is not None and self._starts_as(target, loop, kind):
            self.report(statement, f"{target.id} is copied in each turn of the loop: add in place with {use}")

    def _starts_as(self, target: ast.Name, loop: ast.AST, kind: Kind) -> bool:
        """Tells whether all other values of a name are of a kind, and none of them is made in the loop."""
        function = self.facts.function(target)
        if function is None or target.id in self.facts.names(function).parameters:
            return False
        stores = self.facts.names(function).stores[target.id]
        if len(stores) > _MOST_STORES:
            return False
        others = [self.facts.parent(place) for place in stores if place is not target]
        return bool(others) and all(self._fits(other, target.id, loop, kind) for other in others)

    def _fits(self, other: ast.AST | None, name: str, loop: ast.AST, kind: Kind) -> bool:
        """Tells whether a statement adds to a name too, or gives it a value of a kind outside of the loop."""
        if not isinstance(other, ast.Assign | ast.AnnAssign) or other.value is None:
            return False
        outside = not self.facts.contains(loop, other)
        return _is_sum(other.value, name) or (outside and self.facts.derived(Kinds).of(other.value) is kind)

    def visit_Call(self, call: ast.Call) -> None:
        if len(call.args) == 2 and self.facts.is_builtin(call.func, "sum"):  # noqa: PLR2004 - values and start
            start = self.facts.display(call.args[1])
            if isinstance(start, ast.List) and not start.elts:
                shown = shorten(ast.unparse(call))
                self.report(
                    call, f"{shown} copies the list for each addend: use itertools.chain.from_iterable()"
                )


def _is_sum(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add) and is_name(node.left, name)
