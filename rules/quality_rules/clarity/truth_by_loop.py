"""The rule truth-by-loop."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Severity
from quality.rules import AstRule, Invalid, Valid, is_for_log

if TYPE_CHECKING:
    from collections.abc import Sequence


class TruthByLoop(AstRule):
    """A loop finds out whether any or all of several things are so.

    ## What it does
    Reports a `for` loop that does nothing but to return a truth where a condition holds, before a `return` of the other one.
    Lines in the log between them change nothing.

    Loops that do more, have an `else`, or wait for what comes next are fine.

    ## Why is this bad
    `any` and `all` say in one word what four lines spell out, and which answer nothing at all gives.

    ## Example
    ```python
    def has_even(numbers):
        for number in numbers:
            if number % 2 == 0:
                return True
        return False
    ```

    ## Use instead
    ```python
    def has_even(numbers):
        return any(number % 2 == 0 for number in numbers)
    ```

    ## References
    - [Python documentation: any](https://docs.python.org/3/library/functions.html#any)
    """

    dimension = "clarity"
    severity = Severity.NOTE
    effort = 5
    equivalents = ("pylint:consider-using-any-or-all",)

    needs = frozenset({ast.If})

    VALID = (
        Valid("def f(xs):\n    for x in xs:\n        if x:\n            return True\n    return True"),
        Valid("def f(xs):\n    for x in xs:\n        if x:\n            return x\n    return False"),
        Valid(
            "def f(xs):\n    for x in xs:\n        if x:\n            return True\n        g(x)\n    return False"
        ),
        Valid(
            "def f(xs):\n    for x in xs:\n        if x:\n            return True\n    xs.clear()\n    return False",
            "Something is done when there is none",
        ),
        Valid(
            "async def f(xs):\n    async for x in xs:\n        if x:\n            return True\n    return False"
        ),
    )
    INVALID = (
        Invalid(
            "def f(xs):\n    for x in xs:\n        if x > 1:\n            return False\n    return True",
            ("2:5-4:25 this only finds out whether it is so for all: return all(...)",),
        ),
        Invalid(
            """
            import logging

            def f(xs):
                for x in xs:
                    if x > 1:
                        return True
                logging.debug("none")
                return False
            """,
            ("4:5-6:24 this only finds out whether it is so for any: return any(...)",),
        ),
    )

    def visit_For(self, loop: ast.For | ast.AsyncFor) -> None:
        only = loop.body[0] if len(loop.body) == 1 else None
        if not isinstance(loop, ast.For) or not isinstance(only, ast.If) or only.orelse or loop.orelse:
            return
        inside, behind = self._truth(only.body), self._truth(self.facts.rest(loop))
        if inside is not None and behind is not None and inside is not behind:
            word = "any" if inside else "all"
            self.report(loop, f"this only finds out whether it is so for {word}: return {word}(...)")

    def _truth(self, block: Sequence[ast.stmt]) -> bool | None:
        """What a block answers that only answers yes or no, and tells the log of it."""
        first = next((each for each in block if not self._only_tells(each)), None)
        value = first.value if isinstance(first, ast.Return) else None
        answer = value.value if isinstance(value, ast.Constant) else None
        return answer if isinstance(answer, bool) else None

    def _only_tells(self, statement: ast.stmt) -> bool:
        """Tells whether a statement writes a line in the log, or gives a name to what it is to say."""
        if isinstance(statement, ast.Assign):
            return isinstance(statement.value, ast.Constant)
        call = statement.value if isinstance(statement, ast.Expr) else None
        logs = isinstance(call, ast.Call) and self.facts.origin(call.func).startswith("logging.")
        return logs or is_for_log(statement)
