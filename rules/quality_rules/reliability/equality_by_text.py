"""The rule equality-by-text."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity
from quality.rules import AstRule, Invalid, Valid, body_of

if TYPE_CHECKING:
    from quality.rules import Facts

#: What stands for an object but is not it: several objects may share one.
_STAND_INS = {"str": "text", "repr": "text", "format": "text", "ascii": "text", "hash": "hash"}
_COMPARING = frozenset(["__eq__", "__ne__"])


class EqualityByText(AstRule):
    """Objects are equal when they look alike.

    ## What it does
    Reports an `__eq__` that compares the text or the hash of two objects: `str(self) == str(other)`.

    Objects whose text is an attribute that they keep are fine: it is all that they are.

    ## Why is this bad
    What a text leaves out, or shows alike (`1` and `"1"`), makes different objects equal, and so does the chance of two equal
    hashes. A change of how the object is shown changes what it is equal to, and the texts are made at each comparison.

    ## Example
    ```python
    class Point:
        def __eq__(self, other):
            return str(self) == str(other)
    ```

    ## Use instead
    ```python
    class Point:
        def __eq__(self, other):
            return (self.x, self.y) == (other.x, other.y)
    ```

    ## References
    - [Python documentation: `object.__eq__`](https://docs.python.org/3/reference/datamodel.html#object.__eq__)
    """

    dimension = "reliability"
    severity = Severity.NOTE
    confidence = Confidence.MEDIUM
    effort = 5

    VALID = (
        Valid("class A:\n    def __eq__(self, other):\n        return self.x == other.x"),
        Valid(
            "class A:\n    def __eq__(self, other):\n        return str(self) == other",
            "Equal to a text on purpose",
        ),
        Valid(
            "class A:\n    def __eq__(self, other):\n        return str(self.path) == str(other.path)",
            "Text of a part",
        ),
        Valid("def same(a, b):\n    return str(a) == str(b)", "No `__eq__`"),
        Valid(
            "class A:\n    def __eq__(self, other):\n        return type(self) is type(other) and hash(self) == hash(other) and self.x == other.x",
            "The hash comes first because it is fast",
        ),
        Valid(
            "class A:\n    def __str__(self):\n        return self._path\n\n"
            "    def __eq__(self, other):\n        return str(self) == str(other)",
            "The text is what the object keeps",
        ),
    )
    INVALID = (
        Invalid(
            "class A:\n    def __eq__(self, other):\n        return str(self) == str(other)",
            ("3:16-3:39 the text of two objects is compared: compare what they are made of",),
        ),
        Invalid(
            "class A:\n    def __eq__(self, other):\n        return isinstance(other, A) and repr(self) == repr(other)",
            ("3:41-3:66 the text of two objects is compared: compare what they are made of",),
        ),
        Invalid(
            "class A:\n    def __str__(self):\n        return f'{self.x} {self.y}'\n\n"
            "    def __eq__(self, other):\n        return str(self) == str(other)",
            ("6:16-6:39 the text of two objects is compared: compare what they are made of",),
        ),
        Invalid(
            "class A:\n    def __str__(self):\n        return self.name\n\n"
            "    def __eq__(self, other):\n        return repr(self) == repr(other)",
            ("6:16-6:41 the text of two objects is compared: compare what they are made of",),
        ),
        Invalid(
            "class A:\n    def __ne__(self, other):\n        return self.__hash__() != other.__hash__()",
            ("3:16-3:51 the hash of two objects is compared: compare what they are made of",),
        ),
    )

    @classmethod
    def concerns(cls, facts: Facts) -> bool:
        return any(function.name in _COMPARING for function in facts.functions)

    def visit_Compare(self, node: ast.Compare) -> None:
        function = self.facts.function(node)
        owner = None if function is None else self.facts.class_of(function)
        if function is None or owner is None or function.name not in _COMPARING:
            return
        if len(node.ops) != 1 or not isinstance(node.ops[0], ast.Eq | ast.NotEq):
            return
        own, other = (self._stand_in(side) for side in (node.left, node.comparators[0]))
        names = {argument.arg for argument in function.args.args}
        if own is None or other is None or {own[1], other[1]} != names:
            return
        kind = _STAND_INS[own[0]]
        if kind != _STAND_INS[other[0]] or (kind == "hash" and self._compares_more(function, node)):
            return
        if not _shows_what_it_keeps(owner, f"__{own[0]}__"):
            self.report(node, f"the {kind} of two objects is compared: compare what they are made of")

    def _stand_in(self, node: ast.expr) -> tuple[str, str] | None:
        """What makes a stand-in of which name: ``str(self)`` and ``self.__str__()`` are the text of self."""
        if not isinstance(node, ast.Call):
            return None
        if isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name) and not node.args:
            word = node.func.attr.strip("_")
            return (word, node.func.value.id) if word in _STAND_INS else None
        if isinstance(node.func, ast.Name) and len(node.args) == 1 and isinstance(node.args[0], ast.Name):
            word = node.func.id
            known = word in _STAND_INS and self.facts.is_builtin(node.func, word)
            return (word, node.args[0].id) if known else None
        return None

    def _compares_more(self, function: ast.AST, node: ast.Compare) -> bool:
        return any(
            isinstance(each, ast.Compare)
            and each is not node
            and any(isinstance(op, ast.Eq | ast.NotEq) for op in each.ops)
            for each in self.facts.within(function)
        )


def _shows_what_it_keeps(owner: ast.ClassDef, method: str) -> bool:
    """Tells whether a method of a class gives an attribute of the object as it is: ``return self._path``."""
    for function in owner.body:
        if isinstance(function, ast.FunctionDef) and function.name == method:
            body = body_of(function)
            value = body[0].value if len(body) == 1 and isinstance(body[0], ast.Return) else None
            own = [argument.arg for argument in function.args.args[:1]]
            kept = value.value if isinstance(value, ast.Attribute) else None
            return isinstance(kept, ast.Name) and [kept.id] == own
    return False
