"""The rule default-evaluated-once."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Severity
from quality.rules import AstRule, Invalid, Valid

if TYPE_CHECKING:
    from quality.model import FunctionNode, Source

_FRESH = frozenset(
    {
        *("time.time", "time.monotonic", "time.perf_counter", "time.time_ns"),
        *(
            "datetime.datetime.now",
            "datetime.datetime.utcnow",
            "datetime.datetime.today",
            "datetime.date.today",
        ),
        *("uuid.uuid1", "uuid.uuid4", "random.random", "random.randint", "random.choice", "random.uniform"),
        *("secrets.token_hex", "secrets.token_urlsafe", "os.urandom", "os.getcwd", "pathlib.Path.cwd"),
    }
)
#: Their modules.
_MODULES = tuple(sorted({name.partition(".")[0] for name in _FRESH}))


class DefaultEvaluatedOnce(AstRule):
    """A default is asked for once, when the module is loaded.

    ## What it does
    Reports defaults of parameters, and of fields of a dataclass, that call a clock, a random source, or
    `os.getcwd`.

    Functions that are handed over without being called, as in `field(default_factory=uuid4)`, are fine.

    ## Why is this bad
    Python evaluates a default once. All calls and all objects get the time when the program was started, and
    the same "random" identifier.

    ## Example
    ```python
    from datetime import datetime

    def log(text, when=datetime.now()):
        print(when, text)
    ```

    ## Use instead
    ```python
    from datetime import datetime

    def log(text, when=None):
        print(when or datetime.now(), text)
    ```

    ## References
    - [Python documentation: function definitions](https://docs.python.org/3/reference/compound_stmts.html#function-definitions)
    """

    dimension = "reliability"
    severity = Severity.ERROR

    VALID = (
        Valid("import time\n\ndef f(clock=time.time):\n    return clock()", "The function itself"),
        Valid("import uuid\n\nclass Run:\n    id = uuid.uuid4()", "One value for the class"),
    )
    INVALID = (
        Invalid(
            """
            import uuid
            from dataclasses import dataclass

            @dataclass
            class Order:
                id: str = uuid.uuid4()
            """,
            ("6:15-6:27 uuid.uuid4() is called once, for all objects: use field(default_factory=…)",),
        ),
        Invalid(
            "import os\n\ndef build(folder=os.getcwd()):\n    return folder",
            ("3:18-3:29 os.getcwd() is called once, for all calls of build(): use None and ask inside",),
        ),
    )

    @classmethod
    def applies(cls, source: Source) -> bool:
        return source.mentions(*_MODULES)

    def visit_FunctionDef(self, function: FunctionNode) -> None:
        for default in [*function.args.defaults, *function.args.kw_defaults]:
            call = self._fresh(default) if default is not None else None
            if call is not None:
                name = ast.unparse(call.func)
                who = f"all calls of {function.name}(): use None and ask inside"
                self.report(call, f"{name}() is called once, for {who}")

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        if not any(self._is_dataclass(decorator) for decorator in node.decorator_list):
            return
        for statement in node.body:
            value = statement.value if isinstance(statement, ast.AnnAssign) else None
            call = self._fresh(value) if value is not None else None
            if call is not None:
                name = ast.unparse(call.func)
                self.report(call, f"{name}() is called once, for all objects: use field(default_factory=…)")

    def _is_dataclass(self, decorator: ast.expr) -> bool:
        target = decorator.func if isinstance(decorator, ast.Call) else decorator
        return self.facts.origin(target).rpartition(".")[2] == "dataclass"

    def _fresh(self, value: ast.expr) -> ast.Call | None:
        while isinstance(value, ast.Call):
            if self.facts.origin(value.func) in _FRESH:
                return value
            if not isinstance(value.func, ast.Attribute):
                return None
            value = value.func.value  # str(uuid4()) is rare, now().isoformat() is not
        return None
