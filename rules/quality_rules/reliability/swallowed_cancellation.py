"""The rule swallowed-cancellation."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity
from quality.rules import ASSIGNMENTS, AstRule, Invalid, Valid, dotted_name

if TYPE_CHECKING:
    from quality.rules import Facts

_CANCELLING = frozenset({"", "BaseException", "CancelledError", "asyncio.CancelledError"})
#: What ends a loop, or is kept for whoever ends it.
_LEAVING = (ast.Raise, ast.Return, ast.Break, *ASSIGNMENTS)
#: Last words of what a handler calls that only tells of the error, or waits.
_TELLING = frozenset(
    [
        "critical",
        "debug",
        "error",
        "exception",
        "info",
        "log",
        "print",
        "print_exc",
        "repr",
        "sleep",
        "str",
        "type",
        "warning",
    ]
)


class SwallowedCancellation(AstRule):
    """A task cannot be cancelled.

    ## What it does
    Reports handlers in a `while` loop of an asynchronous function that catch its cancellation (`except:`, `except
    BaseException`, `except CancelledError`) around something that is awaited, only tell of it, and go on.

    Handlers that raise, leave the loop, keep something, or hand what they caught to a function are fine, and so is `except CancelledError` around
    nothing but a wait for a task that the function made itself: it is that one which was cancelled.

    ## Why is this bad
    A task is cancelled by an exception that is raised where it waits. The loop takes it for one more error and goes on:
    the program does not end, and a time limit around it does not work.

    ## Example
    ```python
    async def worker(queue):
        while True:
            try:
                await handle(await queue.get())
            except BaseException as error:
                log.error("failed: %s", error)
    ```

    ## Use instead
    ```python
    async def worker(queue):
        while True:
            try:
                await handle(await queue.get())
            except OSError as error:
                log.error("failed: %s", error)
    ```

    ## References
    - [Python documentation: task cancellation](https://docs.python.org/3/library/asyncio-task.html#task-cancellation)
    """

    dimension = "reliability"
    severity = Severity.ERROR
    confidence = Confidence.MEDIUM
    effort = 5
    equivalents = (
        "bandit:B110",
        "bandit:B112",
        "pylint:bare-except",
        "pylint:broad-exception-caught",
        "quality:swallowed-exception",
    )

    VALID = (
        Valid(
            "async def f():\n    while g():\n        try:\n            await h()\n        except Exception:\n            pass",
            "Not the cancellation",
        ),
        Valid(
            "async def f():\n    while g():\n        try:\n            await h()\n        except BaseException:\n            log.error()\n            raise"
        ),
        Valid(
            "async def f():\n    while g():\n        try:\n            await h()\n        except asyncio.CancelledError:\n            break"
        ),
        Valid(
            "async def f():\n    while g():\n        try:\n            h()\n        except BaseException:\n            pass",
            "Nothing is awaited",
        ),
        Valid(
            "async def f():\n    while g():\n        try:\n            await h()\n        except BaseException as error:\n            convert(error)",
            "The function may raise it",
        ),
        Valid(
            "async def f(task):\n    for each in g():\n        try:\n            await h(each)\n        except asyncio.CancelledError:\n            raise\n        except:\n            log.error()"
        ),
        Valid(
            "async def f():\n    gone = False\n    while not g():\n        try:\n            await h()\n        except asyncio.CancelledError:\n            gone = True\n    if gone:\n        raise asyncio.CancelledError",
            "It is raised behind the loop",
        ),
        Valid(
            "async def f():\n    while True:\n        task = asyncio.create_task(g())\n        task.cancel()\n        try:\n            await task\n        except asyncio.CancelledError:\n            pass",
            "It waits for what it cancelled",
        ),
    )
    INVALID = (
        Invalid(
            "async def f():\n    while True:\n        try:\n            await h()\n        except:\n            log.error()",
            (
                "5:9-6:24 the cancellation of the task ends here: raise it again, or name the errors that are meant",
            ),
        ),
    )

    @classmethod
    def concerns(cls, facts: Facts) -> bool:
        return bool(facts.of(ast.Await)) and bool(facts.of(ast.ExceptHandler))

    def visit_Try(self, node: ast.Try) -> None:
        function = self.facts.function(node)
        if not isinstance(function, ast.AsyncFunctionDef) or not self._is_in_loop(node, function):
            return
        handler = next((each for each in node.handlers if _catches_cancellation(each)), None)
        if handler is None or any(map(_may_end_it, self.facts.within(handler))):
            return
        waits = [
            each
            for statement in node.body
            for each in self.facts.within(statement)
            if isinstance(each, ast.Await)
        ]
        if waits and not (_is_named(handler) and all(self._is_for_own_task(each) for each in waits)):
            self.report(
                handler,
                "the cancellation of the task ends here: raise it again, or name the errors that are meant",
            )

    def _is_for_own_task(self, wait: ast.Await) -> bool:
        """Tells whether a task is waited for that the function itself made."""
        made = self.facts.only_value(wait.value)
        name = dotted_name(made.func) if isinstance(made, ast.Call) else ""
        return name.rpartition(".")[2] in {"create_task", "ensure_future"}

    def _is_in_loop(self, node: ast.AST, function: ast.AST) -> bool:
        for above in self.facts.ancestors(node):
            if above is function:
                return False
            if isinstance(above, ast.While):
                return True
        return False


def _is_named(handler: ast.ExceptHandler) -> bool:
    """Tells whether a handler is for the cancellation alone."""
    return handler.type is not None and dotted_name(handler.type).endswith("CancelledError")


def _may_end_it(node: ast.AST) -> bool:
    """Tells whether a part of a handler leaves the loop, or may."""
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else dotted_name(node.func)
        return name not in _TELLING
    return isinstance(node, _LEAVING)


def _catches_cancellation(handler: ast.ExceptHandler) -> bool:
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any((dotted_name(kind) if kind else "") in _CANCELLING for kind in kinds)
