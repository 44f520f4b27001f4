"""The rule unpacked-arguments."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.rules import AstRule, Invalid, Valid, body_of

if TYPE_CHECKING:
    from quality.model import FunctionNode
    from quality.rules import Facts


class UnpackedArguments(AstRule):
    """A function takes any arguments and unpacks exactly so many.

    ## What it does
    Reports functions that use their `*args` for nothing but one unpacking into so many names.

    Unpacking into a starred name is fine: then any number is taken.

    ## Why is this bad
    The signature says that any number will do, so nobody sees what to pass, no tool can check a call, and names and
    defaults are out of reach. A wrong call fails inside of the function instead of at the call.

    ## Example
    ```python
    def area(*args):
        width, height = args
        return width * height
    ```

    ## Use instead
    ```python
    def area(width, height):
        return width * height
    ```
    """

    dimension = "clarity"
    effort = 5

    VALID = (
        Valid("def f(*args):\n    first, *rest = args\n    return g(first, rest)"),
        Valid("def f(*args):\n    a, b = args\n    return g(*args)", "Also handed on"),
        Valid("def f(pair):\n    a, b = pair\n    return a + b"),
    )
    INVALID = (
        Invalid(
            "def f(*args):\n    a, b = args\n    return a + b",
            ("1:8-1:12 *args is unpacked into a, b: make them the parameters",),
        ),
        Invalid(
            "def f(self, *args):\n    (a,) = args\n    return a",
            ("1:14-1:18 *args is unpacked into a: make them the parameters",),
        ),
    )

    @classmethod
    def concerns(cls, facts: Facts) -> bool:
        """Whether a function packs arguments."""
        return any(arguments.vararg for arguments in facts.of(ast.arguments))

    def visit_FunctionDef(self, function: FunctionNode) -> None:
        packed = function.args.vararg
        if packed is None:
            return
        for statement in body_of(function):
            names = _unpacked(statement, packed.arg)
            if names and len(self.facts.names(function).loads.get(packed.arg, ())) == 1:
                message = f"*{packed.arg} is unpacked into {', '.join(names)}: make them the parameters"
                self.report(packed, message)


def _unpacked(statement: ast.stmt, name: str) -> list[str]:
    """The names into which a statement unpacks a name; none when it does something else, or takes any number."""
    if not isinstance(statement, ast.Assign) or len(statement.targets) > 1:
        return []
    value, target = statement.value, statement.targets[0]
    if not (isinstance(value, ast.Name) and value.id == name and isinstance(target, ast.Tuple | ast.List)):
        return []
    names = [entry.id for entry in target.elts if isinstance(entry, ast.Name)]
    return names if len(names) == len(target.elts) else []
