"""The rule middle-man."""

from __future__ import annotations

import ast
from collections import Counter

from quality.model import Confidence, Severity
from quality.rules import AstRule, Invalid, Setting, Valid, body_of
from quality_rules.structure._classes import Method, classes_of, is_special


class MiddleMan(AstRule):
    """A class only passes calls on.

    ## What it does
    Reports classes most of whose methods do nothing but call a method of one and the same attribute, with the same
    name and their own parameters.

    Classes with a base, which may have to offer just these methods, are fine.

    ## Why is this bad
    Every new method of the object behind it needs another one here, and the reader has to look in two places to
    learn that nothing happens in between.

    ## Example
    ```python
    class Store:
        def __init__(self, shelf):
            self.shelf = shelf

        def add(self, item):
            self.shelf.add(item)

        def take(self, name):
            return self.shelf.take(name)

        def count(self):
            return self.shelf.count()
    ```

    ## Use instead
    ```python
    shelf = Shelf()
    shelf.add(item)
    ```

    ## References
    - [Refactoring: remove middle man](https://refactoring.com/catalog/removeMiddleMan.html)
    """

    dimension = "structure"
    severity = Severity.NOTE
    confidence = Confidence.LOW
    effort = 20

    fewest_methods = Setting(3, "Fewest methods that only pass calls on.", minimum=1)
    share = Setting(0.6, "Share of the methods that must do so.", minimum=0.1, maximum=1.0)

    VALID = (
        Valid("class A:\n    def f(self):\n        return self.b.f()\n\n    def g(self):\n        return 1"),
    )
    INVALID = (
        Invalid(
            """
            class A:
                def f(self, x):
                    return self.b.f(x)

                def g(self):
                    self.b.g()

                def h(self):
                    return self.b.h() + 1

                def i(self, **options):
                    return self.b.i(**options)
            """,
            ("1:1-1:9 3 of 4 methods of A only call self.b: let callers use it directly",),
        ),
    )

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        found = self.facts.derived(classes_of).get(node.name)
        if found is None or found.node is not node or found.bases or len(found.methods) < self.fewest_methods:
            return
        methods = [method for name, method in found.methods.items() if not is_special(name)]
        passed = Counter(target for method in methods if (target := _passes_to(method)))
        for target, number in passed.most_common(1):
            if number >= self.fewest_methods and number >= self.share * len(methods):
                self.report(
                    node,
                    f"{number} of {len(methods)} methods of {node.name} only call self.{target}: "
                    "let callers use it directly",
                )


def _passes_to(method: Method) -> str:
    """The attribute that a method does nothing but call; empty for any other method."""
    body = body_of(method.node)
    call = (
        getattr(body[0], "value", None)
        if len(body) == 1 and isinstance(body[0], ast.Return | ast.Expr)
        else None
    )
    call = call.value if isinstance(call, ast.Await) else call
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
        return ""
    target = call.func.value
    own = (
        isinstance(target, ast.Attribute)
        and isinstance(target.value, ast.Name)
        and target.value.id == method.receiver
    )
    if not isinstance(target, ast.Attribute) or not own or call.func.attr != method.node.name:
        return ""
    given = [*call.args, *(keyword.value for keyword in call.keywords)]
    plain = all(
        isinstance(getattr(value, "value", value) if isinstance(value, ast.Starred) else value, ast.Name)
        for value in given
    )
    return target.attr if plain else ""
