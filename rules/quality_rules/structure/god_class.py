"""The rule god-class."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quality.model import Confidence, count_statements, is_function, is_special
from quality.rules import AstRule, Invalid, Setting, Valid
from quality_rules.structure._classes import classes_of

if TYPE_CHECKING:
    import ast


class GodClass(AstRule):
    """A class knows and does everything.

    ## What it does
    Reports classes that are long, have many methods and many attributes, and whose methods mostly have no attribute
    in common (tight class cohesion below a third).

    Long classes of methods that belong together, and data classes, are fine.

    ## Why is this bad
    Everything depends on it and it depends on everything. Nobody understands it as a whole, and two people cannot
    change it at once.

    ## Example
    ```python
    class Shop:
        def __init__(self):
            self.users, self.stock, self.mails = {}, {}, []

        def add_user(self, name):
            self.users[name] = 1

        def restock(self, item):
            self.stock[item] = 9

        def mail(self, text):
            self.mails.append(text)
    ```

    ## Use instead
    ```python
    class Users:
        def __init__(self):
            self.names = {}

        def add(self, name):
            self.names[name] = 1
    ```

    ## References
    - [Lanza and Marinescu, Object-oriented metrics in practice, 2006](https://link.springer.com/book/10.1007/3-540-39538-5)
    """

    dimension = "structure"
    confidence = Confidence.MEDIUM
    effort = 120
    equivalents = ("pylint:too-many-public-methods", "pylint:too-many-instance-attributes")

    minimum_methods = Setting(20, "Fewest methods.", minimum=2)
    minimum_statements = Setting(200, "Fewest statements.", minimum=1)
    minimum_attributes = Setting(8, "Fewest attributes.", minimum=1)
    cohesion = Setting(
        1 / 3, "Least share of pairs of methods with a common attribute.", minimum=0.0, maximum=1.0
    )

    VALID = (
        Valid("class A:\n    def f(self):\n        self.x = 1\n\n    def g(self):\n        return self.x"),
        Valid(
            """
            class A:
                def f(self):
                    self.x = self.y = self.z = 1

                def g(self):
                    return self.x

                def h(self):
                    return self.x + self.y
            """,
            "They have attributes in common",
            {"minimum-methods": 3, "minimum-statements": 3, "minimum-attributes": 3},
        ),
    )
    INVALID = (
        Invalid(
            """
            class A:
                def f(self):
                    self.x = 1

                def g(self):
                    self.y = 2

                def h(self):
                    self.z = 3
            """,
            (
                "1:1-1:9 A has 3 methods, 3 attributes and 6 statements that hardly belong together: split it by task",
            ),
            {"minimum-methods": 3, "minimum-statements": 3, "minimum-attributes": 3},
        ),
    )

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        if sum(is_function(entry) for entry in node.body) < self.minimum_methods:
            return
        found = self.facts.derived(classes_of).get(node.name)
        statements = count_statements(node)
        if found is None or found.node is not node or statements < self.minimum_statements:
            return
        if len(found.attributes) < self.minimum_attributes or len(found.methods) < self.minimum_methods:
            return
        bits = {name: 1 << place for place, name in enumerate(found.attributes)}
        methods = [method for name, method in found.methods.items() if not is_special(name)]
        used = [sum(bits[name] for name in method.used & bits.keys()) for method in methods]
        pairs = len(used) * (len(used) - 1) / 2
        tied = sum(bool(one & two) for number, one in enumerate(used[:_MOST]) for two in used[:number])
        if tied < self.cohesion * pairs:
            self.report(
                node,
                f"{node.name} has {len(found.methods)} methods, {len(found.attributes)} attributes and "
                f"{statements} statements that hardly belong together: split it by task",
                confidence=Confidence.MEDIUM
                if statements >= _VAST * self.minimum_statements
                else Confidence.LOW,
            )


#: Times the fewest statements: that much is hardly one task, whatever the class is for.
_VAST = 2
#: Methods that are compared pairwise; a class with more is no better for it.
_MOST = 300
