"""The rule sleeping-test."""

from __future__ import annotations

import ast

from quality.model import Confidence, Severity, is_function
from quality.rules import AstRule, Invalid, Setting, Valid


class SleepingTest(AstRule):
    """A test waits for a time and hopes.

    ## What it does
    Reports calls of `time.sleep` and `asyncio.sleep` with a fixed time in a test, loops aside.

    ## Why is this bad
    On a busy machine the time is too short and the test fails for no reason; everywhere else it is too long.

    ## Example
    ```python
    def test_scheduler(scheduler, ran):
        scheduler.start()
        time.sleep(3.5)
        assert len(ran) == 3
    ```

    ## Use instead
    ```python
    def test_scheduler(scheduler, ran, clock):
        clock.advance(3.5)
        scheduler.run_pending()
        assert len(ran) == 3
    ```

    ## References
    - [Martin Fowler: eradicating non-determinism in tests](https://martinfowler.com/articles/nonDeterminism.html#AsynchronousBehavior)
    """

    dimension = "reliability"
    needs = frozenset({"sleep"})
    severity = Severity.NOTE
    confidence = Confidence.LOW
    effort = 20

    shortest = Setting(0.2, "Shortest time that is reported, in seconds.", minimum=0.0)

    VALID = (
        Valid("import time\n\ndef f():\n    time.sleep(1)", "No test"),
        Valid("import time\n\ndef test_f():\n    time.sleep(0.01)", "Hardly a wait"),
        Valid("import time\n\ndef test_f():\n    while not f():\n        time.sleep(0.5)", "It looks again"),
        Valid(
            "import time\n\ndef test_f():\n    def slow():\n        time.sleep(1)\n    f(slow)",
            "What is tested is slow",
        ),
    )
    INVALID = (
        Invalid(
            "from time import sleep\n\ndef test_f():\n    start()\n    sleep(1)\n    assert done()",
            ("5:5-5:13 the test fails where 1 s is too short: wait for what happens, or hand in a clock",),
        ),
    )

    def visit_Call(self, call: ast.Call) -> None:
        if self.facts.origin(call.func) not in {"time.sleep", "asyncio.sleep"} or len(call.args) != 1:
            return
        seconds = self.facts.origins.constant(call.args[0])
        if not isinstance(seconds, int | float) or seconds < self.shortest:
            return
        for above in self.facts.ancestors(call):
            if isinstance(above, ast.For | ast.While | ast.AsyncFor):
                return
            if is_function(above):
                if above.name.startswith("test"):
                    self.report(
                        call,
                        f"the test fails where {seconds} s is too short: wait for what happens, or hand in a clock",
                    )
                return
