"""The rule busy-wait."""

from __future__ import annotations

import ast
import re

from quality.model import Confidence
from quality.rules import AstRule, Invalid, Valid, last_word, shorten

#: Names of what somebody else changes, and of methods that ask for it.
_STATE = re.compile(
    r"(?:is_)?(?:done|ready|alive|running|finished|complete|completed|stopped|set|busy|locked|connected|empty|poll)"
)


class BusyWait(AstRule):
    """A loop does nothing until something has happened elsewhere.

    ## What it does
    Reports `while` loops without a body that ask whether something is done, ready or running.

    Loops whose condition does the work are fine.

    ## Why is this bad
    It takes all of a processor for asking, which those have to do without that it waits for.

    ## Example
    ```python
    def wait_for(job):
        while not job.done():
            pass
    ```

    ## Use instead
    ```python
    def wait_for(job):
        job.wait()
    ```

    ## References
    - [Busy waiting](https://en.wikipedia.org/wiki/Busy_waiting)
    """

    dimension = "efficiency"
    confidence = Confidence.MEDIUM
    effort = 5
    needs = frozenset({ast.While})

    VALID = (
        Valid("def f(step):\n    while step():\n        pass", "It does the work"),
        Valid("def f(job):\n    while not job.done():\n        job.help()"),
    )
    INVALID = (
        Invalid(
            "def f(job):\n    while not job.done():\n        pass",
            ("2:11-2:25 nothing is done until not job.done() is over: wait for an event",),
        ),
        Invalid(
            "def f(thread):\n    while thread.is_alive():\n        continue",
            ("2:11-2:28 nothing is done until thread.is_alive() is over: wait for an event",),
        ),
    )

    def visit_While(self, loop: ast.While) -> None:
        if loop.orelse or not all(isinstance(each, ast.Pass | ast.Continue) for each in loop.body):
            return
        asked = loop.test.operand if isinstance(loop.test, ast.UnaryOp) else loop.test
        method = asked.func if isinstance(asked, ast.Call) and not asked.args else asked
        if isinstance(method, ast.Attribute | ast.Name) and _STATE.fullmatch(last_word(method)):
            shown = shorten(ast.unparse(loop.test))
            self.report(loop.test, f"nothing is done until {shown} is over: wait for an event")
