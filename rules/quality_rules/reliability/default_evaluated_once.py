"""The rule default-evaluated-once."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Severity, cached_property
from quality.rules import AstRule, Invalid, Valid, with_defaults
from quality_rules._asked import has_defaults
from quality_rules._called import is_called
from quality_rules._loops import CHANGING_METHODS
from quality_rules.reliability._made import DISPLAYS, makes_container

if TYPE_CHECKING:
    from quality.model import FunctionNode
    from quality.rules import Facts

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


#: Where Django's fields come from.
_FIELDS = ("django.db.models.", "django.contrib.postgres.fields.")
#: What pylint sees.
_PLAIN = (ast.List, ast.Dict, ast.Set, ast.Constant)
_BUILDERS = ("bytearray", "sorted")


class DefaultEvaluatedOnce(AstRule):
    """A default is asked for once, when the module is loaded.

    ## What it does
    Reports defaults of parameters, of fields of a dataclass, and of fields of a model that are described by a call, that call a clock, a random source, or
    `os.getcwd`; and a list, dictionary or set as the default of a `ContextVar` or of a field of Django's models.

    Reports, too, a default that makes a container in other words than `[]` (`bytearray()`, `[] or None`, `([],)`), or by a function
    of the source that makes one, where the function changes it.

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
    equivalents = ("pylint:dangerous-default-value",)

    VALID = (
        Valid(
            "from contextvars import ContextVar\n\nseen = ContextVar('seen', default=())",
            "It cannot be changed",
        ),
        Valid(
            "from django.db import models\n\nclass A(models.Model):\n    tags = models.JSONField(default=list)"
        ),
        Valid("def f(seen=([],)):\n    return seen[0]", "It is not changed"),
        Valid(
            "def f(names=sorted(NAMES)):\n    names = [*names]\n    names.append(1)\n    return names",
            "A copy",
        ),
        Valid("import time\n\ndef f(clock=time.time):\n    return clock()", "The function itself"),
        Valid("import uuid\n\nclass Run:\n    id = uuid.uuid4()", "One value for the class"),
    )
    INVALID = (
        Invalid(
            "from django.db import models\n\nclass A(models.Model):\n    tags = models.JSONField(default={})",
            ("4:37-4:39 all objects share this default: name a function that makes one",),
        ),
        Invalid(
            "from contextvars import ContextVar\n\nseen: ContextVar[list[str]] = ContextVar('seen', default=[])",
            ("3:58-3:60 all contexts share this default: use None, and set a new one in each",),
        ),
        Invalid(
            "def fresh():\n    return {'count': 0}\n\ndef add(x, into=fresh()):\n    into[x] = 1\n    return into",
            ("4:17-4:24 all calls of add() share one into: use None and make it inside",),
        ),
        *(
            Invalid(
                f"def add(x, seen={default}):\n    seen{change}\n    return seen",
                (
                    f"1:17-1:{17 + len(default)} all calls of add() share one seen: use None and make it inside",
                ),
            )
            for default, change in {
                "bytearray()": ".append(x)",
                "[] or None": ".append(x)",
                "([],)": "[0].append(x)",
                "[y for y in ()]": " += [x]",
                "sorted(())": "[x] = 1",
            }.items()
        ),
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
            "import datetime\n\nclass Note(models.Model):\n    at = models.DateTimeField(default=datetime.datetime.now())",
            ("4:39-4:62 datetime.datetime.now() is called once, for all objects: name the function",),
        ),
        Invalid(
            "import os\n\ndef build(folder=os.getcwd()):\n    return folder",
            ("3:18-3:29 os.getcwd() is called once, for all calls of build(): use None and ask inside",),
        ),
    )

    @classmethod
    def concerns(cls, facts: Facts) -> bool:
        """Whether there is anything by default."""
        return has_defaults(facts) or bool(facts.of(ast.ClassDef)) or "ContextVar" in facts.vocabulary

    def visit_FunctionDef(self, function: FunctionNode) -> None:
        self._check_shared(function)
        if not self._has_modules:
            return
        for default in [*function.args.defaults, *function.args.kw_defaults]:
            call = self._fresh(default) if default is not None else None
            if call is not None:
                name = ast.unparse(call.func)
                who = f"all calls of {function.name}(): use None and ask inside"
                self.report(call, f"{name}() is called once, for {who}")

    @cached_property
    def _has_modules(self) -> bool:
        return self.source.mentions(*_MODULES)

    def _check_shared(self, function: FunctionNode) -> None:
        """Reports containers that calls share: pylint sees only those that are nothing but one."""
        for place, default in with_defaults(function.args):
            if self._is_shared(default) and self._changes(function, place.arg):
                message = f"all calls of {function.name}() share one {place.arg}: use None and make it inside"
                self.report(default or function, message, severity=Severity.WARNING)

    def _is_shared(self, default: ast.expr | None) -> bool:
        return default is not None and not isinstance(default, _PLAIN) and self._makes_container(default)

    def _makes_container(self, default: ast.expr) -> bool:
        if isinstance(default, ast.BoolOp | ast.Tuple):
            return any(
                map(
                    self._makes_container, default.values if isinstance(default, ast.BoolOp) else default.elts
                )
            )
        if isinstance(default, ast.Call):
            return self.facts.is_builtin(default.func, *_BUILDERS) or makes_container(self.facts, default)
        return isinstance(default, DISPLAYS)

    def _changes(self, function: FunctionNode, name: str) -> bool:
        """Tells whether a function changes what it was given under a name, and binds nothing else to that."""
        names = self.facts.names(function)
        return name not in names.stores and any(map(self._is_changed, names.loads.get(name, ())))

    def _is_changed(self, use: ast.expr) -> bool:
        place: ast.AST = use
        above = self.facts.parent(place)
        while isinstance(above, ast.Subscript) and above.value is place:
            place, above = above, self.facts.parent(above)
        if isinstance(above, ast.Attribute):
            return above.attr in CHANGING_METHODS and is_called(self.facts, above)
        stored = isinstance(getattr(place, "ctx", None), ast.Store | ast.Del)
        return stored or (isinstance(above, ast.AugAssign) and above.target is place)

    def visit_Call(self, call: ast.Call) -> None:
        given = next((each.value for each in call.keywords if each.arg == "default"), None)
        if given is None:
            return
        origin = self.facts.origin(call.func)
        if origin == "contextvars.ContextVar" and isinstance(self.facts.display(given), DISPLAYS):
            self.report(given, "all contexts share this default: use None, and set a new one in each")
        elif origin.startswith(_FIELDS) and isinstance(given, DISPLAYS):
            self.report(given, "all objects share this default: name a function that makes one")
        elif self._is_field(call) and (fresh := self._fresh(given)) is not None:
            self.report(
                fresh, f"{ast.unparse(fresh.func)}() is called once, for all objects: name the function"
            )

    def _is_field(self, call: ast.Call) -> bool:
        """Tells whether a call gives a class an attribute that describes one of its objects'."""
        statement = self.facts.parent(call)
        above = self.facts.parent(statement) if isinstance(statement, ast.Assign | ast.AnnAssign) else None
        return isinstance(above, ast.ClassDef) and bool(above.bases)

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
