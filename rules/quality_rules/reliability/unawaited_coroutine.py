"""The rule unawaited-coroutine."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Severity
from quality.rules import ASSIGNMENTS, AstRule, Invalid, Valid, decorators, targets_of, with_defaults
from quality_rules._dead import is_unreachable

if TYPE_CHECKING:
    from quality.rules import Facts

#: Coroutine functions of the standard library, and of others that are as well known.
_KNOWN = frozenset(
    {
        *("asyncio.sleep", "asyncio.wait_for", "asyncio.wait", "asyncio.to_thread"),
        *("asyncio.open_connection", "asyncio.start_server"),
        *("asyncio.open_unix_connection", "asyncio.start_unix_server"),
        *("asyncio.create_subprocess_exec", "asyncio.create_subprocess_shell"),
        *("anyio.sleep", "anyio.sleep_until", "anyio.sleep_forever", "anyio.connect_tcp"),
        *("anyio.run_process", "anyio.to_thread.run_sync", "anyio.lowlevel.checkpoint"),
        *("trio.sleep", "trio.sleep_until", "trio.sleep_forever", "trio.open_tcp_stream", "trio.run_process"),
        *("trio.to_thread.run_sync", "trio.lowlevel.checkpoint"),
    }
)
#: Objects of ``asyncio`` → their methods that are coroutines.
_WAITING = {
    **dict.fromkeys(
        ("asyncio.Queue", "asyncio.LifoQueue", "asyncio.PriorityQueue"), frozenset({"put", "get", "join"})
    ),
    **dict.fromkeys(
        ("asyncio.Lock", "asyncio.Semaphore", "asyncio.BoundedSemaphore", "asyncio.Condition"),
        frozenset({"acquire"}),
    ),
    **dict.fromkeys(("asyncio.Event", "asyncio.Barrier"), frozenset({"wait"})),
    "asyncio.StreamWriter": frozenset({"drain", "wait_closed"}),
}
#: Requests that a client of ``aiohttp`` sends, and what of their answers is still to be received.
_REQUESTS = frozenset({"get", "post", "put", "delete", "patch", "request"})
_PARTS = frozenset({"text", "json", "read"})
#: What belongs to a coroutine itself.
_OF_COROUTINES = frozenset({"send", "throw", "close", "__await__"})
#: Builtins that take a value, and never a coroutine.
_OF_VALUES = (
    *("len", "sorted", "list", "tuple", "set", "dict", "sum", "min", "max", "any", "all", "enumerate", "zip"),
    *("int", "float", "round", "abs"),
)
#: Methods of streams and clients that are coroutines wherever there is an ``async def`` around, unless the text has its own.
_OF_STREAMS = frozenset({"drain", "wait_closed", "aclose"})


class UnawaitedCoroutine(AstRule):
    """A coroutine is made and never run.

    ## What it does
    Reports calls of `async` functions of the same file, of `asyncio.sleep`, `trio.sleep` and the like, and of the methods of
    queues, locks and events of `asyncio` that wait, whose result is dropped. In `async` functions so are `drain()`, `wait_closed()` and
    `aclose()`, of whatever object.

    So are the body of an answer of `aiohttp`, in whatever way it is used, and coroutines whose result is worked with as if it were what the function returns: it is calculated with, compared, unpacked, gone
    through, or asked for an attribute or an entry, at once or by the name it is given.

    Coroutines that are awaited, made a task, returned or collected are fine.

    ## Why is this bad
    The call only makes the coroutine: nothing of its body runs. Python says so at best in a warning, when
    the garbage is collected.

    ## Example
    ```python
    async def save(row):
        await store.put(row)

    async def save_all(rows):
        for row in rows:
            save(row)
    ```

    ## Use instead
    ```python
    async def save(row):
        await store.put(row)

    async def save_all(rows):
        for row in rows:
            await save(row)
    ```

    ## References
    - [Python documentation: never-awaited coroutines](https://docs.python.org/3/library/asyncio-dev.html#detect-never-awaited-coroutines)
    """

    dimension = "reliability"
    severity = Severity.ERROR

    needs = frozenset({ast.AsyncFunctionDef, "asyncio", "anyio", "trio"})

    VALID = (
        Valid(
            "import inspect\n\nclass A:\n    async def close(self): ...\n\n    def __del__(self):\n        if not inspect.iscoroutinefunction(self.close):\n            self.close()",
            "A class below may have another",
        ),
        Valid(
            "class A:\n    def drain(self): ...\n\n    async def stop(self):\n        self.drain()", "Its own"
        ),
        Valid("def stop(pool):\n    pool.drain()", "No coroutine can be awaited here"),
        Valid("async def f(): ...\n\nasync def g():\n    await f()\n    return f()"),
        Valid(
            "async def f(): ...\n\nasync def g(pool):\n    jobs = [f(), f()]\n    one = f()\n    one.close()\n    two = f()\n    return jobs, pool.run(two)",
            "Coroutines, and kept as such",
        ),
        Valid("import asyncio\n\nasync def f(): ...\n\nasyncio.run(f())"),
        Valid("async def f():\n    yield 1\n\ndef g():\n    return [f()]", "A generator"),
        Valid(
            "async def f(): ...\n\ndef g():\n    if True:\n        h()\n    else:\n        f()",
            "It never runs at all",
        ),
        Valid(
            "import asyncio, queue\n\nasync def f(a: queue.Queue, b: asyncio.Queue):\n    a.put(1)\n    b.put_nowait(1)"
        ),
    )
    INVALID = (
        Invalid(
            "async def f(session, url):\n    async with session.get(url) as answer:\n        data = answer.json()\n    return data",
            ("3:16-3:29 answer.json() makes a coroutine: await it",),
        ),
        Invalid(
            "async def rate(): ...\n\nasync def price(n):\n    each = rate()\n    return n * each, rate().value, rate()['eur']",
            (
                "4:12-4:18 rate() makes a coroutine, which is used as if it were the result: await it",
                "5:22-5:28 rate() makes a coroutine, which is used as if it were the result: await it",
                "5:36-5:42 rate() makes a coroutine, which is used as if it were the result: await it",
            ),
        ),
        Invalid(
            "import asyncio\n\nasync def f(queue: asyncio.Queue, x):\n    queue.put(x)\n    ready = asyncio.Event()\n    ready.wait()",
            (
                "4:5-4:17 queue.put() makes a coroutine that never runs: await it",
                "6:5-6:17 ready.wait() makes a coroutine that never runs: await it",
            ),
        ),
        Invalid(
            "class A:\n    async def close(self):\n        self.writer.close()\n        self.writer.wait_closed()",
            ("4:9-4:34 self.writer.wait_closed() makes a coroutine that never runs: await it",),
        ),
        Invalid(
            "import asyncio\nimport trio\n\nasync def f(job):\n    trio.sleep(2)\n    asyncio.to_thread(job)",
            (
                "5:5-5:18 trio.sleep() makes a coroutine that never runs: await it",
                "6:5-6:27 asyncio.to_thread() makes a coroutine that never runs: await it",
            ),
        ),
        Invalid(
            """
            import asyncio

            class Client:
                async def close(self):
                    asyncio.sleep(1)

                async def __aexit__(self, *details):
                    self.close()
            """,
            (
                "5:9-5:25 asyncio.sleep() makes a coroutine that never runs: await it",
                "8:9-8:21 self.close() makes a coroutine that never runs: await it",
            ),
        ),
    )

    def visit_Expr(self, statement: ast.Expr) -> None:
        call = statement.value
        if not isinstance(call, ast.Call):
            return
        function = call.func
        if is_unreachable(self.facts, statement):
            return
        name = ast.unparse(function) if self._is_coroutine(function) else ""
        if name and self._is_asked(statement):
            return
        if name:
            self.report(call, f"{name}() makes a coroutine that never runs: await it")

    def visit_AsyncWith(self, block: ast.AsyncWith) -> None:
        """The answer of a client of ``aiohttp``, which is the one whose request is entered by ``async with``."""
        for item in block.items:
            request, answer = item.context_expr, item.optional_vars
            if not isinstance(request, ast.Call) or not isinstance(answer, ast.Name):
                continue
            if getattr(request.func, "attr", "") not in _REQUESTS:
                continue
            for call in self.facts.inside(block, ast.Call):
                self._check_answer(call, answer.id)

    def _check_answer(self, call: ast.Call, answer: str) -> None:
        owner = call.func.value if isinstance(call.func, ast.Attribute) else None
        if (
            not isinstance(owner, ast.Name)
            or owner.id != answer
            or ast.unparse(call.func)[len(answer) + 1 :] not in _PARTS
        ):
            return
        above = self.facts.parent(call)
        if isinstance(above, ast.Assign | ast.AnnAssign | ast.Return | ast.Expr) or self._is_worked_with(
            call
        ):
            self.report(call, f"{ast.unparse(call.func)}() makes a coroutine: await it")

    def visit_Call(self, call: ast.Call) -> None:
        if not self._is_coroutine(call.func) or is_unreachable(self.facts, self.facts.statement(call)):
            return
        if self._is_worked_with(call) or self._is_named_and_worked_with(call):
            name = ast.unparse(call.func)
            self.report(call, f"{name}() makes a coroutine, which is used as if it were the result: await it")

    def _is_worked_with(self, node: ast.expr) -> bool:
        """Tells whether an expression is used as no coroutine can be."""
        above = self.facts.parent(node)
        match above:
            case ast.Attribute(attr=name):
                worked = name not in _OF_COROUTINES and not name.startswith("cr_")
            case ast.Call():
                worked = node in above.args and self.facts.is_builtin(above.func, *_OF_VALUES)
            case ast.Compare(ops=operators):
                worked = not any(isinstance(operator, ast.Is | ast.IsNot) for operator in operators)
            case ast.Subscript(value=value):
                worked = value is node
            case ast.For(iter=iterated) | ast.comprehension(iter=iterated, is_async=0):
                worked = iterated is node
            case ast.Assign(targets=[target, *_]):
                worked = isinstance(target, ast.Tuple | ast.List)
            case _:
                worked = isinstance(above, ast.BinOp | ast.AugAssign)
        return worked

    def _is_named_and_worked_with(self, call: ast.Call) -> bool:
        """Tells whether a call has a name of its own, and whatever reads it takes it for a value."""
        above, function = self.facts.parent(call), self.facts.function(call)
        places = targets_of(above) if isinstance(above, ASSIGNMENTS) else []
        own = {place.id for place in places if isinstance(place, ast.Name)}
        if function is None or not own or len(own) < len(places):
            return False
        names = self.facts.names(function)
        alone = all(len(names.stores[name]) == 1 and name not in names.shared for name in own)
        loads = [load for name in own for load in names.loads.get(name, ())]
        return alone and bool(loads) and all(map(self._is_worked_with, loads))

    def _is_asked(self, statement: ast.Expr) -> bool:
        """Tells whether a condition around a call asks whether it makes a coroutine."""
        tests = (above.test for above in self.facts.ancestors(statement) if isinstance(above, ast.If))
        calls = (each for test in tests for each in self.facts.within(test) if isinstance(each, ast.Call))
        return any(self.facts.origin(call.func).endswith("iscoroutinefunction") for call in calls)

    def _is_coroutine(self, function: ast.expr) -> bool:
        if self.facts.origin(function) in _KNOWN:
            return True
        names, methods = self.facts.derived(_coroutines)
        if isinstance(function, ast.Name):
            return function.id in names
        if isinstance(function, ast.Attribute) and function.attr in _WAITING.get(
            self._kind(function.value), ()
        ):
            return True
        if isinstance(function, ast.Attribute) and function.attr in _OF_STREAMS:
            own_ones = {each.name for each in self.facts.of(ast.FunctionDef)}
            return (
                isinstance(self.facts.function(function), ast.AsyncFunctionDef)
                and function.attr not in own_ones
            )
        if not isinstance(function, ast.Attribute) or not isinstance(function.value, ast.Name):
            return False
        method = self.facts.function(function)
        own = self.facts.class_of(method) if method is not None else None
        first = self.facts.names(method).parameters[:1] if method is not None else ()
        return function.value.id in first and own is not None and function.attr in methods.get(own, ())

    def _kind(self, owner: ast.expr) -> str:
        """The dotted name of the class that a name is annotated with, or made of; empty where it is not known."""
        function = self.facts.function(owner)
        if not isinstance(owner, ast.Name) or function is None:
            return ""
        made = self.facts.only_value(owner)
        if isinstance(made, ast.Call):
            return self.facts.origin(made.func)
        says = next(
            (place.annotation for place, _ in with_defaults(function.args) if place.arg == owner.id), None
        )
        outer = says.value if isinstance(says, ast.Subscript) else says
        bound = owner.id in self.facts.names(function).stores
        return self.facts.origin(outer) if outer is not None and not bound else ""


def _coroutines(facts: Facts) -> tuple[set[str], dict[ast.AST, set[str]]]:
    """Names of the module's coroutine functions, and of those of each class, that are nothing else as well."""
    names: set[str] = set()
    methods: dict[ast.AST, set[str]] = {}
    for function in facts.of(ast.AsyncFunctionDef):
        generator = any(
            isinstance(node, ast.Yield) and facts.function(node) is function
            for node in facts.within(function)
        )
        if generator or decorators(function):
            continue
        owner = facts.class_of(function)
        if owner is not None:
            methods.setdefault(owner, set()).add(function.name)
        elif facts.is_of_module(function):
            names.add(function.name)
    plain = {function.name for function in facts.of(ast.FunctionDef)}
    stored = {name.id for name in facts.of(ast.Name) if isinstance(name.ctx, ast.Store)}
    return names - plain - stored, methods
