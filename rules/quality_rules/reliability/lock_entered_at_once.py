"""The rule lock-entered-at-once."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Severity
from quality.rules import AstRule, Invalid, Valid, dotted_name

if TYPE_CHECKING:
    from quality.rules import Facts

_LOCKS = frozenset(
    f"asyncio.{name}"
    for name in ("Lock", "Semaphore", "BoundedSemaphore", "Condition", "TaskGroup", "timeout")
)


class LockEnteredAtOnce(AstRule):
    """A lock of asyncio is entered without waiting for it.

    ## What it does
    Reports `with` on a lock, semaphore, condition or task group of `asyncio`, which have `async with` alone.

    ## Why is this bad
    Python raises a TypeError as soon as the line runs: these objects cannot be entered without `await`.

    ## Example
    ```python
    import asyncio

    lock = asyncio.Lock()

    async def add(rows, row):
        with lock:
            rows.append(row)
    ```

    ## Use instead
    ```python
    import asyncio

    lock = asyncio.Lock()

    async def add(rows, row):
        async with lock:
            rows.append(row)
    ```

    ## References
    - [Python documentation: asyncio.Lock](https://docs.python.org/3/library/asyncio-sync.html#asyncio.Lock)
    """

    dimension = "reliability"
    severity = Severity.ERROR
    needs = frozenset({ast.With})
    effort = 1
    equivalents = ("pylint:not-context-manager",)

    VALID = (
        Valid(
            "import asyncio\n\nasync def f():\n    lock = asyncio.Lock()\n    async with lock:\n        pass"
        ),
        Valid(
            "import asyncio\n\nasync def f(path):\n    with open(path) as file:\n        async with asyncio.timeout(3):\n            return file",
            "Beside a file",
        ),
        Valid("import threading\n\ndef f():\n    lock = threading.Lock()\n    with lock:\n        pass"),
        Valid(
            "import asyncio, threading\n\ndef f(a):\n    lock = asyncio.Lock() if a else threading.Lock()\n    with lock:\n        pass",
            "Perhaps another",
        ),
    )
    INVALID = (
        Invalid(
            """
            import asyncio

            class A:
                def __init__(self):
                    self.lock = asyncio.Lock()

                async def f(self):
                    with self.lock:
                        pass
            """,
            ("8:14-8:23 self.lock is entered with async with alone",),
        ),
    )

    @classmethod
    def concerns(cls, facts: Facts) -> bool:
        """Whether there is something of ``asyncio``."""
        return "asyncio" in facts.vocabulary

    def visit_With(self, block: ast.With | ast.AsyncWith) -> None:
        if isinstance(block, ast.AsyncWith):
            return
        for item in block.items:
            name = dotted_name(item.context_expr)
            made = self._made(name) if name else [item.context_expr]
            if made and all(
                isinstance(each, ast.Call) and self.facts.origin(each.func) in _LOCKS for each in made
            ):
                shown = ast.unparse(item.context_expr)
                self.report(item.context_expr, f"{shown} is entered with async with alone")

    def _made(self, name: str) -> list[ast.expr]:
        """What is assigned to a name or attribute anywhere in the source."""
        return [
            given.value
            for given in self.facts.assignments
            if any(dotted_name(target) == name for target in given.targets)
        ]
