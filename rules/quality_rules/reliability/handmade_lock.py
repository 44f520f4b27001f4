"""The rule handmade-lock."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Severity
from quality.rules import AstRule, Invalid, Valid, last_word, targets_of
from quality_rules._given import given

if TYPE_CHECKING:
    from quality.model import Source


class HandmadeLock(AstRule):
    """A flag is waited for and then set, in place of a lock.

    ## What it does
    Reports a loop that only waits while a flag is set, and the next statement, which sets the same flag.

    Loops that wait for something and do not take it are fine.

    ## Why is this bad
    Two threads see the flag free at the same time, and both set it. It works in every test. A lock looks and takes in
    one step, lets nobody wait longer than needed, and `with` gives it back in every case.

    ## Example
    ```python
    class Counter:
        def increment(self):
            while self.busy:
                time.sleep(0.01)
            self.busy = True
            self.value += 1
            self.busy = False
    ```

    ## Use instead
    ```python
    class Counter:
        def increment(self):
            with self.lock:
                self.value += 1
    ```

    ## References
    - [CWE-362: race condition](https://cwe.mitre.org/data/definitions/362.html)
    - [Python documentation: threading.Lock](https://docs.python.org/3/library/threading.html#lock-objects)
    """

    dimension = "reliability"
    severity = Severity.ERROR
    effort = 10
    cwe = 362

    VALID = (
        Valid("while not job.done:\n    time.sleep(1)\nprint(job.result)", "It takes nothing"),
        Valid("while a.busy:\n    time.sleep(1)\nb.busy = True", "Another flag"),
        Valid("while a.busy:\n    a.step()\na.busy = True", "It works while it waits"),
        Valid("while a.busy:\n    time.sleep(1)\na.busy = False", "It is free already"),
    )
    INVALID = (
        Invalid(
            "while not a.free:\n    pass\na.free = False\nwork()\na.free = True",
            ("1:7-1:17 a.free is looked at and set in two steps: use threading.Lock",),
        ),
        Invalid(
            "while locked is True:\n    time.sleep(1)\nlocked = True",
            ("1:7-1:21 locked is looked at and set in two steps: use threading.Lock",),
        ),
    )

    @classmethod
    def applies(cls, source: Source) -> bool:
        return source.mentions("while ")

    def visit_While(self, loop: ast.While) -> None:
        flag, waited = _asked(loop.test)
        if not flag or loop.orelse or not all(map(_waits, loop.body)):
            return
        following = next(iter(self.facts.rest(loop)), None)
        value = getattr(following, "value", None)
        if following is None or not isinstance(value, ast.Constant) or value.value is not waited:
            return
        if flag in map(ast.unparse, targets_of(following)):
            self.report(loop.test, f"{flag} is looked at and set in two steps: use threading.Lock")


def _asked(test: ast.expr) -> tuple[str, bool]:
    """The flag of a condition, and what it is while the condition holds; an empty text for other conditions."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        flag, value = _asked(test.operand)
        return flag, not value
    if isinstance(test, ast.Compare) and len(test.ops) == 1 and isinstance(test.ops[0], ast.Eq | ast.Is):
        sides = (test.left, test.comparators[0])
        for asked, answer in (sides, sides[::-1]):
            if isinstance(answer, ast.Constant) and isinstance(answer.value, bool):
                return ast.unparse(asked), answer.value
    return (ast.unparse(test), True) if isinstance(test, ast.Name | ast.Attribute) else ("", True)


def _waits(statement: ast.stmt) -> bool:
    """Tells whether a statement does nothing but let time pass, or say how much."""
    call = statement.value if isinstance(statement, ast.Expr) else None
    call = call.value if isinstance(call, ast.Await) else call
    asleep = isinstance(call, ast.Call) and last_word(call.func) == "sleep"
    named = [value for _, value in given(statement)]
    constant = bool(named) and all(isinstance(value, ast.Constant) for value in named)
    return asleep or constant or isinstance(statement, ast.Pass | ast.Continue)
