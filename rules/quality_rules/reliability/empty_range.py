"""The rule empty-range."""

from __future__ import annotations

import ast

from quality.model import Confidence, Severity
from quality.rules import AstRule, Invalid, Valid, shorten
from quality_rules._constants import whole_number


class EmptyRange(AstRule):
    """A range has nothing in it.

    ## What it does
    Reports `range(n, 0)` without a step, where `n` is a name or a length, and ranges of written numbers that end where they begin
    or before it: `range(10, 0)`, `range(0, 10, -1)`.

    A start below zero (`range(-n, 0)`) is fine.

    ## Why is this bad
    Without a step a range counts up, and from a count to zero there is nothing. The loop that was to count down never
    runs.

    ## Example
    ```python
    def countdown(n):
        return [f"{number}..." for number in range(n, 0)]
    ```

    ## Use instead
    ```python
    def countdown(n):
        return [f"{number}..." for number in range(n, 0, -1)]
    ```

    ## References
    - [Python documentation: range](https://docs.python.org/3/library/stdtypes.html#range)
    """

    dimension = "reliability"
    severity = Severity.ERROR
    effort = 2
    needs = frozenset({"range"})

    VALID = (
        Valid("for i in range(n, 0, -1):\n    print(i)"),
        Valid("for i in range(-n, 0):\n    print(i)", "Below zero"),
        Valid("for i in range(n - size, 0):\n    print(i)", "It may be below zero"),
        Valid("for i in range(0, n):\n    print(i)"),
        Valid("for i in range(0, 3):\n    print(i)"),
        Valid("nothing = range(0)", "Nothing is meant"),
        Valid("assert list(range(3, 1)) == []", role="test"),
    )
    INVALID = (
        Invalid(
            "for i in range(n, 0):\n    print(i)", ("1:10-1:21 range(n, 0) is empty: give it the step -1",)
        ),
        Invalid(
            "for i in range(len(rows), -1):\n    print(i)",
            ("1:10-1:30 range(len(rows), -1) is empty: give it the step -1",),
        ),
        Invalid(
            "for i in range(10, 0):\n    print(i)", ("1:10-1:22 range(10, 0) is empty: give it the step -1",)
        ),
        Invalid(
            "for i in range(0, 10, -1):\n    print(i)",
            ("1:10-1:26 range(0, 10, -1) is empty: turn its ends or its step around",),
        ),
    )

    def visit_Call(self, call: ast.Call) -> None:
        if self.source.role == "test" or call.keywords or not self.facts.is_builtin(call.func, "range"):
            return
        numbers = [whole_number(each) for each in call.args]
        shown = shorten(ast.unparse(call))
        match call.args, numbers:
            case [start, _], [None, int(end)] if end <= 0 and self._counts(start):
                sure = Confidence.HIGH if isinstance(start, ast.Call) else Confidence.MEDIUM
                self.report(call, f"{shown} is empty: give it the step -1", confidence=sure)
            case _, [int(start), int(end)] if end < start:
                self.report(call, f"{shown} is empty: give it the step -1")
            case _, [int(start), int(end), int(step)] if step and (end - start) * step < 0:
                self.report(call, f"{shown} is empty: turn its ends or its step around")

    def _counts(self, start: ast.expr) -> bool:
        """Tells whether a start is a name or a length, which is hardly meant to be below zero."""
        length = isinstance(start, ast.Call) and self.facts.is_builtin(start.func, "len")
        return length or isinstance(start, ast.Name)
