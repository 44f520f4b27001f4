"""The rule type-switch."""

from __future__ import annotations

import ast
import re
from itertools import islice

from quality.model import Confidence, Severity
from quality.rules import AstRule, Invalid, Setting, Valid, targets_of
from quality_rules.structure._switches import Switch, following, switches

#: Attributes that say what an object is, where its class could.
_TYPE_CODE = re.compile(r"(\w*_)?(type|kind)_?|(type|kind)_(code|name)")
#: Fewest cases of tests for attributes, which only tell objects of several classes apart.
_FEWEST_ATTRIBUTES = 3
#: Fewest branches of a chain that stands alone.
_FEWEST_BRANCHES = 3
#: Fewest numbers that two functions have to tell apart: small ones are compared with for other reasons too.
_FEWEST_NUMBERS = 3


class TypeSwitch(AstRule):
    """A chain of ifs asks for the type again and again.

    ## What it does
    Reports a chain of `if` and `elif`, or of `if` that each leave, that compares one thing with several constants or
    types, or asks which attributes it has; and functions that ask the same thing for the same cases as another one.

    Short chains that stand alone are fine, but for three branches or more that all do the same with a written value, or
    that ask an object for its type (`shape.kind`).

    ## Why is this bad
    Each new case must be added to every such chain, and nothing tells which one was forgotten. A dictionary, a
    method of each class or `singledispatch` has one place for it.

    ## Example
    ```python
    def area(shape):
        if shape.kind == "circle":
            return 3.14 * shape.size**2
        elif shape.kind == "square":
            return shape.size**2
        elif shape.kind == "triangle":
            return shape.size**2 / 2
        elif shape.kind == "line":
            return 0
        raise ValueError(shape.kind)
    ```

    ## Use instead
    ```python
    class Circle(Shape):
        def area(self):
            return 3.14 * self.size**2

    class Square(Shape):
        def area(self):
            return self.size**2
    ```

    ## References
    - [Refactoring: replace conditional with polymorphism](https://refactoring.com/catalog/replaceConditionalWithPolymorphism.html)
    """

    dimension = "structure"
    severity = Severity.NOTE
    confidence = Confidence.MEDIUM
    effort = 20
    needs = frozenset({ast.If})

    fewest_cases = Setting(4, "Fewest cases of a chain that stands alone.", minimum=2)
    fewest_shared = Setting(2, "Fewest cases that two functions have in common.", minimum=1)

    VALID = (
        Valid(
            "def f(x):\n    if x in {'a', 'b'}:\n        return 1\n    if x in {'c', 'd', 'e'}:\n        return 2\n    return 3",
            "Two groups",
        ),
        Valid(
            "def f(x):\n    if x == 'a':\n        return 1\n    if x == 'b':\n        return 2\n    return 3"
        ),
        Valid(
            "def f(x):\n    if x == 'a':\n        return 1\n    if x == 'b':\n        return x\n    if x == 'c':\n        return 3",
            "One branch has something else to say",
        ),
        Valid(
            "def f(x):\n    if x.name == 'a':\n        return x.b\n    if x.name == 'b':\n        return x\n    if x.name == 'c':\n        return 3",
            "A name is no type",
        ),
        Valid(
            "def f(x):\n    if x.kind == 0:\n        return 'a'\n    if x.kind == 1:\n        return 'b'\n    if x.kind == 2:\n        return 'c'",
            "Numbers in order are compared with for other reasons too",
        ),
        Valid(
            "def f(x):\n    if x < 1:\n        return 1\n    if x < 2:\n        return 2\n    if x < 3:\n        return 3\n    if x < 4:\n        return 4"
        ),
    )
    INVALID = (
        Invalid(
            "def f(x):\n    if x.kind == 'a':\n        return x.size**2\n    if x.kind == 'b':\n        return x.size\n    if x.kind == 'c':\n        return x.size / 2",
            (
                "2:5-2:21 3 cases of x.kind are told apart here: give each a class or a function, and choose in one place",
            ),
        ),
        Invalid(
            "def f(x):\n    if hasattr(x, 'a'):\n        x.a()\n    elif hasattr(x, 'b'):\n        x.b()\n    elif hasattr(x, 'c'):\n        x.c()",
            ("2:5-2:23 3 cases of x are told apart here: give each class one method of the same name",),
        ),
        Invalid(
            """
            def f(x):
                if x.kind == 0:
                    return x.a
                if x.kind == 1:
                    return x.b
                if x.kind == 2:
                    return x.c
                return None

            def g(x):
                if x.kind == 0:
                    return 3
                elif x.kind == 1:
                    return 4
                elif x.kind == 2:
                    return 5
            """,
            ("11:5-11:19 x.kind is told apart in f() too (0, 1, 2): give each case a class, or one table",),
        ),
        Invalid(
            """
            def f(x):
                price = 0
                if x == "a":
                    price = 10
                elif x == "b":
                    price = 20
                elif x == "c":
                    price = -1
                return price
            """,
            ("3:5-3:16 3 cases of x are told apart here: look them up in a dictionary",),
        ),
        Invalid(
            "if x == 'a':\n    print(1)\nelif x == 'b':\n    print(2)\nelif x == 'c':\n    print(3)",
            ("1:1-1:12 3 cases of x are told apart here: look them up in a dictionary",),
        ),
        Invalid(
            "def f(x):\n    if isinstance(x, A):\n        a()\n    elif isinstance(x, B):\n        b()\n    elif isinstance(x, C):\n        c()\n    elif isinstance(x, D):\n        d()",
            ("2:5-2:24 4 cases of x are told apart here: give each class the method, or use singledispatch",),
        ),
        Invalid(
            """
            def f(x):
                if x.kind == "a":
                    return 1
                if x.kind == "b":
                    return 2
                return 3

            def g(x):
                if x.kind == "a":
                    return x
                if x.kind == "b":
                    return -x
                return 0
            """,
            ("9:5-9:21 x.kind is told apart in f() too (a, b): give each case a class, or one table",),
        ),
        Invalid(
            """
            def f(x):
                if x == "a":
                    return 1
                elif x == "b":
                    return 2
                elif x == "c":
                    return 3
                elif x == "d":
                    return 4
                return 5
            """,
            ("2:5-2:16 4 cases of x are told apart here: look them up in a dictionary",),
        ),
    )

    def visit_Module(self, module: ast.Module) -> None:
        del module
        known: dict[tuple[str, str], tuple[str, set[str]]] = {}
        for switch in self.facts.derived(switches):
            function = self.facts.function(switch.node)
            name = function.name if function else "the module"
            key = (switch.kind, switch.subject)
            first, cases = known.setdefault(key, (name, set()))
            shared = [case for case in switch.cases if case in cases]
            fewest = _FEWEST_NUMBERS if switch.kind == "number" else self.fewest_shared
            if name != first and len(shared) >= fewest:
                shown = ", ".join(case.strip("'\"") for case in shared[:4])
                self.report(
                    switch.node,
                    f"{switch.subject} is told apart in {first}() too ({shown}): give each case a class, or one table",
                    until=switch.node.test,
                    severity=Severity.WARNING,
                )
            elif self._is_too_long(switch):
                self._report_chain(switch)
            cases.update(switch.cases)

    def _is_too_long(self, switch: Switch) -> bool:
        """Tells whether a chain that stands alone should have another form."""
        if switch.branches < _FEWEST_BRANCHES:
            return False
        if len(switch.cases) >= self._fewest(switch.kind):
            return True
        return switch.kind == "value" and (self._is_table(switch) or self._asks_for_type(switch))

    def _fewest(self, kind: str) -> float:
        """Fewest cases of a chain of a kind that stands alone."""
        if kind == "number":
            return float("inf")
        return _FEWEST_ATTRIBUTES if kind == "attribute" else self.fewest_cases

    def _asks_for_type(self, switch: Switch) -> bool:
        """Tells whether an object is asked for its type, which a method of its class would know."""
        _, dot, asked = switch.subject.rpartition(".")
        return bool(dot) and _TYPE_CODE.fullmatch(asked) is not None

    def _is_table(self, switch: Switch) -> bool:
        """Tells whether all branches do the same with a written value each: the chain is a dictionary, written out."""
        nodes = [switch.node, *islice(following(self.facts, switch.node), switch.branches - 1)]
        forms = {_form(node.body) for node in nodes}
        return len(forms) == 1 and "" not in forms

    def _report_chain(self, switch: Switch) -> None:
        if switch.kind == "attribute":
            remedy = "give each class one method of the same name"
        elif switch.kind == "type":
            remedy = "give each class the method, or use singledispatch"
        elif _is_lookup(switch.node) or self._is_table(switch):
            remedy = "look them up in a dictionary"
        else:
            remedy = "give each a class or a function, and choose in one place"
        number = len(switch.cases)
        self.report(
            switch.node,
            f"{number} cases of {switch.subject} are told apart here: {remedy}",
            until=switch.node.test,
            confidence=Confidence.LOW if switch.kind == "attribute" or number < self.fewest_cases else None,
        )


def _is_lookup(node: ast.If) -> bool:
    """Tells whether a branch does nothing but return or bind one value."""
    statement = node.body[0]
    plain = isinstance(statement, ast.Return | ast.Assign | ast.AnnAssign) and len(node.body) == 1
    return plain and isinstance(getattr(statement, "value", None), ast.Constant | ast.Name | ast.Attribute)


def _form(body: list[ast.stmt]) -> str:
    """What a branch does with a written value, as code without that value; empty where it does something else."""
    if len(body) != 1:
        return ""
    match body[0]:
        case ast.Return(value=value):
            return "return" if _is_written(value) else ""
        case ast.Assign(value=value) | ast.AnnAssign(value=value):
            return "=".join(map(ast.dump, targets_of(body[0]))) if _is_written(value) else ""
        case ast.Expr(value=ast.Call(func=func, args=[value], keywords=[])):
            return ast.dump(func) if _is_written(value) else ""
        case _:
            return ""


def _is_written(value: ast.expr | None) -> bool:
    """Tells whether a value is a text or a number that is written there."""
    if isinstance(value, ast.UnaryOp):
        value = value.operand
    return isinstance(value, ast.Constant) and isinstance(value.value, str | int | float)
