"""The rule lock-taken-twice."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.rules import AstRule, Invalid, Valid, dotted_name, targets_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quality.model import FunctionNode

#: Locks that let nobody in while they are held.
_LOCKS = frozenset({"threading.Lock", "asyncio.Lock", "multiprocessing.Lock"})


class LockTakenTwice(AstRule):
    """A method waits for the lock that its caller holds.

    ## What it does
    Reports a call of a method of the same object inside of `with self.lock`, where the method begins with `with self.lock` itself and
    the lock is a `threading.Lock` or `asyncio.Lock`.

    `threading.RLock`, which lets its holder in again, is fine.

    ## Why is this bad
    A lock that is held lets nobody in, not even its holder. The call waits for ever, and everybody else who wants the lock with it.

    ## Example
    ```python
    import threading

    class Store:
        def __init__(self):
            self.lock = threading.Lock()
            self.rows = {}

        def get(self, key):
            with self.lock:
                return self.rows.get(key)

        def add(self, key, row):
            with self.lock:
                if self.get(key) is None:
                    self.rows[key] = row
    ```

    ## Use instead
    ```python
    import threading

    class Store:
        def __init__(self):
            self.lock = threading.Lock()
            self.rows = {}

        def get(self, key):
            with self.lock:
                return self.rows.get(key)

        def add(self, key, row):
            with self.lock:
                self.rows.setdefault(key, row)
    ```

    ## References
    - [Python documentation: threading.Lock](https://docs.python.org/3/library/threading.html#lock-objects)
    - [CWE-833: deadlock](https://cwe.mitre.org/data/definitions/833.html)
    """

    dimension = "reliability"
    needs = frozenset({"Lock"})
    cwe = 833
    effort = 15

    VALID = (
        Valid(
            """
            import threading

            class A:
                def __init__(self):
                    self.lock = threading.RLock()

                def f(self):
                    with self.lock:
                        return 1

                def g(self):
                    with self.lock:
                        return self.f()
            """,
            "It lets its holder in",
        ),
        Valid(
            """
            import threading

            class A:
                def __init__(self):
                    self.lock = threading.Lock()

                def f(self):
                    with self.lock:
                        return 1

                def g(self):
                    with self.lock:
                        done = lambda: self.f()
                    return done()
            """,
            "Behind the block",
        ),
    )
    INVALID = (
        Invalid(
            """
            from threading import Lock

            class A:
                def __init__(self):
                    self._lock = Lock()

                def f(self):
                    with self._lock:
                        return 1

                def g(self):
                    with self._lock, open("a"):
                        return self.f() + 1
            """,
            ("13:20-13:28 self.f() waits for self._lock, which is held here",),
        ),
    )

    def visit_ClassDef(self, owner: ast.ClassDef) -> None:
        methods = [each for each in owner.body if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)]
        locks = set(self._locks(methods))
        if not locks:
            return
        taking = {method.name: {lock for lock, _ in self._taken(method, locks)} for method in methods}
        for method in methods:
            for lock, block in self._taken(method, locks):
                waiting = next(self._waiting(method, block, lock, taking), None)
                if waiting is not None:
                    self.report(
                        waiting, f"{dotted_name(waiting.func)}() waits for {lock}, which is held here"
                    )

    def _waiting(
        self, method: FunctionNode, block: ast.With | ast.AsyncWith, lock: str, taking: Mapping[str, set[str]]
    ) -> Iterator[ast.Call]:
        """The calls in a block of methods of the same object that take a lock, which are made there and not later."""
        for node in (inside for statement in block.body for inside in self.facts.within(statement)):
            if isinstance(node, ast.Call) and self.facts.function(node) is method:
                owner, _, name = dotted_name(node.func).partition(".")
                deferred = any(isinstance(above, ast.Lambda) for above in self.facts.ancestors(node))
                if owner == "self" and lock in taking.get(name, ()) and not deferred:
                    yield node

    def _locks(self, methods: list[FunctionNode]) -> Iterator[str]:
        """The attributes that a constructor makes a lock."""
        for method in methods:
            for node in self.facts.within(method) if method.name == "__init__" else ():
                made = node.value if isinstance(node, ast.Assign) else None
                if isinstance(made, ast.Call) and self.facts.origin(made.func) in _LOCKS:
                    yield from map(dotted_name, targets_of(node))

    def _taken(self, method: FunctionNode, locks: set[str]) -> Iterator[tuple[str, ast.With | ast.AsyncWith]]:
        """The locks that a method takes, and the blocks in which it holds them."""
        for node in self.facts.within(method):
            if isinstance(node, ast.With | ast.AsyncWith):
                held = {dotted_name(item.context_expr) for item in node.items}
                yield from ((lock, node) for lock in sorted(held & locks))
