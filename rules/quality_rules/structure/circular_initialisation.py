"""The rule circular-initialisation."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.rules import AstRule, Invalid, Valid, dotted_name
from quality_rules.structure._classes import classes_of

if TYPE_CHECKING:
    from quality_rules.structure._classes import Class, Method

#: The name of what is called, and the place of the own object among its arguments, if it has one.
_Asked = tuple[str, int | None]


class CircularInitialisation(AstRule):
    """An object is used before it is complete.

    ## What it does
    Reports an `__init__` that calls a method of its own, or builds another object of the same source out of `self`,
    when that reads an attribute that this `__init__` sets only afterwards.

    Classes with a base, which may set the attribute, are fine.

    ## Why is this bad
    It is an AttributeError, or will be one as soon as the call is made. Two objects that build each other depend on
    an order that nobody sees.

    ## Example
    ```python
    class Window:
        def __init__(self, title):
            self.button = Button(self)
            self.title = title

    class Button:
        def __init__(self, window):
            self.text = window.title
    ```

    ## Use instead
    ```python
    class Window:
        def __init__(self, title):
            self.title = title
            self.button = Button(title)

    class Button:
        def __init__(self, text):
            self.text = text
    ```

    ## References
    - [SEI CERT: do not let the this reference escape during object construction](https://wiki.sei.cmu.edu/confluence/display/java/TSM01-J.+Do+not+let+the+this+reference+escape+during+object+construction)
    """

    dimension = "structure"
    equivalents = ("pylint:access-member-before-definition",)

    VALID = (
        Valid(
            "class A:\n    def __init__(self, b):\n        self.x = b\n        self.f()\n\n    def f(self):\n        return self.x"
        ),
        Valid(
            "class A:\n    def __init__(self, b):\n        b.add(self)\n        self.x = b",
            "Nothing here reads it",
        ),
    )
    INVALID = (
        Invalid(
            "class A:\n    def __init__(self, b):\n        self.f()\n        self.x = b\n\n    def f(self):\n        print(self.x)",
            ("3:9-3:17 f() reads self.x, which is set only afterwards: set it first",),
        ),
    )

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        found = self.facts.derived(classes_of).get(node.name)
        if found is None or found.node is not node or node.bases or "__init__" not in found.methods:
            return
        first = found.methods["__init__"]
        known = {*found.methods, *_class_names(node)}
        bound = [self._bound(statement, first.receiver) for statement in first.node.body]
        last = {name: number for number, names in enumerate(bound) for name in names}
        asked: set[_Asked] = set()
        for number, statement in enumerate(first.node.body):
            known |= bound[number]
            for call in self._calls(statement):
                asking = _asked_by(call, first.receiver)
                # What is set for one call is set for the same call further down.
                read = frozenset() if asking in asked else self._read_by(asking, found, first)
                asked.add(asking)
                used = sorted(name for name in read - known if last.get(name, -1) > number)
                if used:
                    name = ast.unparse(call.func).rpartition(".")[2]
                    self.report(
                        call, f"{name}() reads self.{used[0]}, which is set only afterwards: set it first"
                    )
                    return

    def _calls(self, statement: ast.stmt) -> list[ast.Call]:
        inside = self.facts.within(statement)
        if any(isinstance(node, ast.Lambda | ast.FunctionDef) for node in inside):
            return []
        return [node for node in inside if isinstance(node, ast.Call)]

    def _bound(self, statement: ast.stmt, receiver: str) -> set[str]:
        return {
            node.attr
            for node in self.facts.within(statement)
            if isinstance(node, ast.Attribute)
            and isinstance(node.ctx, ast.Store)
            and dotted_name(node.value) == receiver
        }

    def _read_by(self, asked: _Asked, own: Class, first: Method) -> frozenset[str]:
        """Attributes of the object that a call reads and does not set."""
        name, place = asked
        root, _, attribute = name.partition(".")
        if root == first.receiver and attribute in own.methods:
            method = own.methods[attribute]
            inside = self.facts.within(method.node)
            later = any(isinstance(node, ast.Yield | ast.YieldFrom) for node in inside)
            plain = not later and not method.node.decorator_list
            return frozenset(method.reads.keys() - method.writes) if plain else frozenset()
        other = self.facts.derived(classes_of).get(name)
        begins = other.methods.get("__init__") if other else None
        if begins is None or place is None or len(begins.node.args.args) <= place + 1:
            return frozenset()
        parameter = begins.node.args.args[place + 1].arg
        return frozenset(
            node.attr
            for node in self.facts.within(begins.node)
            if isinstance(node, ast.Attribute)
            and isinstance(node.ctx, ast.Load)
            and dotted_name(node.value) == parameter
        )


def _asked_by(call: ast.Call, receiver: str) -> _Asked:
    places = (n for n, a in enumerate(call.args) if isinstance(a, ast.Name) and a.id == receiver)
    return dotted_name(call.func), next(places, None)


def _class_names(node: ast.ClassDef) -> set[str]:
    """What the class' own body binds."""
    return {
        inside.id
        for statement in node.body
        if isinstance(statement, ast.Assign | ast.AnnAssign)
        for inside in ast.walk(statement)
        if isinstance(inside, ast.Name)
    }
