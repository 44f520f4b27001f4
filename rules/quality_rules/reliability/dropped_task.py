"""The rule dropped-task."""

from __future__ import annotations

import ast

from quality.rules import AstRule, Invalid, Valid, targets_of

_STARTERS = frozenset({"asyncio.create_task", "asyncio.ensure_future"})
_LOOPS = frozenset({"asyncio.get_event_loop", "asyncio.get_running_loop"})


class DroppedTask(AstRule):
    """A task is started and nobody keeps it.

    ## What it does
    Reports `asyncio.create_task(...)` and `asyncio.ensure_future(...)` whose result is dropped, or bound to
    a name that is never used.

    Tasks that are kept in a collection, awaited or returned are fine. So are those of a task group.

    ## Why is this bad
    The event loop holds only a weak reference: the task may be collected half-way. What it raises is lost,
    and nobody can cancel it or wait for its end.

    ## Example
    ```python
    import asyncio

    async def serve(requests):
        async for request in requests:
            asyncio.create_task(answer(request))
    ```

    ## Use instead
    ```python
    import asyncio

    async def serve(requests):
        async with asyncio.TaskGroup() as tasks:
            async for request in requests:
                tasks.create_task(answer(request))
    ```

    ## References
    - [Python documentation: asyncio.create_task](https://docs.python.org/3/library/asyncio-task.html#asyncio.create_task)
    """

    dimension = "reliability"
    needs = frozenset({"create_task", "ensure_future"})

    VALID = (
        Valid("import asyncio\n\nasync def f(g):\n    task = asyncio.create_task(g())\n    await task"),
        Valid("import asyncio\n\nclass A:\n    def f(self):\n        self.t = asyncio.create_task(g())"),
        Valid("async def f(g, group):\n    group.create_task(g())", "The group keeps it"),
    )
    INVALID = (
        Invalid(
            """
            import asyncio

            def start(work):
                loop = asyncio.get_event_loop()
                asyncio.ensure_future(work())
                job = asyncio.create_task(work())
                asyncio.get_event_loop().create_task(work())
            """,
            (
                "5:5-5:34 nobody keeps the task of work(): keep it until it is done, or use a TaskGroup",
                "6:11-6:38 nobody keeps the task of work(): keep it until it is done, or use a TaskGroup",
                "7:5-7:49 nobody keeps the task of work(): keep it until it is done, or use a TaskGroup",
            ),
        ),
    )

    def visit_Call(self, call: ast.Call) -> None:
        if not call.args or not self._starts(call.func) or not self._is_dropped(call):
            return
        work = call.args[0]
        shown = f"{ast.unparse(work.func)}()" if isinstance(work, ast.Call) else ast.unparse(work)
        self.report(call, f"nobody keeps the task of {shown}: keep it until it is done, or use a TaskGroup")

    def _starts(self, function: ast.expr) -> bool:
        if self.facts.origin(function) in _STARTERS:
            return True
        if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Call):
            return function.attr == "create_task" and self.facts.origin(function.value.func) in _LOOPS
        return False

    def _is_dropped(self, call: ast.Call) -> bool:
        above = self.facts.parent(call)
        if isinstance(above, ast.Expr):
            return True
        function = self.facts.function(call)
        target = next(iter(targets_of(above)), None) if isinstance(above, ast.stmt) else None
        if function is None or not isinstance(target, ast.Name):
            return False
        names = self.facts.names(function)
        return target.id not in names.loads and target.id not in names.shared
