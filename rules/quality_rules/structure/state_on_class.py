"""The rule state-on-class."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from quality.model import Confidence, is_function
from quality.rules import AstRule, Invalid, Valid, decorators, dotted_name, targets_of
from quality_rules._loops import CHANGING_METHODS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality.model import FunctionNode
    from quality.rules import Facts

#: What is kept on purpose for all objects.
_KEPT = re.compile(
    r".*(cache|memo|registr|instance|handler|plugin|lock|seen|warned|hook|factor|singleton|pool).*",
    re.IGNORECASE,
)


class StateOnClass(AstRule):
    """Objects have no state of their own, and change their class.

    ## What it does
    Reports a class whose methods change its attributes by the name of the class, or by the class of the object, when no
    method gives the object any attribute.

    Class methods, attributes that other code reaches by the class too, caches and registries, and classes with a base, are
    fine.

    ## Why is this bad
    The class looks as if one could have two of it, and all of them are one: what one object counts appears in the other,
    and in the next test. It is a variable of the module in other clothes.

    ## Example
    ```python
    class Meter:
        total = 0

        def add(self, amount):
            Meter.total += amount
            return Meter.total
    ```

    ## Use instead
    ```python
    class Meter:
        def __init__(self):
            self.total = 0

        def add(self, amount):
            self.total += amount
            return self.total
    ```

    ## References
    - [Python tutorial: class and instance variables](https://docs.python.org/3/tutorial/classes.html#class-and-instance-variables)
    """

    dimension = "structure"
    confidence = Confidence.MEDIUM
    effort = 10

    VALID = (
        Valid(
            "class A:\n    made = 0\n\n    def __init__(self):\n        A.made += 1\n        self.number = A.made",
            "Its objects have a state",
        ),
        Valid(
            "class A:\n    level = 0\n\n    @classmethod\n    def set(cls, level):\n        cls.level = level",
            "It says that it is of the class",
        ),
        Valid(
            "class A:\n    level = 0\n\n    def set(self, level):\n        A.level = level\n\nprint(A.level)",
            "Others reach it by the class too",
        ),
        Valid(
            "class A:\n    cache = {}\n\n    def f(self, x):\n        A.cache[x] = x.y\n        return x",
            "A cache",
        ),
        Valid(
            "class A:\n    count = 0\n\n    def __del__(self):\n        A.count += 1\n\n    def f(self):\n        return self.x()",
            "Python calls it",
        ),
        Valid("class A(B):\n    level = 0\n\n    def f(self, x):\n        A.level = x", "It has a base"),
    )
    INVALID = (
        Invalid(
            """
            class Bus:
                topics_of = []

                def subscribe(self, topic, handler):
                    type(self).topics_of.append((topic, handler))
            """,
            (
                "5:9-5:29 Bus.topics_of is one for all objects of Bus, which have nothing else: make it in __init__()",
            ),
        ),
    )

    @classmethod
    def concerns(cls, facts: Facts) -> bool:
        return bool(facts.of(ast.ClassDef))

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        shared = {name for statement in node.body for name in _named(statement)}
        methods = [method for method in node.body if is_function(method)]
        if not shared or node.bases or node.keywords or node.decorator_list:
            return
        if any({"classmethod", "staticmethod"} & set(decorators(method)) for method in methods):
            return
        if any(self._gives(method) for method in methods):
            return
        changed = next((use for method in methods for use in self._changed(method, node.name, shared)), None)
        if changed is not None and not self._is_reached(node, changed.attr):
            what = f"{node.name}.{changed.attr}"
            self.report(
                changed,
                f"{what} is one for all objects of {node.name}, which have nothing else: make it in __init__()",
            )

    def _gives(self, method: FunctionNode) -> bool:
        """Tells whether a method gives its object an attribute, or hands the object on."""
        receiver = self._receiver(method)
        for use in self.facts.within(method):
            if isinstance(use, ast.Name) and use.id == receiver:
                above = self.facts.parent(use)
                if isinstance(above, ast.Call) and not self.facts.is_builtin(above.func, "type"):
                    return True
                if isinstance(above, ast.Attribute) and not isinstance(above.ctx, ast.Load):
                    return True
        return method.name in {"__new__", "__setattr__", "__enter__"}

    def _changed(self, method: FunctionNode, owner: str, shared: set[str]) -> Iterator[ast.Attribute]:
        if method.name.startswith("__"):
            return  # Python calls it: at the end of an object, or to keep it in a file
        receiver = self._receiver(method)
        ways = {owner, f"{receiver}.__class__", f"type({receiver})"}
        for use in self.facts.within(method):
            if not isinstance(use, ast.Attribute) or use.attr not in shared or _KEPT.fullmatch(use.attr):
                continue
            if ast.unparse(use.value) in ways and self._is_changed(use):
                yield use

    def _receiver(self, method: FunctionNode) -> str:
        return next(iter(self.facts.names(method).parameters), "")

    def _is_changed(self, use: ast.Attribute) -> bool:
        if not isinstance(use.ctx, ast.Load):
            return True
        above = self.facts.parent(use)
        if isinstance(above, ast.Subscript):
            return above.value is use and not isinstance(above.ctx, ast.Load)
        call = self.facts.parent(above) if isinstance(above, ast.Attribute) else None
        return (
            isinstance(above, ast.Attribute)
            and above.attr in CHANGING_METHODS
            and isinstance(call, ast.Call)
            and call.func is above
        )

    def _is_reached(self, node: ast.ClassDef, attribute: str) -> bool:
        """Tells whether code outside of the class uses the attribute by the class."""
        way = f"{node.name}.{attribute}"
        return any(
            use.attr == attribute and dotted_name(use) == way and not self.facts.contains(node, use)
            for use in self.facts.of(ast.Attribute)
        )


def _named(statement: ast.stmt) -> Iterator[str]:
    if isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value is not None:
        yield from (target.id for target in targets_of(statement) if isinstance(target, ast.Name))
