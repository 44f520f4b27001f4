"""The rule lock-not-released."""

from __future__ import annotations

import ast
import itertools
from typing import TYPE_CHECKING

from quality.model import Confidence
from quality.rules import AstRule, Invalid, Valid, dotted_name

if TYPE_CHECKING:
    from quality.model import FunctionNode

#: Locks of one function that are looked at.
_MOST_LOCKS = 10


class LockNotReleased(AstRule):
    """An error between acquire and release leaves a lock closed.

    ## What it does
    Reports `lock.acquire()` when the same function calls `lock.release()`, but not in a `finally` that covers
    what lies between.

    `with lock:`, a release in `finally`, a release right behind, and locks that another method releases, are
    fine.

    ## Why is this bad
    When anything in between raises or returns, nobody releases the lock, and every other thread waits for it
    for ever.

    ## Example
    ```python
    def add(row):
        lock.acquire()
        rows.append(check(row))
        lock.release()
    ```

    ## Use instead
    ```python
    def add(row):
        with lock:
            rows.append(check(row))
    ```

    ## References
    - [Python documentation: using locks in the with statement](https://docs.python.org/3/library/threading.html#using-locks-conditions-and-semaphores-in-the-with-statement)
    """

    dimension = "reliability"
    needs = frozenset({"acquire"})
    cwe = 667
    confidence = Confidence.MEDIUM
    equivalents = ("pylint:consider-using-with",)

    VALID = (
        Valid("def f():\n    lock.acquire()\n    try:\n        work()\n    finally:\n        lock.release()"),
        Valid("class A:\n    def __enter__(self):\n        self.lock.acquire()", "Released elsewhere"),
        Valid("def f():\n    lock.release()\n    work()\n    lock.acquire()", "The other way round"),
        Valid("def wait():\n    gate.acquire()\n    gate.release()", "Right behind"),
    )
    INVALID = (
        Invalid(
            """
            class Store:
                def put(self, key, value):
                    self._lock.acquire()
                    if key in self.rows:
                        self._lock.release()
                        raise KeyError(key)
                    self.rows[key] = value
                    self._lock.release()
            """,
            ("3:9-3:29 an error before self._lock.release() leaves the lock closed: use with self._lock",),
        ),
    )

    def visit_FunctionDef(self, function: FunctionNode) -> None:
        acquired: dict[str, ast.Call] = {}
        released: dict[str, list[ast.Call]] = {}
        for node in self.facts.within(function):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            lock = dotted_name(node.func.value)
            if not lock or self.facts.function(node) is not function:
                continue
            waits = not node.args and isinstance(self._statement(node), ast.Expr)
            if node.func.attr == "acquire" and waits:
                acquired.setdefault(lock, node)
            elif node.func.attr == "release":
                released.setdefault(lock, []).append(node)
        for lock, call in itertools.islice(acquired.items(), _MOST_LOCKS):
            later = [node for node in released.get(lock, ()) if node.lineno > call.lineno]
            if later and not any(self._is_final(node) for node in later) and self._works(call, later[-1]):
                self.report(call, f"an error before {lock}.release() leaves the lock closed: use with {lock}")

    def _works(self, first: ast.Call, last: ast.Call) -> bool:
        """Tells whether anything that may raise lies between two calls."""
        start, end = (first.end_lineno, first.end_col_offset), (last.lineno, last.col_offset)
        function = self.facts.function(first)
        return function is not None and any(
            isinstance(node, ast.Call | ast.Subscript | ast.Raise | ast.Return)
            and start <= (node.lineno, node.col_offset) < end
            for node in self.facts.within(function)
        )

    def _statement(self, call: ast.Call) -> ast.AST | None:
        above = self.facts.parent(call)
        return self.facts.parent(above) if isinstance(above, ast.Await) else above

    def _is_final(self, call: ast.Call) -> bool:
        """Tells whether a release happens whatever was raised."""
        below: ast.AST = call
        for above in self.facts.ancestors(call):
            if isinstance(above, ast.Try) and below in above.finalbody:
                return True
            if isinstance(above, ast.ExceptHandler):
                return True
            below = above
        return False
