"""The rule trivial-accessors."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quality.model import Severity
from quality.rules import AstRule, Invalid, Setting, Valid
from quality_rules.structure._classes import Method, classes_of, is_accessor

if TYPE_CHECKING:
    import ast

_NAME = re.compile(r"(get|set)(_[a-z]\w*|[A-Z]\w*)")


class TrivialAccessors(AstRule):
    """Methods only get or set an attribute.

    ## What it does
    Reports classes with `get_…` and `set_…` methods that do nothing but return or bind an attribute of the object.

    A single one, methods that do more, and classes with a base, which may have to offer them, are fine.

    ## Why is this bad
    They hide nothing and make each use longer. An attribute can become a property later, without a change to any
    caller.

    ## Example
    ```python
    class Person:
        def __init__(self, name):
            self._name = name

        def get_name(self):
            return self._name

        def set_name(self, name):
            self._name = name
    ```

    ## Use instead
    ```python
    class Person:
        def __init__(self, name):
            self.name = name
    ```

    ## References
    - [Python documentation: property](https://docs.python.org/3/library/functions.html#property)
    """

    dimension = "structure"
    severity = Severity.NOTE
    effort = 10

    fewest = Setting(2, "Fewest such methods of a class.", minimum=1)

    VALID = (
        Valid("class A:\n    def get_x(self):\n        return self._x"),
        Valid(
            "class A:\n    def get_x(self):\n        return load(self._x)\n\n    def set_x(self, x):\n        self._x = check(x)"
        ),
    )
    INVALID = (
        Invalid(
            "class A:\n    def getX(self):\n        return self.x\n\n    def setX(self, x):\n        self.x = x",
            ("1:1-1:9 getX, setX of A only get or set an attribute: use the attribute, or a property",),
        ),
    )

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        found = self.facts.derived(classes_of).get(node.name)
        if found is None or found.node is not node or found.bases:
            return
        names = [
            name for name, method in found.methods.items() if _NAME.fullmatch(name) and _is_plain(method)
        ]
        if len(names) >= self.fewest:
            shown = ", ".join(names[:4]) + (" …" if len(names) > 4 else "")  # noqa: PLR2004
            self.report(
                node, f"{shown} of {node.name} only get or set an attribute: use the attribute, or a property"
            )


def _is_plain(method: Method) -> bool:
    return not method.node.decorator_list and is_accessor(method)
