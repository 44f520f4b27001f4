"""The rule simulated-work."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity
from quality.rules import AstRule, Invalid, Valid, body_of, is_literal, is_log_call, name_words, parameters

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality.model import FunctionNode, Source

#: Functions that wait.
_WAITING = frozenset({"time.sleep", "asyncio.sleep", "sleep"})
#: What gives a value that has nothing to do with any argument.
_ANY = ("random.", "secrets.", "uuid.uuid", "numpy.random.")
_ANY_NAMES = frozenset({"uuid4", "randint", "uniform", "choice"})
_CLOCK = frozenset(
    {"datetime.datetime.now", "datetime.now", "time.time", "datetime.datetime.utcnow", "time.perf_counter"}
)
#: Builtins, and methods of texts, that only write a value in another way.
_WRITING = ("print", "str", "repr", "round", "len", "range", "format", "dict", "list", "int", "float")
_METHODS = frozenset({"format", "isoformat", "strftime", "upper", "lower", "strip", "join", "hex"})
#: Statements of a function that only makes as if.
_STATEMENTS = (ast.Expr, ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Return, ast.For, ast.With)
#: What a written result is made of.
_WRITTEN = (
    *(ast.Constant, ast.Dict, ast.List, ast.Tuple, ast.JoinedStr, ast.FormattedValue),
    *(ast.Name, ast.expr_context, ast.Call, ast.Attribute, ast.keyword),
)
#: Words in names of functions that are to wait, to choose at random or to make as if.
_MEANT = frozenset(
    {
        *("wait", "sleep", "delay", "pause", "throttle", "backoff", "slow", "simulate", "simulated", "fake", "mock"),
        *("dummy", "demo", "example", "sample", "stub", "random", "rand", "choose", "choice", "pick", "draw", "roll"),
        *("shuffle", "jitter", "noise", "generate", "gen", "mutate", "seed", "toss", "flip", "type", "animate"),
        *("print", "show", "say", "greet", "test", "spin", "blink", "countdown", "guess"),
    }
)  # fmt: skip


class SimulatedWork(AstRule):
    """A function only makes as if it did something.

    ## What it does
    Reports functions that do nothing but show messages, wait for a written time and return an answer that has nothing to do with
    their arguments: a written one, or one at random. Without the waiting it takes an answer at random, and an argument
    that nobody looks at.

    Functions whose names say that they wait, choose at random, show or simulate something are fine, and so are tests.

    ## Why is this bad
    Messages and a pause look like work, and nothing was sent, saved or computed. Whoever calls it goes on as if it had been.

    ## Example
    ```python
    import random
    import time

    def save_order(order):
        print(f"Saving {order} ...")
        time.sleep(0.5)
        return random.randint(1000, 9999)
    ```

    ## Use instead
    ```python
    def save_order(connection, order):
        with connection:
            return connection.execute("INSERT INTO orders VALUES (?)", (order.name,)).lastrowid
    ```
    """

    dimension = "structure"
    severity = Severity.ERROR
    confidence = Confidence.MEDIUM
    effort = 30
    needs = frozenset({"sleep", "random", "secrets", *_ANY_NAMES})

    VALID = (
        Valid("import time\n\ndef wait(seconds):\n    time.sleep(1)\n    return True", "Its name says so"),
        Valid("import time\n\ndef save(order):\n    time.sleep(1)\n    return store(order)", "It does something"),
        Valid("import time\n\ndef settle(attempt):\n    time.sleep(2**attempt)\n    return True", "The time depends on it"),
        Valid("import random\n\ndef spread(size):\n    return [random.random() for _ in range(size)]", "The answer depends on it"),
        Valid("import random\n\ndef roll(sides, dice):\n    return random.randint(1, 6)", "Its name says so"),
        Valid("import time\n\ndef ready(port):\n    while not port.open:\n        time.sleep(1)\n    return True", "It waits for something"),
        Valid("import time\n\ndef stop(self):\n    self.running = False\n    time.sleep(1)\n    return True", "It changes something"),
        Valid("import random\n\nclass Dice:\n    def throw(self, sides):\n        '''Throws it.'''", "Another says how"),
        Valid("import random\n\ndef latency():\n    return random.random()", "Nothing is asked"),
        Valid("import time\n\ndef test_slow(order):\n    time.sleep(1)\n    return True", role="test"),
    )  # fmt: skip
    INVALID = (
        Invalid(
            """
            import asyncio

            async def fetch_user(user_id):
                await asyncio.sleep(0.5)
                return {"id": user_id, "name": "Ada"}
            """,
            (
                "3:1-3:31 fetch_user() only makes as if: it waits, and its answer has nothing to do with any work",
            ),
        ),
        Invalid(
            """
            import random

            def predict(image):
                labels = ["cat", "dog"]
                return random.choice(labels), random.uniform(0.8, 1)
            """,
            ("3:1-3:20 predict() only makes as if: its answer is one at random",),
        ),
        Invalid(
            """
            class Gateway:
                def charge(self, card, amount):
                    print(f"Charging {amount}")
                    time.sleep(1)
                    return {"status": "paid", "id": str(uuid.uuid4())}
            """,
            ("2:5-2:36 charge() only makes as if: it waits, and its answer has nothing to do with any work",),
        ),
    )

    @classmethod
    def applies(cls, source: Source) -> bool:
        return source.role != "test"

    def visit_FunctionDef(self, function: FunctionNode) -> None:
        given = frozenset(parameters(function)) - {"self", "cls"}
        body = body_of(function)
        last = body[-1] if body else None
        if not given or function.decorator_list or not isinstance(last, ast.Return):
            return
        if not _MEANT.isdisjoint(name_words(function.name)) or not all(map(self._only_tells, body)):
            return
        calls = list(self.facts.inside(function, ast.Call))
        waits = any(self._waits(call) for call in calls)
        at_random = any(self._is_any(call) for call in calls) and self._answers_at_random(function, last)
        if waits and (at_random or self._is_written(last.value)):
            what = "it waits, and its answer has nothing to do with any work"
            self.report(function, f"{function.name}() only makes as if: {what}")
        elif at_random and not given <= self._read(function):
            self.report(function, f"{function.name}() only makes as if: its answer is one at random")

    visit_AsyncFunctionDef = visit_FunctionDef

    def _only_tells(self, statement: ast.stmt) -> bool:
        """Tells whether a statement shows something, waits, or names a value that is written or at random."""
        if not isinstance(statement, _STATEMENTS):
            return False
        if isinstance(statement, ast.For | ast.With):
            return isinstance(statement, ast.For) and all(map(self._only_tells, statement.body))
        targets = (
            statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
        )
        if not all(target is None or isinstance(target, ast.Name) for target in targets):
            return False
        return all(self._is_idle(node) for node in self.facts.within(statement))

    def _is_idle(self, node: ast.AST) -> bool:
        if isinstance(node, ast.Yield | ast.YieldFrom | ast.NamedExpr | ast.Lambda):
            return False
        if not isinstance(node, ast.Call):
            return True
        method = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        known = self._waits(node) or self._is_any(node) or is_log_call(node) or method in _METHODS
        return known or self.facts.origin(node.func) in _CLOCK or self.facts.is_builtin(node.func, *_WRITING)

    def _waits(self, call: ast.Call) -> bool:
        """Tells whether a call waits for a time that is written there."""
        waits = self.facts.origin(call.func) in _WAITING and len(call.args) == 1
        return waits and is_literal(self.facts.only_value(call.args[0]))

    def _is_any(self, call: ast.Call) -> bool:
        """Tells whether a call gives something at random, whatever the function was given."""
        origin = self.facts.origin(call.func)
        free = origin.startswith(_ANY) or (origin in _ANY_NAMES and origin not in self.facts.bound)
        function = self.facts.function(call)
        own = frozenset(parameters(function)) if function is not None else frozenset()
        return free and all(own.isdisjoint(self.facts.names_in(argument)) for argument in call.args)

    def _answers_at_random(self, function: FunctionNode, last: ast.Return) -> bool:
        """Tells whether a part of what is returned was chosen at random."""
        value = last.value
        for node in self.facts.within(value) if value is not None else ():
            found = self.facts.only_value(node) if isinstance(node, ast.Name) else node
            if isinstance(found, ast.Call) and self._is_any(found):
                return self.facts.function(last) is function
        return False

    def _is_written(self, value: ast.expr | None) -> bool:
        """Tells whether a result is written there, but for arguments that are handed back as they came."""
        if value is None:
            return False
        inside = list(self.facts.within(value))
        return all(isinstance(node, _WRITTEN) for node in inside) and any(
            isinstance(node, ast.Constant) for node in inside
        )

    def _read(self, function: FunctionNode) -> frozenset[str]:
        """The names that a function reads for something else than to show it."""
        return frozenset(self._looked_at(function))

    def _looked_at(self, function: FunctionNode) -> Iterator[str]:
        for name, loads in self.facts.names(function).loads.items():
            if not all(self._is_shown(load) for load in loads):
                yield name

    def _is_shown(self, load: ast.Name) -> bool:
        statement = self.facts.statement(load)
        call = statement.value if isinstance(statement, ast.Expr) else None
        return isinstance(call, ast.Call) and (is_log_call(call) or self.facts.is_builtin(call.func, "print"))
