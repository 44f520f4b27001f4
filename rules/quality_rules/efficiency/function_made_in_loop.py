"""The rule function-made-in-loop."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity
from quality.rules import LOOPS, AstRule, Invalid, Valid
from quality_rules._called import is_called
from quality_rules._loops import Loops
from quality_rules._reads import reads_of

if TYPE_CHECKING:
    from quality.model import FunctionNode
    from quality.rules import Facts


class FunctionMadeInLoop(AstRule):
    """A function is made anew in each turn of a loop.

    ## What it does
    Reports functions that are defined in a loop and that only the loop calls.

    Functions that are handed to somebody, kept or decorated, are fine.

    ## Why is this bad
    Each turn makes an object of the same code. What it needs of the turn comes by the names around it, and not by its
    parameters, so the reader has to look for both. In front of the loop it has a name and parameters like any other.

    ## Example
    ```python
    def lengths(rows):
        found = []
        for row in rows:
            def length():
                return len(row.strip())
            found.append(length())
        return found
    ```

    ## Use instead
    ```python
    def length(row):
        return len(row.strip())

    def lengths(rows):
        return [length(row) for row in rows]
    ```

    ## References
    - [pylint: cell-var-from-loop](https://pylint.readthedocs.io/en/stable/user_guide/messages/warning/cell-var-from-loop.html)
    """

    dimension = "efficiency"
    severity = Severity.NOTE
    confidence = Confidence.MEDIUM
    needs = frozenset(LOOPS)

    VALID = (
        Valid("for row in rows:\n    def f():\n        return row\n    found.append(f)", "It is kept"),
        Valid(
            "for row in rows:\n    @register\n    def f():\n        return row\n    f()", "It is registered"
        ),
        Valid("def f(rows):\n    def g(row):\n        return row\n    return [g(row) for row in rows]"),
        Valid("for row in rows:\n    def f():\n        return row\nprint(f())", "It is used behind the loop"),
        Valid(
            "for row in rows:\n    class A:\n        def f(self):\n            return row\n    found.append(A())"
        ),
    )
    INVALID = (
        Invalid(
            "for row in rows:\n    def f():\n        return row.x\n    print(f(), f())",
            ("2:5-2:13 f() is made anew in each turn of the loop: define it before, with parameters",),
        ),
        Invalid(
            "def g(rows):\n    while rows:\n        def f(x):\n            return f(x - 1) if x else 1\n        rows.put(f(3))",
            ("3:9-3:18 f() is made anew in each turn of the loop: define it before, with parameters",),
        ),
    )

    def visit_FunctionDef(self, function: FunctionNode) -> None:
        if function.decorator_list or self.facts.class_of(function) is not None:
            return
        loop = next(self.facts.derived(Loops).around(function), None)
        if loop is None:
            return
        if self.facts.derived(_definitions)[function.name] > 1:
            return
        uses = self.facts.derived(reads_of).get(function.name, ())
        outside = [use for use in uses if not self.facts.contains(function, use)]
        if outside and all(is_called(self.facts, use) and self.facts.contains(loop, use) for use in outside):
            told = f"{function.name}() is made anew in each turn of the loop"
            self.report(function, f"{told}: define it before, with parameters")


def _definitions(facts: Facts) -> Counter[str]:
    """How many functions there are of each name."""
    return Counter(function.name for function in facts.functions)
