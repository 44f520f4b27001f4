"""The rule waited-for-at-once."""

from __future__ import annotations

import ast

from quality.model import Confidence
from quality.rules import AstRule, Invalid, Valid, last_word
from quality_rules._loops import Loops

#: What starts → what waits for it.
_PAIRS = {"start": "join"}
#: Methods of pools that give a promise → the method that waits for its result.
_PROMISES = {"submit": "result", "apply_async": "get"}
#: Functions that start a coroutine.
_TASKS = frozenset({"create_task", "ensure_future"})


class WaitedForAtOnce(AstRule):
    """What could run beside the rest is waited for in each turn of a loop.

    ## What it does
    Reports, in a loop, `thread.start()` with `thread.join()` right behind it, `pool.submit(…).result()` and
    `pool.apply_async(…).get()`, in one expression or with a name in between, and `await asyncio.create_task(…)`.

    Waiting behind the loop, or in a second one, is fine.

    ## Why is this bad
    The next one is started when the one before has ended: all run one after the other, and the threads or tasks cost more than
    plain calls would.

    ## Example
    ```python
    def fetch_all(pool, addresses):
        pages = []
        for address in addresses:
            pages.append(pool.submit(fetch, address).result())
        return pages
    ```

    ## Use instead
    ```python
    def fetch_all(pool, addresses):
        return list(pool.map(fetch, addresses))
    ```

    ## References
    - [Python documentation: concurrent.futures](https://docs.python.org/3/library/concurrent.futures.html)
    """

    dimension = "efficiency"
    confidence = Confidence.MEDIUM
    effort = 10
    as_written = True
    needs = frozenset({*_PAIRS, *_PROMISES, *_TASKS})

    VALID = (
        Valid("for thread in threads:\n    thread.start()\nfor thread in threads:\n    thread.join()"),
        Valid("thread.start()\nthread.join()", "Once"),
        Valid(
            "for thread in threads:\n    thread.start()\n    work()\n    thread.join()",
            "Something else is done beside it",
        ),
        Valid(
            "def f(pool, rows):\n    tasks = [pool.submit(g, row) for row in rows]\n    return [task.result() for task in tasks]"
        ),
        Valid("while rows:\n    pool.submit(g).result()", "Each turn decides on the next"),
        Valid("for form in forms:\n    answer = form.submit(1)\n    use(answer)"),
    )
    INVALID = (
        Invalid(
            "for thread in threads:\n    thread.start()\n    thread.join()",
            ("3:5-3:18 thread.join() waits before the next one starts: wait behind the loop",),
        ),
        Invalid(
            "found = [pool.apply_async(f, (row,)).get() for row in rows]",
            ("1:10-1:43 get() waits before the next one starts: wait behind the loop",),
        ),
        Invalid(
            "for row in rows:\n    task = pool.submit(f, row)\n    found[row] = task.result()",
            ("3:18-3:31 result() waits before the next one starts: wait behind the loop",),
        ),
        Invalid(
            "import asyncio\n\nasync def f(rows):\n    for row in rows:\n        await asyncio.create_task(g(row))",
            ("5:9-5:42 await waits before the next one starts: wait behind the loop",),
        ),
    )

    def visit_Call(self, call: ast.Call) -> None:
        waiting = call.func.attr if isinstance(call.func, ast.Attribute) else ""
        if waiting in _PAIRS.values():
            self._check_started(call, waiting)
        elif waiting in _PROMISES.values():
            made = self.facts.only_value(call.func.value)  # type: ignore[attr-defined]
            method = (
                made.func.attr if isinstance(made, ast.Call) and isinstance(made.func, ast.Attribute) else ""
            )
            if _PROMISES.get(method) == waiting and self._are_in_one_loop(call, made):
                self.report(call, f"{waiting}() waits before the next one starts: wait behind the loop")

    def visit_Await(self, node: ast.Await) -> None:
        made = node.value
        starts = isinstance(made, ast.Call) and (
            last_word(made.func) in _TASKS or self.facts.origin(made.func).rpartition(".")[2] in _TASKS
        )
        if starts and self._are_in_one_loop(node, made):
            self.report(node, "await waits before the next one starts: wait behind the loop")

    def _check_started(self, call: ast.Call, waiting: str) -> None:
        statement = self.facts.parent(call)
        before = self.facts.previous(statement) if isinstance(statement, ast.Expr) else None
        match before, call.func:
            case (
                ast.Expr(
                    value=ast.Call(func=ast.Attribute(value=ast.Name(id=first), attr=starting)) as start
                ),
                ast.Attribute(value=ast.Name(id=second)),
            ) if first == second and _PAIRS.get(starting) == waiting:
                if self._are_in_one_loop(call, start):
                    told = f"{ast.unparse(call.func)}() waits before the next one starts"
                    self.report(call, f"{told}: wait behind the loop")

    def _are_in_one_loop(self, waiting: ast.AST, made: ast.AST) -> bool:
        """Tells whether both are done in each turn of the same loop over something."""
        loops = self.facts.derived(Loops)
        loop = next(loops.around(waiting), None)
        return not isinstance(loop, ast.While | None) and loop is next(loops.around(made), None)
