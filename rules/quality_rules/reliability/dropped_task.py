"""The rule dropped-task."""

from __future__ import annotations

import ast

from quality.rules import AstRule, Invalid, Valid, shorten, targets_of

_STARTERS = frozenset({"asyncio.create_task", "asyncio.ensure_future"})
_POOLS = frozenset(
    {
        f"concurrent.futures.{name}"
        for name in ("ThreadPoolExecutor", "ProcessPoolExecutor", "InterpreterPoolExecutor")
    }
)
_LOOPS = frozenset({"asyncio.get_event_loop", "asyncio.get_running_loop"})


class DroppedTask(AstRule):
    """A task is started and nobody keeps it.

    ## What it does
    Reports `asyncio.create_task(...)`, `asyncio.ensure_future(...)` and, in `async` functions, `asyncio.gather(...)` whose result is dropped, or bound to
    a name that is never used, and `submit()` to a pool that a `with` statement opens, whose future is dropped so.

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
    needs = frozenset({"create_task", "ensure_future", "submit", "gather"})

    VALID = (
        Valid(
            "from concurrent.futures import ThreadPoolExecutor\n\nwith ThreadPoolExecutor() as pool:\n    jobs = [pool.submit(f, x) for x in xs]\nfor job in jobs:\n    job.result()"
        ),
        Valid("def f(pool, g):\n    pool.submit(g)", "Who opens it may ask"),
        Valid("with open_form() as form:\n    form.submit(button)", "No pool"),
        Valid("import asyncio\n\nasync def f(g):\n    task = asyncio.create_task(g())\n    await task"),
        Valid("import asyncio\n\nclass A:\n    def f(self):\n        self.t = asyncio.create_task(g())"),
        Valid("async def f(g, group):\n    group.create_task(g())", "The group keeps it"),
    )
    INVALID = (
        Invalid(
            "import asyncio\n\nasync def f(jobs):\n    asyncio.gather(*jobs)",
            ("4:5-4:26 nobody keeps the task of *jobs: keep it until it is done, or use a TaskGroup",),
        ),
        Invalid(
            "from concurrent.futures import ThreadPoolExecutor\n\ndef f(g, xs):\n    with ThreadPoolExecutor(8) as pool:\n        for x in xs:\n            pool.submit(g, x)",
            ("6:13-6:30 nobody asks the future of g, so its error is lost: keep it and ask for its result",),
        ),
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
        if not call.args:
            return
        starts, submits = self._starts(call.func), self._submits(call.func)
        if not (starts or submits) or not self._is_dropped(call):
            return
        work = call.args[0]
        if submits:
            shown = shorten(ast.unparse(work))
            self.report(
                call,
                f"nobody asks the future of {shown}, so its error is lost: keep it and ask for its result",
            )
            return
        shown = f"{ast.unparse(work.func)}()" if isinstance(work, ast.Call) else ast.unparse(work)
        self.report(call, f"nobody keeps the task of {shown}: keep it until it is done, or use a TaskGroup")

    def _starts(self, function: ast.expr) -> bool:
        origin = self.facts.origin(function)
        if origin == "asyncio.gather":
            return isinstance(self.facts.function(function), ast.AsyncFunctionDef)
        if origin in _STARTERS:
            return True
        if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Call):
            return function.attr == "create_task" and self.facts.origin(function.value.func) in _LOOPS
        return False

    def _submits(self, function: ast.expr) -> bool:
        """Tells whether a function is the ``submit`` of a pool that a ``with`` statement around it opens."""
        if not isinstance(function, ast.Attribute) or function.attr != "submit":
            return False
        owner = function.value
        return isinstance(owner, ast.Name) and any(
            isinstance(item.context_expr, ast.Call)
            and isinstance(item.optional_vars, ast.Name)
            and item.optional_vars.id == owner.id
            and self.facts.origin(item.context_expr.func) in _POOLS
            for above in self.facts.ancestors(function)
            if isinstance(above, ast.With)
            for item in above.items
        )

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
