"""The rule feature-envy."""

from __future__ import annotations

import ast
from itertools import islice
from typing import TYPE_CHECKING

from quality.model import Confidence, is_special
from quality.rules import AstRule, Invalid, Setting, Valid, dotted_name
from quality_rules._called import is_called
from quality_rules.structure._classes import classes_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality.model import FunctionNode
    from quality.rules import Facts
    from quality_rules.structure._classes import Class, Method

#: How many fields of the other object there must be for each name of the own.
_SHARE = 3


class FeatureEnvy(AstRule):
    """A method is about another object than its own.

    ## What it does
    Reports methods that read several fields of one other object, whose class stands in the same source, and
    hardly anything of their own.

    Special methods, methods of a class with a base, calls of the other object's methods, and objects whose class is elsewhere are fine.

    ## Why is this bad
    The data is in one class and what is done with it in another, so that each change touches both. The method
    belongs where its data is.

    ## Example
    ```python
    class Customer:
        def __init__(self):
            self.street, self.city, self.country = "", "", ""

    class Invoice:
        def label(self, customer):
            return f"{customer.street}, {customer.city}, {customer.country.upper()}"
    ```

    ## Use instead
    ```python
    class Customer:
        def __init__(self):
            self.street, self.city, self.country = "", "", ""

        def label(self):
            return f"{self.street}, {self.city}, {self.country.upper()}"
    ```

    ## References
    - [Refactoring: move function](https://refactoring.com/catalog/moveFunction.html)
    """

    dimension = "structure"
    confidence = Confidence.LOW
    effort = 15

    fewest = Setting(3, "Fewest different attributes of the other object.", minimum=2)

    VALID = (
        Valid(
            "class A:\n    def f(self, b):\n        return b.x + b.y + b.z",
            "The other class is elsewhere",
        ),
        Valid(
            """
            class B:
                def __init__(self):
                    self.x = self.y = self.z = 1

            class A:
                def f(self, b):
                    return b.x + b.y + b.z + self.p + self.q + self.r
            """,
            "It uses as much of its own",
        ),
    )
    INVALID = (
        Invalid(
            """
            class B:
                def __init__(self):
                    self.x = self.y = self.z = 1

            class A:
                def f(self, b):
                    return b.x + b.y + b.z + self.p
            """,
            ("6:5-6:20 f() uses x, y, z of b and only 1 of its own: move it to B",),
        ),
    )

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        if len(self.facts.of(ast.ClassDef)) < 2:  # noqa: PLR2004
            return
        classes = self.facts.derived(classes_of)
        own = classes.get(node.name)
        if own is None or own.node is not node or own.bases:
            return
        for name, method in own.methods.items():
            if method.receiver and not is_special(name):
                self._check(own, method)

    def _check(self, own: Class, method: Method) -> None:
        for other, used in self._foreign(method).items():
            if len(used) < self.fewest:
                continue
            # A second home is as good as many: neither is the one.
            homes = list(islice((found for found in self._with(used) if found is not own), 2))
            mine = len({name for name in method.used if f"{method.receiver}.{name}" != other})
            if len(homes) == 1 and _SHARE * mine <= len(used):
                shown = ", ".join(sorted(used)[:4])
                own_part = f"only {mine}" if mine else "none"
                self.report(
                    method.node,
                    f"{method.node.name}() uses {shown} of {other} and {own_part} of its own: "
                    f"move it to {homes[0].node.name}",
                )
                return

    def _with(self, fields: set[str]) -> Iterator[Class]:
        """The classes whose methods bind all of these attributes, in the order of the text."""
        binders = self.facts.derived(_binders)
        rarest = min((binders.get(name, ()) for name in fields), key=len)
        return (found for found in rarest if fields <= found.attributes)

    def _foreign(self, method: Method) -> dict[str, set[str]]:
        """Parameter, local or attribute of the own object → fields that the method reads of it."""
        found: dict[str, set[str]] = {}
        names = _locals(self.facts.names(method.node).stores, method.node)
        for node in self.facts.within(method.node):
            if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
                if is_called(self.facts, node):
                    continue
                root, _, rest = dotted_name(node.value).partition(".")
                local = root in names and root != method.receiver and not rest
                if local or (root == method.receiver and rest and "." not in rest):
                    found.setdefault(dotted_name(node.value), set()).add(node.attr)
        return found


def _binders(facts: Facts) -> dict[str, list[Class]]:
    """Attribute → the classes whose methods bind it, in the order of the text."""
    found: dict[str, list[Class]] = {}
    for each in facts.derived(classes_of).values():
        for name in each.attributes:
            found.setdefault(name, []).append(each)
    return found


def _locals(stores: dict[str, list[ast.Name]], function: FunctionNode) -> set[str]:
    return {*stores, *(argument.arg for argument in function.args.args)}
