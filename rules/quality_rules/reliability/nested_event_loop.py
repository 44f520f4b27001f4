"""The rule nested-event-loop."""

from __future__ import annotations

import ast

from quality.model import Severity
from quality.rules import AstRule, Invalid, Valid, last_word

_RUNNERS = frozenset({"asyncio.run", "anyio.run", "trio.run"})


class NestedEventLoop(AstRule):
    """An event loop is started inside of one.

    ## What it does
    Reports `asyncio.run`, `anyio.run`, `trio.run` and `loop.run_until_complete` in the body of an `async` function.

    Functions inside that are handed to a thread, tests that expect the error, and sources that use `nest_asyncio`, are fine.

    ## Why is this bad
    Whoever runs a coroutine is in a loop already, and a second one in the same thread raises RuntimeError.

    ## Example
    ```python
    import asyncio

    async def load_all(urls):
        return [asyncio.run(load(url)) for url in urls]
    ```

    ## Use instead
    ```python
    import asyncio

    async def load_all(urls):
        return await asyncio.gather(*[load(url) for url in urls])
    ```

    ## References
    - [Python documentation: asyncio.run](https://docs.python.org/3/library/asyncio-runner.html#asyncio.run)
    """

    dimension = "reliability"
    severity = Severity.ERROR
    effort = 5
    needs = frozenset({"run", "run_until_complete"})

    VALID = (
        Valid(
            "async def f(loop):\n    with pytest.raises(RuntimeError):\n        loop.run_until_complete(g())",
            "A test of the error",
        ),
        Valid("import asyncio\n\nasync def f():\n    return await g()\n\nasyncio.run(f())"),
        Valid(
            "import asyncio\n\nasync def f():\n    return await asyncio.to_thread(lambda: asyncio.run(g()))",
            "In a thread",
        ),
        Valid(
            "import asyncio\nimport nest_asyncio\n\nnest_asyncio.apply()\n\nasync def f():\n    return asyncio.run(g())"
        ),
        Valid("async def f(app):\n    return app.run()", "Something else runs"),
    )
    INVALID = (
        Invalid(
            "from asyncio import run\n\nasync def f():\n    if run(g()):\n        return 1",
            ("4:8-4:16 f() runs in a loop already, and a second one raises RuntimeError: use await",),
        ),
        Invalid(
            "async def f(loop):\n    return loop.run_until_complete(g())",
            ("2:12-2:40 f() runs in a loop already, and a second one raises RuntimeError: use await",),
        ),
    )

    def visit_Call(self, call: ast.Call) -> None:
        by_loop = isinstance(call.func, ast.Attribute) and call.func.attr == "run_until_complete"
        if not by_loop and self.facts.origin(call.func) not in _RUNNERS:
            return
        if any(isinstance(each, ast.With) and _expects_error(each) for each in self.facts.ancestors(call)):
            return
        scopes = (ast.Lambda, ast.FunctionDef, ast.AsyncFunctionDef)
        around = next((each for each in self.facts.ancestors(call) if isinstance(each, scopes)), None)
        if isinstance(around, ast.AsyncFunctionDef) and "nest_asyncio" not in self.facts.packages:
            self.report(
                call,
                f"{around.name}() runs in a loop already, and a second one raises RuntimeError: use await",
            )


def _expects_error(block: ast.With) -> bool:
    calls = (item.context_expr for item in block.items if isinstance(item.context_expr, ast.Call))
    return any(last_word(call.func) in {"raises", "assertRaises", "assertRaisesRegex"} for call in calls)
