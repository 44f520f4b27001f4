"""The rule called-too-early."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity, is_function
from quality.rules import SCOPES, AstRule, Invalid, Valid, dotted_name, last_word, shorten

if TYPE_CHECKING:
    from quality.model import FunctionNode
    from quality.rules import Facts

#: Parameters that take a function to call later.
_NAMED = frozenset({"callback", "command", "done_callback", "func", "on_click", "target"})
#: Function or method → where it takes one.
_PLACES = {
    **dict.fromkeys(("register", "submit", "call_soon", "add_done_callback", "run_in_executor"), 0),
    **dict.fromkeys(("signal", "Timer", "after", "call_later", "call_at", "bind", "on"), 1),
}
_PLACES["run_in_executor"] = 1
#: What runs a function beside this one, and functions that do some work, by their names.
_WORKERS = frozenset({"Thread", "Process"})
_WORK = frozenset(
    {"run", "work", "main", "loop", "start", "execute", "serve", "serve_forever", "listen", "poll", "process"}
)


class CalledTooEarly(AstRule):
    """A function is called where it should be passed.

    ## What it does
    Reports a call as the function that a thread, a timer, a button, a signal or a callback is to call later, when the text shows
    that the function which is called returns nothing.

    Calls that return a function, and coroutines, are fine.

    ## Why is this bad
    The function runs at once, in the wrong place, and what is called later is None.

    ## Example
    ```python
    import threading

    def work():
        print("working")

    thread = threading.Thread(target=work())
    ```

    ## Use instead
    ```python
    import threading

    def work():
        print("working")

    thread = threading.Thread(target=work)
    ```

    ## References
    - [Python documentation: threading.Thread](https://docs.python.org/3/library/threading.html#threading.Thread)
    """

    dimension = "reliability"
    needs = _NAMED.union(_PLACES)
    severity = Severity.ERROR
    effort = 2

    VALID = (
        Valid("def work():\n    print(1)\n\nThread(target=work)"),
        Valid("def worker(n):\n    def run():\n        print(n)\n    return run\n\nThread(target=worker(1))"),
        Valid("Thread(target=work(1))", "Unknown"),
        Valid("async def work():\n    print(1)\n\npool.submit(work())"),
        Valid("def work():\n    yield 1\n\nrun(target=work())"),
    )
    INVALID = (
        Invalid(
            "def f(job):\n    return Thread(target=job.run())",
            (
                "2:26-2:35 job.run() is called here, and what it returns is what Thread calls: pass the function",
            ),
        ),
        Invalid(
            """
            class Window:
                def __init__(self):
                    Button(text="Stop", command=self.stop())

                def stop(self):
                    self.running = False
            """,
            ("3:37-3:48 self.stop() is called here and returns nothing: pass the function",),
        ),
        Invalid(
            """
            import atexit

            def close(log):
                log.close()

            atexit.register(close(print))
            """,
            ("6:17-6:29 close(print) is called here and returns nothing: pass the function",),
        ),
    )

    def visit_Call(self, call: ast.Call) -> None:
        name = last_word(call.func)
        given = [keyword.value for keyword in call.keywords if keyword.arg in _NAMED]
        if name in _PLACES:
            given += call.args[_PLACES[name] :][:1]
        for value in given:
            if not isinstance(value, ast.Call):
                continue
            shown = shorten(ast.unparse(value))
            if self._returns_nothing(value):
                self.report(value, f"{shown} is called here and returns nothing: pass the function")
            elif (
                name in _WORKERS and not value.args and not value.keywords and last_word(value.func) in _WORK
            ):
                told = f"{shown} is called here, and what it returns is what {name} calls: pass the function"
                self.report(value, told, confidence=Confidence.MEDIUM)

    def _returns_nothing(self, call: ast.Call) -> bool:
        """Tells whether the text has one function of that name, which returns nothing."""
        known = self.facts.derived(_returning_nothing)
        called = call.func
        if isinstance(called, ast.Name):
            return known.get((called.id, False), False)
        of_self = dotted_name(called).partition("self.")
        return not of_self[0] and known.get((of_self[2], True), False)


def _returning_nothing(facts: Facts) -> dict[tuple[str, bool], bool]:
    """Name and whether it is a method → whether all functions of that name return nothing."""
    found: dict[tuple[str, bool], bool] = {}
    for function in facts.functions:
        key = (function.name, facts.class_of(function) is not None)
        found[key] = found.get(key, True) and not _gives(function)
    return found


def _gives(function: FunctionNode) -> bool:
    """Tells whether a function returns or yields something, or is more than it shows."""
    if isinstance(function, ast.AsyncFunctionDef) or function.decorator_list:
        return True
    pending: list[ast.AST] = list(function.body)
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Yield | ast.YieldFrom) or (
            isinstance(node, ast.Return) and node.value is not None
        ):
            return True
        if not isinstance(node, SCOPES) and not is_function(node):
            pending.extend(ast.iter_child_nodes(node))
    return False
