"""The rule search-bounds."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity
from quality.rules import ASSIGNMENTS, AstRule, Invalid, Valid, targets_of

if TYPE_CHECKING:
    from collections.abc import Iterator


class SearchBounds(AstRule):
    """The bounds of a binary search do not fit its loop.

    ## What it does
    Reports `low = middle` in a loop `while low < high`, where `middle` is half of both, rounded down; `high = middle` or
    `low = middle` in a loop `while low <= high`; and such a loop in which `high` begins at the length of what is searched.

    ## Why is this bad
    When two places are left, half of them is the lower one: the search stands still for ever. And the entry behind the last one is not there.

    ## Example
    ```python
    def first_at_least(rows, wanted):
        low, high = 0, len(rows)
        while low < high:
            middle = (low + high) // 2
            if rows[middle] < wanted:
                low = middle
            else:
                high = middle
        return low
    ```

    ## Use instead
    ```python
    def first_at_least(rows, wanted):
        low, high = 0, len(rows)
        while low < high:
            middle = (low + high) // 2
            if rows[middle] < wanted:
                low = middle + 1
            else:
                high = middle
        return low
    ```

    ## References
    - [Binary search: implementation issues](https://en.wikipedia.org/wiki/Binary_search#Implementation_issues)
    - [CWE-835: loop with unreachable exit condition](https://cwe.mitre.org/data/definitions/835.html)
    """

    dimension = "reliability"
    severity = Severity.ERROR
    confidence = Confidence.MEDIUM
    cwe = 835
    needs = frozenset({ast.While, ast.FloorDiv})

    VALID = (
        Valid(
            "def f(rows, x):\n    low, high = 0, len(rows) - 1\n    while low <= high:\n        middle = (low + high) // 2\n        if rows[middle] == x:\n            return middle\n        if rows[middle] < x:\n            low = middle + 1\n        else:\n            high = middle - 1\n    return -1"
        ),
        Valid(
            "def f(low, high):\n    while low < high:\n        middle = (low + high + 1) // 2\n        if ok(middle):\n            low = middle\n        else:\n            high = middle - 1\n    return low",
            "Rounded up",
        ),
        Valid(
            "def f(low, high):\n    while low + 1 < high:\n        middle = (low + high) // 2\n        if ok(middle):\n            low = middle\n        else:\n            high = middle\n    return low"
        ),
        Valid(
            "def f(low, high):\n    while low < high:\n        middle = (low + high) // 2\n        if middle == low:\n            break\n        if ok(middle):\n            low = middle\n        else:\n            high = middle\n    return low",
            "It leaves",
        ),
    )
    INVALID = (
        Invalid(
            "def f(rows, x):\n    low, high = 0, len(rows)\n    while low < high:\n        middle = low + (high - low) // 2\n        if rows[middle] < x:\n            low = middle\n        else:\n            high = middle\n    return low",
            ("6:13-6:25 low stays as it is when two places are left: the search never ends",),
        ),
        Invalid(
            "def f(rows, x):\n    low = 0\n    high = len(rows)\n    while low <= high:\n        middle = (low + high) // 2\n        if rows[middle] == x:\n            return middle\n        if rows[middle] < x:\n            low = middle + 1\n        else:\n            high = middle - 1\n    return -1",
            ("4:11-4:22 rows[middle] can be one behind the last: begin with high = len(rows) - 1",),
        ),
    )

    def visit_While(self, loop: ast.While) -> None:
        match loop.test:
            case ast.Compare(
                left=ast.Name() as low, ops=[ast.Lt() | ast.LtE() as sign], comparators=[ast.Name() as high]
            ):
                pass
            case _:
                return
        middle = next(self._halves(loop, low.id, high.id), "")
        if not middle or any(isinstance(node, ast.Break) for node in self.facts.within(loop)):
            return
        closed = isinstance(sign, ast.LtE)
        for bound in (low.id, high.id) if closed else (low.id,):
            if self._stands_still(loop, bound, middle):
                return
        if closed:
            self._check_last(loop, high, middle)

    def _halves(self, loop: ast.While, low: str, high: str) -> Iterator[str]:
        """The name of what lies half-way between two bounds, rounded down."""
        forms = {
            *(f"({low} + {high}) // 2", f"({high} + {low}) // 2", f"{low} + ({high} - {low}) // 2"),
            *(f"int(({low} + {high}) / 2)", f"({low} + {high}) >> 1"),
        }
        for node in self.facts.inside(loop, ast.Name):
            above = self.facts.parent(node)
            value = above.value if isinstance(above, ASSIGNMENTS) and node in targets_of(above) else None
            if value is not None and ast.unparse(value) in forms:
                yield node.id

    def _stands_still(self, loop: ast.While, bound: str, middle: str) -> bool:
        """Reports a bound that only ever gets what lies half-way."""
        stores = [
            node
            for node in self.facts.inside(loop, ast.Name)
            if node.id == bound and isinstance(node.ctx, ast.Store)
        ]
        above = self.facts.parent(stores[0]) if len(stores) == 1 else None
        if isinstance(above, ASSIGNMENTS) and isinstance(above.value, ast.Name) and above.value.id == middle:
            self.report(above, f"{bound} stays as it is when two places are left: the search never ends")
            return True
        return False

    def _check_last(self, loop: ast.While, high: ast.Name, middle: str) -> None:
        values = self.facts.values(loop, high.id)
        first = values[0] if values else None
        if not isinstance(first, ast.Call) or not self.facts.is_builtin(first.func, "len"):
            return
        searched = ast.unparse(first.args[0]) if len(first.args) == 1 else ""
        for node in self.facts.inside(loop, ast.Subscript):
            if ast.unparse(node.value) == searched and ast.unparse(node.slice) == middle:
                self.report(
                    loop.test,
                    f"{searched}[{middle}] can be one behind the last: begin with {high.id} = len({searched}) - 1",
                )
                return
