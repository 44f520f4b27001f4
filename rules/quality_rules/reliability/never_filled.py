"""The rule never-filled."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Severity
from quality.rules import Invalid, Valid
from quality_rules.reliability._containers import MAKERS, ContainerRule

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Builtins that only look at what they get.
_LOOKING = ("len", "sorted", "sum", "min", "max", "any", "all", "enumerate", "reversed")
#: Methods that only look something up.
_ASKING = frozenset({"get", "index", "count", "items", "keys", "values"})


class NeverFilled(ContainerRule):
    """A container stays empty, and is searched.

    ## What it does
    Reports a local name that is bound to an empty list, set or dictionary and only ever asked what is in it: searched, looped
    over, or looked up in.

    Containers that anything else is done with, which may fill them, and tests are fine.

    ## Why is this bad
    The answer is known: nothing is in it. The line that fills it was forgotten, or the search is left over.

    ## Example
    ```python
    def reachable(start, edges):
        seen, pending = set(), [start]
        while pending:
            node = pending.pop()
            if node not in seen:
                pending.extend(edges[node])
                yield node
    ```

    ## Use instead
    ```python
    def reachable(start, edges):
        seen, pending = set(), [start]
        while pending:
            node = pending.pop()
            if node not in seen:
                seen.add(node)
                pending.extend(edges[node])
                yield node
    ```

    ## References
    - [CWE-561: dead code](https://cwe.mitre.org/data/definitions/561.html)
    """

    dimension = "reliability"
    severity = Severity.ERROR
    cwe = 561

    needs = frozenset({*MAKERS, ast.List, ast.Set, ast.Dict})

    VALID = (
        Valid(
            "def f(rows):\n    seen = set()\n    for row in rows:\n        if row not in seen:\n            seen.add(row)"
        ),
        Valid("def f(rows):\n    found = []\n    fill(found)\n    for row in found:\n        print(row)"),
        Valid("def f(rows):\n    found = {}\n    found['a'] = rows\n    return found.get('b')"),
        Valid("def f(rows):\n    found = []\n    other = found\n    other += rows\n    return 1 in found"),
        Valid("def f(rows):\n    found = []\n    found += rows\n    return 1 in found"),
        Valid(
            "def f(rows):\n    both = a, b = [], []\n    both[rows].append(1)\n    return a[0]",
            "It has another name",
        ),
        Valid("def f(rows):\n    found = []\n    return found", "It may be the answer"),
        Valid("def f(rows):\n    known = tuple()\n    return rows in known", "It cannot be filled"),
    )
    INVALID = (
        Invalid(
            "def f(rows):\n    seen = set()\n    return [row for row in rows if row not in seen]",
            ("2:5-2:9 seen stays empty, and is asked for what is in it: fill it or remove it",),
        ),
        Invalid(
            "def f(rows):\n    [known, n] = {}, 0\n    for row in rows:\n        n += known.get(row, 1)\n    return n",
            ("2:6-2:11 known stays empty, and is asked for what is in it: fill it or remove it",),
        ),
    )

    def judge(self, place: ast.Name, uses: Sequence[ast.Name]) -> None:
        if all(map(self._looks, uses)):
            self.report(
                place, f"{place.id} stays empty, and is asked for what is in it: fill it or remove it"
            )

    def _looks(self, use: ast.Name) -> bool:
        """Tells whether a use only asks what is in a container."""
        above = self.facts.parent(use)
        if isinstance(above, ast.Compare):
            return isinstance(above.ops[-1], ast.In | ast.NotIn) and above.comparators[-1] is use
        if isinstance(above, ast.For | ast.comprehension):
            return above.iter is use
        if isinstance(above, ast.Subscript):
            return isinstance(above.ctx, ast.Load) and above.value is use
        if isinstance(above, ast.Attribute):
            return above.attr in _ASKING and isinstance(self.facts.parent(above), ast.Call)
        return isinstance(above, ast.Call) and self.facts.is_builtin(above.func, *_LOOKING)
