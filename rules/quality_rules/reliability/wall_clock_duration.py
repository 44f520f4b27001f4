"""The rule wall-clock-duration."""

from __future__ import annotations

import ast

from quality.model import Severity, cached_property
from quality.rules import AstRule, Invalid, Valid, shorten
from quality_rules._asked import is_product

_CLOCKS = {
    "time.time": "time.monotonic() or time.perf_counter()",
    "datetime.datetime.now": "time.monotonic() or time.perf_counter()",
    "datetime.datetime.utcnow": "time.monotonic() or time.perf_counter()",
}


class WallClockDuration(AstRule):
    """A duration is measured with a clock that can be set.

    ## What it does
    Reports differences of two readings of `time.time()` or `datetime.now()` where both are taken in the same
    function.

    Differences to times that come from elsewhere, such as a file's date, and tests, are fine.

    ## Why is this bad
    The wall clock is corrected over the network, by people and, as `datetime.now()`, twice a year by the law.
    Durations come out negative or an hour too long, and timeouts never end.

    ## Example
    ```python
    import time

    def timed(work):
        start = time.time()
        work()
        return time.time() - start
    ```

    ## Use instead
    ```python
    import time

    def timed(work):
        start = time.perf_counter()
        work()
        return time.perf_counter() - start
    ```

    ## References
    - [PEP 418: monotonic time](https://peps.python.org/pep-0418/)
    """

    dimension = "reliability"
    needs = frozenset({"time", "now", "utcnow"})
    asks = (is_product,)
    severity = Severity.NOTE

    VALID = (
        Valid(
            "import time, os\n\ndef age(path):\n    return time.time() - os.stat(path).st_mtime",
            "A time from elsewhere",
        ),
        Valid("import time\n\ndef f(start):\n    return time.time() - start"),
    )
    INVALID = (
        Invalid(
            """
            from time import time

            def wait(ready, limit):
                begun = time()
                while not ready():
                    if time() - begun > limit:
                        return False
                return True
            """,
            (
                (
                    "6:12-6:26 time() - begun measures a duration with a clock that can be set: "
                    "use time.monotonic() or time.perf_counter()"
                ),
            ),
        ),
    )

    def visit_BinOp(self, node: ast.BinOp) -> None:
        if not isinstance(node.op, ast.Sub):
            return
        later, earlier = self._clock(node.left), self._clock(node.right)
        cause = (self.facts.function(node), ast.unparse(node.right))
        if later and later == earlier and cause not in self._reported:
            self._reported.add(cause)
            shown = shorten(ast.unparse(node))
            self.report(
                node,
                f"{shown} measures a duration with a clock that can be set: use {_CLOCKS[later]}",
            )

    @cached_property
    def _reported(self) -> set[tuple[ast.AST | None, str]]:
        """Function and first reading of what is reported, one finding each."""
        return set()

    def _clock(self, node: ast.expr) -> str:
        """The wall clock that an expression reads, itself or by the only value of a local name."""
        if isinstance(node, ast.Name):
            clocks = {self._read(value) for value in self.facts.values(node, node.id)}
            return clocks.pop() if len(clocks) == 1 else ""
        return self._read(node)

    def _read(self, node: ast.expr | None) -> str:
        if not isinstance(node, ast.Call) or node.args:
            return ""
        origin = self.facts.origin(node.func)
        return origin if origin in _CLOCKS else ""
