"""The rule idle-timeout."""

from __future__ import annotations

import ast

from quality.rules import AstRule, Invalid, Valid

_SCOPES = frozenset(
    {
        *("asyncio.timeout", "asyncio.timeout_at", "async_timeout.timeout", "async_timeout.timeout_at"),
        *(
            f"{library}.{name}"
            for library in ("trio", "anyio")
            for name in ("move_on_after", "move_on_at", "fail_after", "fail_at")
        ),
    }
)
#: Where a task can be interrupted.
_PAUSES = (ast.Await, ast.AsyncFor, ast.AsyncWith, ast.Yield, ast.YieldFrom)


class IdleTimeout(AstRule):
    """A time limit is set on what cannot be interrupted.

    ## What it does
    Reports `asyncio.timeout()`, `trio.move_on_after()`, `anyio.fail_after()` and the like around a block that awaits nothing.

    A scope with a name, which others may cancel, is fine.

    ## Why is this bad
    A task is interrupted where it awaits something, and nowhere else. The block runs to its end, however long that takes, and
    holds up all other tasks.

    ## Example
    ```python
    import asyncio

    async def load(path):
        async with asyncio.timeout(2):
            return parse(path)
    ```

    ## Use instead
    ```python
    import asyncio

    async def load(path):
        async with asyncio.timeout(2):
            return await asyncio.to_thread(parse, path)
    ```

    ## References
    - [Python documentation: asyncio.timeout](https://docs.python.org/3/library/asyncio-task.html#asyncio.timeout)
    - [Trio documentation: cancellation and timeouts](https://trio.readthedocs.io/en/stable/reference-core.html#cancellation-and-timeouts)
    """

    dimension = "reliability"
    effort = 10
    needs = frozenset(name.rpartition(".")[2] for name in _SCOPES)

    VALID = (
        Valid("import asyncio\n\nasync def f(g):\n    async with asyncio.timeout(1):\n        return await g()"),
        Valid("import trio\n\nasync def f(g):\n    with trio.move_on_after(1):\n        async for x in g:\n            print(x)"),
        Valid("import trio\n\nasync def f(g):\n    with trio.move_on_after(9) as scope:\n        g.keep(scope)", "Others may cancel it"),
        Valid("import asyncio\n\nasync def f(g):\n    async with asyncio.timeout(1), g as x:\n        return x.y", "It awaits g"),
        Valid("def f(clock):\n    with clock.timeout(3):\n        work()", "Another limit"),
        Valid("import trio\n\nasync def f(g):\n    with trio.fail_after(1):\n        return [x async for x in g]"),
    )  # fmt: skip
    INVALID = (
        Invalid(
            "import trio\n\nasync def f(rows):\n    with trio.fail_after(5):\n        return sorted(rows)",
            ("4:10-4:28 nothing in this block awaits anything, so the limit never interrupts it",),
        ),
        Invalid(
            "import asyncio\n\nasync def f(g):\n    async with asyncio.timeout(5):\n        async def work():\n            await g()\n        tasks.append(work)",
            ("4:16-4:34 nothing in this block awaits anything, so the limit never interrupts it",),
        ),
    )

    def visit_With(self, block: ast.With | ast.AsyncWith) -> None:
        if len(block.items) != 1 or block.items[0].optional_vars is not None:
            return
        limit = block.items[0].context_expr
        if not isinstance(limit, ast.Call) or self.facts.origin(limit.func) not in _SCOPES:
            return
        if not any(self._pauses(statement, block) for statement in block.body):
            self.report(limit, "nothing in this block awaits anything, so the limit never interrupts it")

    def _pauses(self, statement: ast.stmt, block: ast.AST) -> bool:
        """Tells whether a statement of a block may be interrupted; what it defines runs elsewhere."""
        here = self.facts.function(block)
        return any(
            (isinstance(node, _PAUSES) or (isinstance(node, ast.comprehension) and node.is_async))
            and self.facts.function(node) is here
            for node in self.facts.within(statement)
        )
