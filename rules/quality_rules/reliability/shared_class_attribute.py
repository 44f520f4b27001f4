"""The rule shared-class-attribute."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import is_function
from quality.rules import AstRule, Invalid, Valid, decorators, dotted_name
from quality_rules._called import is_called, is_name
from quality_rules._loops import CHANGING_METHODS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality.rules import Facts

_MUTABLE = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp)


class SharedClassAttribute(AstRule):
    """Objects change a list that all of them share.

    ## What it does
    Reports lists, dictionaries and sets of a class that a method changes through `self`, when no method gives
    the object one of its own.

    Tables that are only read, stores where a method looks before it writes, attributes that are also reached
    through the class, and dataclass fields, are fine: there, sharing is the purpose.

    ## Why is this bad
    The class has one list. What one object adds to it appears in all others, in another test, in another
    user's request.

    ## Example
    ```python
    class Basket:
        items = []

        def add(self, item):
            self.items.append(item)
    ```

    ## Use instead
    ```python
    class Basket:
        def __init__(self):
            self.items = []

        def add(self, item):
            self.items.append(item)
    ```

    ## References
    - [Python tutorial: class and instance variables](https://docs.python.org/3/tutorial/classes.html#class-and-instance-variables)
    """

    dimension = "reliability"

    VALID = (
        Valid("class A:\n    names = ['a']\n    def f(self):\n        return self.names[0]", "Only read"),
        Valid(
            """
            class Registry:
                known = {}

                @classmethod
                def add(cls, name, value):
                    cls.known[name] = value
            """,
            "Meant for the whole class",
        ),
        Valid(
            """
            class Log:
                lines = []

                def open(self):
                    self.lines = []

                def add(self, line):
                    self.lines.append(line)
            """,
            "Each object gets its own",
        ),
        Valid(
            """
            class Zones:
                known = {}

                def zone(self, name):
                    if name not in self.known:
                        self.known[name] = load(name)
                    return self.known[name]
            """,
            "A store for all of them",
        ),
    )
    INVALID = (
        Invalid(
            """
            class Graph:
                edges: dict = {}

                def connect(self, a, b):
                    self.edges[a] = b
            """,
            ("5:9-5:19 self.edges is one object for all of Graph: make it in __init__()",),
        ),
    )

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        shared = {name for statement in node.body for name in self._shared(statement)}
        if not shared:
            return
        own: set[str] = set()
        changed: dict[str, ast.AST] = {}
        for method in filter(is_function, node.body):
            first = self.facts.names(method).parameters[:1]
            if not first or {"classmethod", "staticmethod"} & set(decorators(method)):
                continue
            for use in self.facts.within(method):
                if not isinstance(use, ast.Attribute) or not is_name(use.value, first[0]):
                    continue
                if isinstance(use.ctx, ast.Store) and not self._is_added_to(use):
                    own.add(use.attr)
                elif (
                    use.attr in shared - changed.keys()
                    and self._is_changed(use)
                    and not self._is_store(method, use)
                ):
                    changed[use.attr] = use
        for name in sorted((shared & changed.keys()) - own - self._reached(node)):
            use = changed[name]
            shown = ast.unparse(use)
            self.report(use, f"{shown} is one object for all of {node.name}: make it in __init__()")

    def _reached(self, node: ast.ClassDef) -> set[str]:
        """Attributes that are reached through the class."""
        attributes = self.facts.derived(_attributes)
        return attributes.get(node.name, set()) | attributes.get("cls", set())

    def _is_store(self, method: ast.AST, use: ast.Attribute) -> bool:
        """Tells whether a method puts something under a key that it has looked for."""
        if not isinstance(self.facts.parent(use), ast.Subscript):
            return False
        for other in self.facts.within(method):
            if (
                isinstance(other, ast.Attribute)
                and other is not use
                and dotted_name(other) == dotted_name(use)
            ):
                above = self.facts.parent(other)
                if isinstance(above, ast.Compare | ast.Attribute):
                    return True
                if isinstance(above, ast.Subscript) and isinstance(above.ctx, ast.Load):
                    return True
        return False

    def _shared(self, statement: ast.stmt) -> Iterator[str]:
        """Names that a statement of a class gives a value that can be changed."""
        if isinstance(statement, ast.Assign):
            targets, value = statement.targets, statement.value
        elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
            if "ClassVar" in ast.unparse(statement.annotation):
                return
            targets, value = [statement.target], statement.value
        else:
            return
        made = isinstance(value, _MUTABLE) or (
            isinstance(value, ast.Call) and self.facts.is_builtin(value.func, "list", "dict", "set")
        )
        if made:
            yield from (target.id for target in targets if isinstance(target, ast.Name))

    def _is_added_to(self, use: ast.Attribute) -> bool:
        above = self.facts.parent(use)
        return isinstance(above, ast.AugAssign) and above.target is use

    def _is_changed(self, use: ast.Attribute) -> bool:
        above = self.facts.parent(use)
        if isinstance(above, ast.Subscript):
            return above.value is use and not isinstance(above.ctx, ast.Load)
        if isinstance(above, ast.Attribute) and above.attr in CHANGING_METHODS:
            return is_called(self.facts, above)
        return False


def _attributes(facts: Facts) -> dict[str, set[str]]:
    """Name → the attributes of it that are used."""
    found: dict[str, set[str]] = {}
    for use in facts.of(ast.Attribute):
        if isinstance(use.value, ast.Name):
            found.setdefault(use.value.id, set()).add(use.attr)
    return found
