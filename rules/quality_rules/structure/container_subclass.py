"""The rule container-subclass."""

from __future__ import annotations

import ast

from quality.model import Confidence, Severity, is_function
from quality.rules import AstRule, Invalid, Valid


class ContainerSubclass(AstRule):
    """A class is a list or dictionary instead of having one.

    ## What it does
    Reports classes derived from `list`, `dict` or `set` that add methods of their own.

    Those that only change how the container itself behaves, with special methods, are fine.

    ## Why is this bad
    A stack that is a list can also be sorted, sliced and inserted into, past every rule that its own methods keep.
    And the methods of a builtin don't call each other, so that overriding one is not enough.

    ## Example
    ```python
    class Stack(list):
        def push(self, item):
            self.append(item)
    ```

    ## Use instead
    ```python
    class Stack:
        def __init__(self):
            self._items = []

        def push(self, item):
            self._items.append(item)
    ```

    ## References
    - [Refactoring: replace superclass with delegate](https://refactoring.com/catalog/replaceSuperclassWithDelegate.html)
    """

    dimension = "structure"
    severity = Severity.NOTE
    confidence = Confidence.LOW
    effort = 20

    VALID = (
        Valid("class A(dict):\n    def __missing__(self, key):\n        return 0"),
        Valid("class A(UserDict):\n    def f(self):\n        return self.data"),
    )
    INVALID = (
        Invalid(
            "class A(list):\n    def push(self, x):\n        self.append(x)",
            ("1:9-1:13 A is a list and has push() besides: keep the list in an attribute",),
        ),
    )

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        if len(node.bases) != 1 or not self.facts.is_builtin(node.bases[0], "list", "dict", "set"):
            return
        base = ast.unparse(node.bases[0])
        own = [
            e.name
            for e in node.body
            if is_function(e) and not e.name.startswith("_") and not hasattr(_TYPES[base], e.name)
        ]
        if own:
            self.report(
                node.bases[0],
                f"{node.name} is a {base} and has {own[0]}() besides: keep the {base} in an attribute",
            )


_TYPES: dict[str, type] = {"list": list, "dict": dict, "set": set}
