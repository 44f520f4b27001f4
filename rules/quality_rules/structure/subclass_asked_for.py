"""The rule subclass-asked-for."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence
from quality.rules import AstRule, Invalid, Valid, dotted_name, sides_of
from quality_rules.structure._classes import classes_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quality.rules import Facts

#: Deepest line of bases that is followed.
_DEEPEST = 20


class SubclassAskedFor(AstRule):
    """A class asks whether it is one of its own subclasses.

    ## What it does
    Reports `isinstance(self, Truck)`, `type(self) is Truck` and a comparison of the name of its class, in a method of a
    class from which `Truck` is derived in the same source.

    Questions about other objects, about the class itself, and about interfaces from elsewhere, are fine, and so are
    assertions, which tell a type checker what is known.

    ## Why is this bad
    The base knows what is built upon it, and has to be changed for each new subclass. What differs between them is what a
    subclass overrides: Python asks the question itself, at each call of a method.

    ## Example
    ```python
    class Vehicle:
        def toll(self, distance):
            if isinstance(self, Truck):
                return distance * 0.3
            return distance * 0.1

    class Truck(Vehicle):
        pass
    ```

    ## Use instead
    ```python
    class Vehicle:
        rate = 0.1

        def toll(self, distance):
            return distance * self.rate

    class Truck(Vehicle):
        rate = 0.3
    ```

    ## References
    - [Refactoring: replace conditional with polymorphism](https://refactoring.com/catalog/replaceConditionalWithPolymorphism.html)
    """

    dimension = "structure"
    confidence = Confidence.MEDIUM
    effort = 20
    needs = frozenset({ast.ClassDef})

    VALID = (
        Valid(
            "class A:\n    def same(self, other):\n        return isinstance(other, B)\n\nclass B(A):\n    pass",
            "Another object",
        ),
        Valid(
            "class A:\n    def __init__(self):\n        if type(self) is A:\n            raise TypeError('abstract')\n\nclass B(A):\n    pass",
            "The class itself",
        ),
        Valid("class A:\n    def f(self):\n        return isinstance(self, Closing)", "From elsewhere"),
        Valid(
            "class A:\n    def f(self):\n        assert isinstance(self, B)\n        return self.b\n\nclass B(A):\n    b = 1",
            "For a type checker",
        ),
    )
    INVALID = (
        Invalid(
            """
            class Base:
                def name(self):
                    if type(self) == Low:
                        return "low"
                    if self.__class__.__name__ == "High":
                        return "high"
                    return "none"

            class Middle(Base):
                pass

            class Low(Base):
                pass

            class High(Middle):
                pass
            """,
            (
                "3:12-3:29 Base asks whether it is Low: let Low override what differs",
                "5:12-5:45 Base asks whether it is High: let High override what differs",
            ),
        ),
    )

    @classmethod
    def concerns(cls, facts: Facts) -> bool:
        return len(facts.of(ast.ClassDef)) > 1

    def visit_Call(self, call: ast.Call) -> None:
        asks = self.facts.is_builtin(call.func, "isinstance", "issubclass") and len(call.args) == 2  # noqa: PLR2004
        if asks and self._is_own(call.args[0]):
            asked = call.args[1].elts if isinstance(call.args[1], ast.Tuple) else [call.args[1]]
            self._check(call, map(dotted_name, asked))

    def visit_Compare(self, node: ast.Compare) -> None:
        if len(node.ops) != 1 or not isinstance(node.ops[0], ast.Eq | ast.Is | ast.In):
            return
        sides = sides_of(node)
        for subject, other in (sides, sides[::-1]):
            self._compare(node, subject, other)

    def _compare(self, node: ast.Compare, subject: ast.expr, other: ast.expr) -> None:
        named = isinstance(subject, ast.Attribute) and subject.attr == "__name__"
        described = subject.value if isinstance(subject, ast.Attribute) and named else subject
        if not self._is_class_of_own(described):
            return
        asked = other.elts if isinstance(other, ast.Tuple | ast.List | ast.Set) else [other]
        self._check(node, (_text(each) if named else dotted_name(each) for each in asked))

    def _check(self, node: ast.expr, asked: Iterable[str]) -> None:
        function = self.facts.function(node)
        owner = self.facts.class_of(function) if function is not None else None
        below = next((name for name in asked if owner is not None and self._derives(name, owner.name)), None)
        asserted = isinstance(self.facts.statement(node), ast.Assert)
        if owner is not None and below is not None and not asserted:
            self.report(node, f"{owner.name} asks whether it is {below}: let {below} override what differs")

    def _derives(self, name: str, base: str) -> bool:
        """Tells whether a class of the source is derived from another."""
        classes = self.facts.derived(classes_of)
        pending, seen = [name], {base}
        while pending and len(seen) < _DEEPEST:
            known = classes.get(pending.pop())
            above = known.bases if known is not None else ()
            if base in above:
                return name != base
            pending += [each for each in above if each not in seen]
            seen.update(above)
        return False

    def _is_own(self, node: ast.expr) -> bool:
        """Tells whether it is the object, or the class, that the method is of."""
        function = self.facts.function(node)
        first = self.facts.names(function).parameters[:1] if function is not None else ()
        return isinstance(node, ast.Name) and first == (node.id,) and node.id in {"self", "cls"}

    def _is_class_of_own(self, node: ast.expr) -> bool:
        if isinstance(node, ast.Call):
            return (
                self.facts.is_builtin(node.func, "type")
                and len(node.args) == 1
                and self._is_own(node.args[0])
            )
        if isinstance(node, ast.Attribute):
            return node.attr == "__class__" and self._is_own(node.value)
        return self._is_own(node) and getattr(node, "id", "") == "cls"


def _text(node: ast.expr) -> str:
    """What a written text says; empty for anything else."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
