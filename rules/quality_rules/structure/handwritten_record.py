"""The rule handwritten-record."""

from __future__ import annotations

import ast

from quality.model import Confidence, Severity, is_function
from quality.rules import AstRule, Invalid, Setting, Valid

_WRITTEN = frozenset({"__repr__", "__eq__", "__hash__", "__lt__", "__str__", "__ne__"})


class HandwrittenRecord(AstRule):
    """A class writes out what dataclass would write.

    ## What it does
    Reports classes without a base whose `__init__` only keeps its parameters and that have a `__repr__` or `__eq__`
    by hand and nothing else but special methods.

    ## Why is this bad
    Every field stands in four places, and a new one is forgotten in one of them: then two objects are equal that are
    not.

    ## Example
    ```python
    class Point:
        def __init__(self, x, y):
            self.x = x
            self.y = y

        def __eq__(self, other):
            return self.x == other.x and self.y == other.y
    ```

    ## Use instead
    ```python
    from dataclasses import dataclass

    @dataclass
    class Point:
        x: float
        y: float
    ```

    ## References
    - [Python documentation: dataclasses](https://docs.python.org/3/library/dataclasses.html)
    """

    dimension = "structure"
    severity = Severity.NOTE
    confidence = Confidence.MEDIUM
    effort = 5

    fewest_fields = Setting(2, "Fewest fields.", minimum=1)

    VALID = (
        Valid("class A:\n    def __init__(self, x, y):\n        self.x = x\n        self.y = y"),
        Valid(
            "class A:\n    def __init__(self, x, y):\n        self.x = check(x)\n        self.y = y\n\n    def __eq__(self, o):\n        return self.x == o.x"
        ),
    )
    INVALID = (
        Invalid(
            "class A:\n    def __init__(self, x, y):\n        self.x = x\n        self.y = y\n\n    def __repr__(self):\n        return f'{self.x}'",
            ("1:1-1:9 A keeps x, y by hand: make it a dataclass",),
        ),
    )

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        if node.bases or node.keywords or node.decorator_list:
            return
        methods = {entry.name: entry for entry in node.body if is_function(entry)}
        first = methods.get("__init__")
        if (
            first is None
            or not {"__repr__", "__eq__"} & set(methods)
            or set(methods) - _WRITTEN - {"__init__"}
        ):
            return
        statements = [s for s in first.body if not isinstance(s, ast.Expr)]
        kept = [_kept(statement) for statement in statements]
        if all(kept) and len(kept) >= self.fewest_fields:
            self.report(node, f"{node.name} keeps {', '.join(kept)} by hand: make it a dataclass")


def _kept(statement: ast.stmt) -> str:
    """The name that ``self.x = x`` keeps; empty for any other statement."""
    target = statement.targets[0] if isinstance(statement, ast.Assign) else getattr(statement, "target", None)
    value = getattr(statement, "value", None)
    return value.id if isinstance(target, ast.Attribute) and isinstance(value, ast.Name) else ""
