"""The rule low-cohesion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quality.model import Confidence, is_special
from quality.rules import AstRule, Invalid, Setting, Valid
from quality_rules.structure._classes import classes_of, is_accessor
from quality_rules.structure._groups import Groups

if TYPE_CHECKING:
    import ast

    from quality_rules.structure._classes import Class

#: A group of less than this part of the methods is a detail.
_PART = 5


class LowCohesion(AstRule):
    """A class does several unrelated jobs.

    ## What it does
    Reports classes whose methods fall into groups that share no attribute and do not call each other (LCOM4), when
    there are two groups or more of several methods each.

    Classes with a base, whose methods may be tied together there, are fine. Groups
    of methods that only read or set one attribute don't count.

    ## Why is this bad
    Whoever needs one job gets the others with it, and a change to one is a risk for all. The groups are the classes
    that are missing.

    ## Example
    ```python
    class Account:
        def __init__(self):
            self.balance = 0
            self.street = ""

        def deposit(self, amount):
            self.balance += amount

        def withdraw(self, amount):
            self.balance -= amount

        def move(self, street):
            self.street = street

        def label(self):
            return self.street.upper()
    ```

    ## Use instead
    ```python
    class Account:
        def __init__(self):
            self.balance = 0

        def deposit(self, amount):
            self.balance += amount

        def withdraw(self, amount):
            self.balance -= amount
    ```

    ## References
    - [Hitz and Montazeri, Measuring coupling and cohesion in object-oriented systems, 1995](https://www.aivosto.com/project/help/pm-oo-cohesion.html)
    - [Refactoring: extract class](https://refactoring.com/catalog/extractClass.html)
    """

    dimension = "structure"
    confidence = Confidence.LOW
    effort = 45

    smallest_group = Setting(2, "Fewest public methods of a group that counts.", minimum=1)

    VALID = (
        Valid(
            "class A:\n    def f(self):\n        self.x = 1\n\n    def g(self):\n        return self.x\n\n    def h(self):\n        return self.f()"
        ),
        Valid(
            """
            class A(Base):
                def f(self):
                    self.x = f(1)

                def g(self):
                    return self.x + 1

                def h(self):
                    self.y = f(2)

                def i(self):
                    return self.y + 1
            """,
            "The base may tie them together",
        ),
    )
    INVALID = (
        Invalid(
            """
            class A:
                def f(self):
                    self.x = f(1)

                def g(self):
                    return self.x + 1

                def h(self):
                    self.y = f(2)

                def i(self):
                    return self.y + 1
            """,
            ("1:1-1:9 A does 2 unrelated jobs (f, g; h, i): make each a class",),
        ),
    )

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        found = self.facts.derived(classes_of).get(node.name)
        if (
            found is None
            or found.node is not node
            or found.bases
            or len(found.methods) < 2 * self.smallest_group
        ):
            return
        groups = _groups(found)
        total = sum(map(len, groups))
        groups = [group for group in groups if _PART * len(group) >= total and self._is_job(group, found)]
        if len(groups) > 1:
            shown = "; ".join(", ".join(group[:3]) + (" …" if len(group) > 3 else "") for group in groups[:4])  # noqa: PLR2004
            self.report(node, f"{node.name} does {len(groups)} unrelated jobs ({shown}): make each a class")

    def _is_job(self, group: list[str], found: Class) -> bool:
        """Tells whether methods are for others, and do more than to give what is kept."""
        public = [name for name in group if not name.startswith("_")]
        return len(public) >= self.smallest_group and not all(
            is_accessor(found.methods[name]) for name in group
        )


def _groups(found: Class) -> list[list[str]]:
    """The methods that use the object, by what ties them together: a common attribute, or a call."""
    groups = Groups()
    kept = [method for name, method in found.methods.items() if not is_special(name) and method.used]
    for method in kept:
        for attribute in sorted(method.used):
            groups.join(attribute, method.node.name)
    # What special methods other than __init__ use together belongs together: __enter__, __iter__, __eq__ …
    for name, method in found.methods.items():
        if is_special(name) and name not in {"__init__", "__repr__", "__str__"}:
            used = sorted(method.used)
            for attribute in used[1:]:
                groups.join(attribute, used[0])
    return groups.among(method.node.name for method in kept)
