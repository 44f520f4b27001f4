"""The rule never-asked."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.rules import Invalid, Valid
from quality_rules._loops import KEEPING_METHODS
from quality_rules.reliability._containers import ContainerRule

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Methods that put something in, or take it out.
_FILLING = KEEPING_METHODS | {"extend", "update", "clear", "sort", "reverse"}


class NeverAsked(ContainerRule):
    """A container is filled, and nobody looks at what is in it.

    ## What it does
    Reports a local name that is bound to an empty list, set or dictionary, and to which things are only ever added.

    Containers that anything else is done with, which may look at them, names like `_kept`, and tests are fine.

    ## Why is this bad
    The work is done for nothing. The line that returns or uses it was forgotten, or the collection is left over.

    ## Example
    ```python
    def titles(pages):
        found = []
        for page in pages:
            found.append(page.title)
    ```

    ## Use instead
    ```python
    def titles(pages):
        return [page.title for page in pages]
    ```

    ## References
    - [CWE-563: assignment to variable without use](https://cwe.mitre.org/data/definitions/563.html)
    """

    dimension = "reliability"
    needs = frozenset({*_FILLING, ast.Subscript})
    cwe = 563

    VALID = (
        Valid("def f(rows):\n    found = []\n    found.append(rows)\n    return found"),
        Valid("def f(rows):\n    seen = set()\n    seen.add(rows)\n    print(len(seen))"),
        Valid("def f(rows):\n    found = []\n    fill(found)\n    found.append(rows)"),
        Valid(
            "def f(rows):\n    count = {}\n    for row in rows:\n        count[row] = count.get(row, 0) + 1\n    return count"
        ),
        Valid("def f(rows):\n    _kept = []\n    _kept.append(rows)", "It keeps something alive"),
        Valid(
            "def f(rows):\n    found = []\n    last = found.append(rows)\n    return last",
            "The answer is used",
        ),
    )
    INVALID = (
        Invalid(
            "async def f(rows):\n    found = []\n    for row in rows:\n        found.append(await row.load())",
            ("2:5-2:10 found is filled, and nobody looks at it: use it or remove it",),
        ),
        Invalid(
            "def f(rows, shelf):\n    known = {}\n    for row in rows:\n        known[row.key] = shelf.take(row)",
            ("2:5-2:10 known is filled, and nobody looks at it: use it or remove it",),
        ),
    )

    def judge(self, place: ast.Name, uses: Sequence[ast.Name]) -> None:
        if not place.id.startswith("_") and all(map(self._fills, uses)):
            self.report(place, f"{place.id} is filled, and nobody looks at it: use it or remove it")

    def _fills(self, use: ast.Name) -> bool:
        """Tells whether a use only puts something into a container, or takes it out."""
        above = self.facts.parent(use)
        if isinstance(above, ast.Subscript):
            return above.value is use and not isinstance(above.ctx, ast.Load)
        call = self.facts.parent(above) if isinstance(above, ast.Attribute) else None
        if not isinstance(call, ast.Call) or not isinstance(above, ast.Attribute) or call.func is not above:
            return False
        return above.attr in _FILLING and isinstance(self.facts.parent(call), ast.Expr)
