"""The rule lock-held-while-waiting."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Severity
from quality.rules import SCOPES, AstRule, Invalid, Valid, shorten

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality.rules import Facts

#: Locks that stop the whole thread.
_LOCKS = frozenset(
    f"{package}.{name}"
    for package in ("threading", "multiprocessing")
    for name in ("Lock", "RLock", "Condition", "Semaphore", "BoundedSemaphore")
)


class LockHeldWhileWaiting(AstRule):
    """A coroutine waits while it holds a lock of threads.

    ## What it does
    Reports `with` around an `await`, where it holds a `threading.Lock` or the like.

    Locks of `asyncio`, and locks that are held between two awaits only, are fine.

    ## Why is this bad
    While the coroutine waits, others run in the same thread. The next one that wants the lock stops the thread, and
    with it the one that would release the lock: nothing goes on any more.

    ## Example
    ```python
    import threading

    LOCK = threading.Lock()

    async def add(store, row):
        with LOCK:
            await store.put(row)
    ```

    ## Use instead
    ```python
    import asyncio

    LOCK = asyncio.Lock()

    async def add(store, row):
        async with LOCK:
            await store.put(row)
    ```

    ## References
    - [Python documentation: synchronization primitives of asyncio](https://docs.python.org/3/library/asyncio-sync.html)
    """

    dimension = "reliability"
    severity = Severity.ERROR
    needs = frozenset({"Lock", "RLock", "Condition", "Semaphore", "BoundedSemaphore"})
    cwe = 833
    effort = 10

    VALID = (
        Valid("import asyncio\n\nLOCK = asyncio.Lock()\n\nasync def f(x):\n    async with LOCK:\n        await x"),
        Valid("import threading\n\nLOCK = threading.Lock()\n\nasync def f(x):\n    with LOCK:\n        n = x.n\n    await x.put(n)"),
        Valid("import threading\n\nLOCK = threading.Lock()\n\ndef f(x):\n    with LOCK:\n        async def g():\n            await x\n    return g", "It waits later"),
        Valid("async def f(lock, x):\n    with lock:\n        await x", "It may be of asyncio"),
    )  # fmt: skip
    INVALID = (
        Invalid(
            """
            from threading import Lock

            class Counter:
                def __init__(self):
                    self.lock = Lock()

                async def add(self, source):
                    with self.lock:
                        self.total += await source.read()
            """,
            ("8:14-8:23 self.lock stops the thread while this waits: use a lock of asyncio",),
        ),
        Invalid(
            "import threading\n\nasync def f(rows):\n    lock = threading.RLock()\n    with lock:\n        async for row in rows:\n            print(row)",
            ("5:10-5:14 lock stops the thread while this waits: use a lock of asyncio",),
        ),
    )

    def visit_With(self, node: ast.With) -> None:
        held = [item.context_expr for item in node.items if self._is_lock(item.context_expr)]
        if held and any(
            isinstance(each, ast.Await | ast.AsyncFor | ast.AsyncWith) for each in self._inside(node)
        ):
            shown = shorten(ast.unparse(held[0]))
            self.report(held[0], f"{shown} stops the thread while this waits: use a lock of asyncio")

    def _is_lock(self, held: ast.expr) -> bool:
        named = isinstance(held, ast.Name | ast.Attribute)
        return named and ast.unparse(held) in self.facts.derived(_locks)

    def _inside(self, node: ast.With) -> Iterator[ast.AST]:
        """What runs in a block, and not in a function that it defines."""
        pending: list[ast.AST] = [*node.body]
        while pending:
            each = pending.pop()
            yield each
            if not isinstance(each, SCOPES):
                pending += ast.iter_child_nodes(each)


def _locks(facts: Facts) -> set[str]:
    """The names and attributes that only get locks of threads, as they are written."""
    found: set[str] = set()
    others: set[str] = set()
    for _, targets, value in facts.assignments:
        locked = isinstance(value, ast.Call) and facts.origin(value.func) in _LOCKS
        for target in targets:
            if isinstance(target, ast.Name | ast.Attribute):
                (found if locked else others).add(ast.unparse(target))
    return found - others
