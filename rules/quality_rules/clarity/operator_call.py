"""The rule operator-call."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from quality.model import Severity
from quality.rules import AstRule, Invalid, Valid, body_of
from quality_rules._words import words

if TYPE_CHECKING:
    from quality.model import FunctionNode
    from quality.rules import Facts

#: Type of operator → what it is called.
_WORDS: dict[type[ast.operator], frozenset[str]] = {
    ast.Add: frozenset({"add", "plus", "sum", "concat", "concatenate", "join"}),
    ast.Sub: frozenset({"sub", "subtract", "minus", "difference", "diff"}),
    ast.Mult: frozenset({"mul", "mult", "multiply", "times", "product"}),
    ast.Div: frozenset({"div", "divide", "quotient", "ratio"}),
    ast.FloorDiv: frozenset({"floordiv", "div", "divide", "floor"}),
    ast.Mod: frozenset({"mod", "modulo", "modulus", "remainder", "rem", "format"}),
    ast.Pow: frozenset({"pow", "power", "exp"}),
}
#: Words of a name that say nothing.
_EMPTY = words(
    """
    value values number numbers two both op operation helper do get of the x y a b item items element elements
    string strings text texts int ints float floats
    """
)
_WORD = re.compile(r"[a-z]+|[A-Z][a-z]*")
#: Operands of an operator.
_BOTH = 2


class OperatorCall(AstRule):
    """A call stands for an operator.

    ## What it does
    Reports calls, inside of larger expressions, of functions of the same file that do nothing but apply an operator to their two
    parameters and whose name says no more than that (`add_values(a, b)`). A text with placeholders that is given to
    such a function is an error: nobody checks whether the values fit. Reports calls, with a written text, of functions
    that do nothing but join their arguments too.

    Names that say what is computed (`area`, `with_tax`), functions that are handed on as values, and calls that are
    all of an answer, as in a choice among operations, are fine.

    ## Why is this bad
    The operator is shorter, everybody knows it, and it stands where it is applied. Analyzers see operators, not what
    functions are called.

    ## Example
    ```python
    def add_values(a, b):
        return a + b

    def total(price, tax):
        return round(add_values(price, tax), 2)
    ```

    ## Use instead
    ```python
    def total(price, tax):
        return round(price + tax, 2)
    ```

    ## References
    - [Refactoring: inline function](https://refactoring.com/catalog/inlineFunction.html)
    """

    dimension = "clarity"
    severity = Severity.NOTE
    effort = 1
    # What an operator hides from analyzers by a call costs no less than what they would say of it.
    weight = 1.3

    VALID = (
        Valid(
            """
            def area(width, height):
                return width * height

            def price(room, rate):
                return rate * area(room.width, room.height)
            """,
            "The name says what is computed",
        ),
        Valid(
            """
            from functools import reduce

            def add(a, b):
                return a + b

            def total(values):
                return reduce(add, values, 0)
            """,
            "A function that is handed on",
        ),
        Valid(
            """
            def add(a, b):
                return a + b

            def calculate(sign, a, b):
                if sign == "+":
                    return add(a, b)
                return a - b
            """,
            "One operation of several",
        ),
        Valid("def add(a, b):\n    return a + b\n\nprint(add(1, 2))", "It is tried"),
    )
    INVALID = (
        Invalid(
            """
            def build_text(*parts):
                return "".join(str(part) for part in parts)

            def greet(name):
                print(build_text("Hello ", name))
            """,
            ("5:11-5:37 build_text() joins texts: write an f-string",),
        ),
        Invalid(
            """
            def add_values(a, b):
                return a + b

            def mean(x, y):
                return add_values(x, y) / 2
            """,
            ("5:12-5:28 add_values() is an operator: write it",),
        ),
        Invalid(
            """
            def modulo(a, b):
                return a % b

            def greet(name):
                print(modulo("Hello %s, %s", name))
            """,
            ("5:11-5:39 modulo() hides a format: write it where its values are",),
        ),
    )

    @classmethod
    def concerns(cls, facts: Facts) -> bool:
        """Whether there is a function that an operator or a format could stand for."""
        return bool(facts.source.put_together) or bool(facts.derived(_operators))

    def visit_Call(self, call: ast.Call) -> None:
        if len(call.args) != _BOTH or call.keywords or not isinstance(call.func, ast.Name):
            return
        name = call.func.id
        operator = self.facts.derived(_operators).get(name)
        if operator is not None and self._is_inside(call):
            self.report(call, f"{name}() is an operator: write it")

    def visit_JoinedStr(self, text: ast.JoinedStr) -> None:
        name = self.source.put_together.get(text)
        if name is not None:
            self.report(text, f"{name}() joins texts: write an f-string")

    def visit_BinOp(self, node: ast.BinOp) -> None:
        name = self.source.put_together.get(node)
        if name is not None:
            message = f"{name}() hides a format: write it where its values are"
            self.report(node, message, severity=Severity.ERROR)

    def _is_inside(self, call: ast.Call) -> bool:
        """Tells whether a call is a part of what another function does."""
        around = self.facts.function(call)
        whole = isinstance(self.facts.parent(call), ast.Return | ast.Expr)
        return around is not None and not whole and not around.name.startswith("test")


def _operators(facts: Facts) -> dict[str, type[ast.operator]]:
    """Functions that only apply an operator and are called like it → that operator."""
    found: dict[str, type[ast.operator]] = {}
    for function in facts.functions:
        operator = _operator(function)
        if operator is not None and not function.decorator_list and facts.class_of(function) is None:
            words = {word.lower() for word in _WORD.findall(function.name)} - _EMPTY
            if words and words <= _WORDS.get(operator, frozenset()):
                found[function.name] = operator
    return found


def _operator(function: FunctionNode) -> type[ast.operator] | None:
    """The operator that a function applies to its two parameters, where that is all it does."""
    body = body_of(function)
    statement = body[0] if len(body) == 1 else None
    value = statement.value if isinstance(statement, ast.Return) else None
    names = [argument.arg for argument in function.args.args]
    if not isinstance(value, ast.BinOp) or len(names) != _BOTH:
        return None
    operands = [side.id for side in (value.left, value.right) if isinstance(side, ast.Name)]
    return type(value.op) if sorted(operands) == sorted(names) else None
