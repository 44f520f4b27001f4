"""The rule spelled-out-attribute."""

from __future__ import annotations

import ast
from keyword import iskeyword

from quality.model import Severity
from quality.rules import AstRule, Invalid, Valid

#: Builtin → how many arguments it has where it can be written with a dot.
_WRITTEN = {"getattr": 2, "setattr": 3, "delattr": 2}
#: What ``hasattr`` is asked for that has a builtin of its own.
_CALLABLE = "__call__"


class SpelledOutAttribute(AstRule):
    """A call with a fixed name stands for a dot.

    ## What it does
    Reports `getattr(order, "total")` and `setattr(order, "total", 1)`, and `hasattr(f, "__call__")`, which is
    `callable(f)`.

    `getattr` with a default, names that are no identifiers, and names that start with two underscores, which a class
    would change, are fine.

    ## Why is this bad
    The call does what the dot does, and hides the attribute from everybody who looks for it, tools above all.

    ## Example
    ```python
    price = getattr(order, "total")
    ```

    ## Use instead
    ```python
    price = order.total
    ```
    """

    dimension = "clarity"
    needs = frozenset({*_WRITTEN, "hasattr"})
    as_written = True
    severity = Severity.NOTE
    effort = 1
    weight = 0.5

    VALID = (
        Valid("x = getattr(order, name)"),
        Valid("x = getattr(order, 'total', 0)", "It may be missing"),
        Valid("setattr(order, 'class', 1)", "No identifier"),
        Valid("setattr(order, '__secret', 1)"),
        Valid("x = hasattr(order, 'total')"),
        Valid("key = lambda order: setattr(order, 'total', 1)", "An assignment is no expression"),
    )
    INVALID = (
        Invalid("x = getattr(order, 'total')", ("1:5-1:28 getattr() stands for a dot: write .total",)),
        Invalid("setattr(order, 'total', 1)", ("1:1-1:27 setattr() stands for a dot: write .total",)),
        Invalid("x = hasattr(f, '__call__')", ("1:5-1:27 hasattr() stands for callable()",)),
    )

    def visit_Call(self, call: ast.Call) -> None:
        called = call.func
        if not isinstance(called, ast.Name) or called.id not in {*_WRITTEN, "hasattr"} or call.keywords:
            return
        name = call.args[1] if len(call.args) > 1 else None
        if not isinstance(name, ast.Constant) or not isinstance(name.value, str):
            return
        if not self.facts.is_builtin(called, called.id):
            return
        if called.id == "hasattr":
            if name.value == _CALLABLE:
                self.report(call, "hasattr() stands for callable()")
        elif (
            len(call.args) == _WRITTEN[called.id]
            and _is_plain(name.value)
            and self._may_be_dotted(call, called.id)
        ):
            self.report(call, f"{called.id}() stands for a dot: write .{name.value}")

    def _may_be_dotted(self, call: ast.Call, name: str) -> bool:
        return name == "getattr" or isinstance(self.facts.parent(call), ast.Expr)


def _is_plain(name: str) -> bool:
    return name.isidentifier() and not iskeyword(name) and not name.startswith("__")
