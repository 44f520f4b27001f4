"""The rule comprehension-by-index."""

from __future__ import annotations

import ast

from quality.model import Severity
from quality.rules import AstRule, Invalid, Valid, dotted_name
from quality_rules._loops import COMPREHENSIONS


class ComprehensionByIndex(AstRule):
    """A comprehension counts places to get at elements.

    ## What it does
    Reports comprehensions over `range(len(rows))` that look at nothing but `rows[i]`, or at that and at `i` itself.

    Those that look at neighbours (`rows[i + 1]`), at other sequences, or at parts (`rows[i:]`), and those of a class that says how to go through it are fine.

    ## Why is this bad
    A comprehension goes through the elements itself. The index is one name more to follow, and the reader has to check
    that it is of this sequence.

    ## Example
    ```python
    names = [rows[i].name for i in range(len(rows))]
    ```

    ## Use instead
    ```python
    names = [row.name for row in rows]
    ```

    ## References
    - [pylint: consider-using-enumerate](https://pylint.readthedocs.io/en/stable/user_guide/messages/convention/consider-using-enumerate.html)
    """

    dimension = "clarity"
    severity = Severity.NOTE
    effort = 2
    needs = frozenset({"range"})

    VALID = (
        Valid("names = [row.name for row in rows]"),
        Valid("steps = [rows[i + 1] - rows[i] for i in range(len(rows) - 1)]", "Not all of them"),
        Valid("steps = [rows[i - 1] - rows[i] for i in range(len(rows))]", "A neighbour"),
        Valid("sums = [rows[i] + others[i] for i in range(len(rows))]", "Another sequence"),
        Valid("sums = [sum(rows[i:]) for i in range(len(rows))]", "A part"),
        Valid(
            "class A:\n    def __iter__(self):\n        return (self[i] for i in range(len(self)))",
            "How to go through it",
        ),
        Valid("places = [i for i in range(len(rows))]", "Places alone"),
        Valid("done = [rows.pop() or rows[i] for i in range(len(rows))]", "It changes"),
    )
    INVALID = (
        Invalid(
            "names = [rows[i].name for i in range(len(rows)) if rows[i].open]",
            ("1:32-1:48 i is only there to get at rows[i]: go through rows",),
        ),
        Invalid(
            "def f(self):\n    return any(self.rows[i] == i for i in range(0, len(self.rows)))",
            ("2:43-2:67 i is counted to get at self.rows[i]: use enumerate()",),
        ),
    )

    def visit_comprehension(self, generator: ast.comprehension) -> None:
        name, sequence = _counted(generator), self._sequence(generator.iter)
        whole = self.facts.parent(generator)
        if not name or sequence in {"", "self"} or not isinstance(whole, COMPREHENSIONS):
            return
        inside = self.facts.within(whole)
        uses = [node for node in inside if isinstance(node, ast.Name) and node.id == name]
        reads = [node for node in uses if isinstance(node.ctx, ast.Load)]
        among = [node for node in reads if self._is_of(node, sequence)]
        alone = [node for node in reads if node not in among]
        fetched = sum(
            dotted_name(node) == sequence for node in inside if isinstance(node, ast.Name | ast.Attribute)
        )
        # One is in the length: any other may be for its neighbours, or change it.
        if not among or len(uses) - len(reads) > 1 or fetched > len(among) + 1:
            return
        if not alone:
            self.report(
                generator.iter, f"{name} is only there to get at {sequence}[{name}]: go through {sequence}"
            )
        elif not any(self._is_index(node) for node in alone):
            self.report(generator.iter, f"{name} is counted to get at {sequence}[{name}]: use enumerate()")

    def _sequence(self, source: ast.expr) -> str:
        """``rows`` of ``range(len(rows))``; empty for anything else."""
        match source:
            case (
                ast.Call(
                    func=function, args=[ast.Call(func=length, args=[counted], keywords=[])], keywords=[]
                )
                | ast.Call(
                    func=function,
                    args=[ast.Constant(value=0), ast.Call(func=length, args=[counted], keywords=[])],
                    keywords=[],
                )
            ) if self.facts.is_builtin(function, "range") and self.facts.is_builtin(length, "len"):
                return dotted_name(counted)
        return ""

    def _is_of(self, place: ast.Name, sequence: str) -> bool:
        """Tells whether a place is all of the index of an element of a sequence."""
        above = self.facts.parent(place)
        return (
            isinstance(above, ast.Subscript) and above.slice is place and dotted_name(above.value) == sequence
        )

    def _is_index(self, place: ast.Name) -> bool:
        """Tells whether a place has a part in an index."""
        return any(isinstance(above, ast.Subscript | ast.Slice) for above in self.facts.ancestors(place))


def _counted(generator: ast.comprehension) -> str:
    return generator.target.id if isinstance(generator.target, ast.Name) else ""
