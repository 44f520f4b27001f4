"""The rule middle-man."""

from __future__ import annotations

import ast
from collections import Counter

from quality.model import Confidence, Severity, is_special
from quality.rules import AstRule, Invalid, Setting, Valid, body_of, is_text, parameters
from quality_rules.structure._classes import Class, Method, classes_of


class MiddleMan(AstRule):
    """A class only passes calls on.

    ## What it does
    Reports classes most of whose methods do nothing but call a method of one and the same attribute, with the same
    name and their own parameters; and small ones that keep what they are given and have no method but such.

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
        Valid(
            "class A:\n    def __init__(self, b):\n        self.b = B(b)\n\n    def f(self):\n        return self.b.f()",
            "It makes what it calls",
        ),
        Valid(
            "class A:\n    unit = 1\n\n    def __init__(self, b):\n        self.b = b\n\n    def f(self):\n        return self.b.f()",
            "It says something of its own",
        ),
        Valid("class A:\n    def f(self):\n        return self.b.f()\n\n    def g(self):\n        return 1"),
    )
    INVALID = (
        Invalid(
            "class A:\n    def __init__(self, b):\n        self.b = b\n\n    def f(self, x):\n        return self.b.f(x)",
            ("1:1-1:9 1 of 1 methods of A only call self.b: let callers use it directly",),
        ),
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
        if found is None or found.node is not node or found.bases:
            return
        methods = [method for name, method in found.methods.items() if not is_special(name)]
        passed = Counter(target for method in methods if (target := _passes_to(method)))
        for target, number in passed.most_common(1):
            if self._is_enough(number, len(methods), found):
                self.report(
                    node,
                    f"{number} of {len(methods)} methods of {node.name} only call self.{target}: "
                    "let callers use it directly",
                )

    def _is_enough(self, passed: int, methods: int, found: Class) -> bool:
        if passed >= self.fewest_methods:
            return passed >= self.share * methods
        # A test may narrow what it hands on on purpose.
        return passed == methods and self.source.role != "test" and _only_keeps(found)


def _entries(node: ast.ClassDef) -> list[ast.stmt]:
    """What a class consists of, without its docstring."""
    return [entry for entry in node.body if not (isinstance(entry, ast.Expr) and is_text(entry.value))]


def _only_keeps(found: Class) -> bool:
    """Tells whether a class has nothing of its own but a constructor that keeps what it is given."""
    start = found.methods.get("__init__")
    others = [name for name in found.methods if is_special(name) and name != "__init__"]
    node = found.node
    if (
        start is None
        or others
        or node.keywords
        or node.decorator_list
        or len(_entries(node)) != len(found.methods)
    ):
        return False
    given = parameters(start.node)
    return all(
        isinstance(statement, ast.Assign)
        and isinstance(statement.value, ast.Name)
        and statement.value.id in given
        for statement in body_of(start.node)
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
