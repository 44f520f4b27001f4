"""The rule refused-bequest."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from quality.model import Confidence
from quality.rules import AstRule, Invalid, Valid, body_of, dotted_name
from quality_rules.structure._classes import classes_of

if TYPE_CHECKING:
    from quality.model import FunctionNode
    from quality.rules import Facts

#: Errors that say that a method is not to be called.
_REFUSALS = re.compile(
    r"NotImplementedError|TypeError|RuntimeError|AttributeError|Exception|ValueError|"
    r"UnsupportedOperation|NotImplemented|HierarchyRequestErr"
)
#: Methods that Python lets a class turn off.
_OPTIONAL = frozenset({"__init__", "__hash__", "__reduce__", "__copy__", "__deepcopy__", "__getstate__"})


class RefusedBequest(AstRule):
    """A subclass refuses what its base promises.

    ## What it does
    Reports methods that override one of a base class of the same source only to raise an error.

    Methods of classes that are a base themselves, and abstract methods, are fine.

    ## Why is this bad
    Code that takes the base works with every subclass but this one, and finds out when it runs. The base promises
    too much, or the class is not one of its kind.

    ## Example
    ```python
    class Bird:
        def fly(self):
            return "up"

    class Penguin(Bird):
        def fly(self):
            raise NotImplementedError("penguins cannot fly")
    ```

    ## Use instead
    ```python
    class Bird:
        def eat(self):
            return "fish"

    class FlyingBird(Bird):
        def fly(self):
            return "up"

    class Penguin(Bird):
        def swim(self):
            return "down"
    ```

    ## References
    - [Liskov and Wing, A behavioral notion of subtyping, 1994](https://dl.acm.org/doi/10.1145/197320.197383)
    """

    dimension = "structure"
    confidence = Confidence.MEDIUM
    effort = 30

    VALID = (
        Valid(
            "class A:\n    def f(self):\n        raise NotImplementedError\n\nclass B(A):\n    def f(self):\n        return 1"
        ),
        Valid("class B(A):\n    def f(self):\n        raise TypeError('frozen')", "The base is elsewhere"),
    )
    INVALID = (
        Invalid(
            "class A:\n    def f(self):\n        return 1\n\nclass B(A):\n    def f(self):\n        raise TypeError('no')",
            ("6:5-6:17 B refuses f(), which A promises: split A, or don't derive B from it",),
        ),
    )

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        if not node.bases:
            return
        classes = self.facts.derived(classes_of)
        own = classes.get(node.name)
        if own is None or own.node is not node:
            return
        bases = [classes[name] for base in node.bases if (name := dotted_name(base)) in classes]
        if node.name in self.facts.derived(_bases):
            return
        refused = {
            name: base.node.name
            for name, method in own.methods.items()
            for base in bases
            if name in base.methods and name not in _OPTIONAL and _refuses(method.node)
        }
        if refused:
            first = next(iter(refused))
            shown, base = "(), ".join(refused), refused[first]
            self.report(
                own.methods[first].node,
                f"{node.name} refuses {shown}(), which {base} promises: "
                f"split {base}, or don't derive {node.name} from it",
            )


def _bases(facts: Facts) -> frozenset[str]:
    """The names of what the classes of a source derive from."""
    return frozenset(name for each in facts.derived(classes_of).values() for name in each.bases)


def _refuses(function: FunctionNode) -> bool:
    """Tells whether a method does nothing but raise one of the errors that say no."""
    body = body_of(function)
    statement = body[0] if len(body) == 1 and not function.decorator_list else None
    if not isinstance(statement, ast.Raise) or statement.exc is None:
        return False
    error = statement.exc.func if isinstance(statement.exc, ast.Call) else statement.exc
    return bool(_REFUSALS.fullmatch(dotted_name(error).rpartition(".")[2]))
