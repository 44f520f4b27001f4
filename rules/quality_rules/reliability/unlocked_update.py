"""The rule unlocked-update."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence, cached_property
from quality.rules import AstRule, Invalid, Valid, dotted_name, last_word, shorten
from quality_rules._updates import update_of
from quality_rules.reliability._locks import locks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality.model import FunctionNode

#: Where functions go that run in threads: classes with ``target=``, and methods of pools with the function first.
_THREADS = frozenset({"Thread", "Timer"})
_POOLS = frozenset({"submit", "map", "run_in_executor", "apply_async"})
#: What a pool of threads is made by.
_EXECUTORS = frozenset({"ThreadPoolExecutor", "ThreadPool"})


class UnlockedUpdate(AstRule):
    """Threads change the same number without a lock.

    ## What it does
    Reports `+=` and the like on an attribute of the object, or on a global name, in functions that the source runs in
    threads, when no lock is held around them.

    ## Why is this bad
    A thread reads the number, another one changes it, and the first writes what it made of the old one: changes get lost, and
    what was tested before is true no longer.

    ## Example
    ```python
    import threading

    class Account:
        def __init__(self, balance):
            self.balance = balance

        def withdraw(self, amount):
            if self.balance >= amount:
                self.balance -= amount

    account = Account(100)
    for _ in range(2):
        threading.Thread(target=account.withdraw, args=(80,)).start()
    ```

    ## Use instead
    ```python
    import threading

    class Account:
        def __init__(self, balance):
            self.balance = balance
            self.lock = threading.Lock()

        def withdraw(self, amount):
            with self.lock:
                if self.balance >= amount:
                    self.balance -= amount

    account = Account(100)
    for _ in range(2):
        threading.Thread(target=account.withdraw, args=(80,)).start()
    ```

    ## References
    - [CWE-362: race condition](https://cwe.mitre.org/data/definitions/362.html)
    - [Python documentation: threading.Lock](https://docs.python.org/3/library/threading.html#lock-objects)
    """

    dimension = "reliability"
    needs = _THREADS | _EXECUTORS
    confidence = Confidence.MEDIUM
    cwe = 362
    effort = 10

    VALID = (
        Valid(
            """
            import threading

            count = 0

            def work():
                global count
                with lock:
                    count += 1

            threading.Thread(target=work).start()
            """
        ),
        Valid(
            """
            import threading

            count = 0

            def work():
                global count
                lock.acquire()
                count += 1
                lock.release()

            threading.Thread(target=work).start()
            """,
            "Held by hand",
        ),
        Valid(
            """
            import threading

            def work():
                count = 0
                count += 1

            threading.Thread(target=work).start()
            """,
            "Its own number",
        ),
        Valid(
            """
            import threading

            class Worker(threading.Thread):
                def run(self):
                    self.done += 1
            """,
            "One object for each thread",
        ),
        Valid(
            """
            import threading

            class Monitor:
                def start(self):
                    threading.Thread(target=self.watch).start()

                def watch(self):
                    self.rounds += 1
            """,
            "One thread for the object",
        ),
    )
    INVALID = (
        Invalid(
            """
            from threading import Thread

            count = 0

            def work():
                global count
                count += 1

            threads = [Thread(target=work) for _ in range(9)]
            """,
            ("7:5-7:15 threads that run work() change count at once: hold a lock",),
        ),
        Invalid(
            """
            from concurrent.futures import ThreadPoolExecutor

            class Stock:
                def take(self, number):
                    if self.left >= number:
                        self.left -= number

            def sell(stock, numbers):
                with ThreadPoolExecutor() as pool:
                    for number in numbers:
                        pool.submit(stock.take, number)
            """,
            ("6:13-6:32 threads that run take() change self.left at once: hold a lock",),
        ),
    )

    def visit_Module(self, _: ast.Module) -> None:
        for function in self.facts.functions:
            if function.name not in self._run:
                continue
            shared = self.facts.names(function).shared
            changes = ((node, update_of(node)) for node in self.facts.within(function))
            for node, update in changes:
                if (
                    update is not None
                    and self._is_shared(function, update.target, shared)
                    and not self._is_locked(function, node)
                ):
                    shown = shorten(ast.unparse(update.target))
                    self.report(
                        node, f"threads that run {function.name}() change {shown} at once: hold a lock"
                    )
                    break

    @cached_property
    def _run(self) -> frozenset[str]:
        """The functions that the source runs in several threads."""
        return frozenset(self._several())

    def _several(self) -> Iterator[str]:
        has_pool = not _EXECUTORS.isdisjoint(self.facts.vocabulary)
        for call in self.facts.of(ast.Call):
            word = last_word(call.func)
            run: ast.expr | None = None
            if word in _THREADS:
                run = next((each.value for each in call.keywords if each.arg in {"target", "function"}), None)
            elif word in _POOLS and has_pool and call.args:
                run = call.args[0]
            run = run and self.facts.only_value(run)
            if run is None or dotted_name(run).startswith(("self.", "cls.")):
                continue
            if word in _POOLS or self._is_repeated(call) or self._times(last_word(run)) > 1:
                yield last_word(run)

    def _times(self, name: str) -> int:
        """How many threads are started with a function."""
        return sum(
            last_word(each.value) == name
            for call in self.facts.of(ast.Call)
            if last_word(call.func) in _THREADS
            for each in call.keywords
            if each.arg == "target"
        )

    def _is_repeated(self, node: ast.AST) -> bool:
        repeats = (ast.For, ast.While, ast.ListComp, ast.GeneratorExp, ast.AsyncFor)
        return any(isinstance(above, repeats) for above in self.facts.ancestors(node))

    def _is_shared(self, function: FunctionNode, target: ast.expr, shared: frozenset[str] | set[str]) -> bool:
        if isinstance(target, ast.Name):
            return target.id in shared
        first = function.args.args[:1]
        owner = target.value if isinstance(target, ast.Attribute) else None
        return bool(first) and isinstance(owner, ast.Name) and owner.id == first[0].arg

    def _is_locked(self, function: FunctionNode, node: ast.AST) -> bool:
        """Tells whether a lock is held around a node, or taken by hand anywhere in the function."""
        for above in self.facts.ancestors(node):
            if above is function:
                break
            if isinstance(above, ast.With | ast.AsyncWith) and any(map(locks, above.items)):
                return True
        return any(
            isinstance(each, ast.Attribute) and each.attr == "acquire" for each in self.facts.within(function)
        )
