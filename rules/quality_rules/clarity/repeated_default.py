"""The rule repeated-default."""

from __future__ import annotations

import ast
from typing import NamedTuple

from quality.model import Severity
from quality.rules import AstRule, Invalid, Valid


class _Default(NamedTuple):
    """An argument that changes nothing: where it stands, among how many, and what it is."""

    place: int
    arguments: int
    value: object


#: Builtin → its argument that changes nothing.
_OF_BUILTINS = {
    "enumerate": _Default(1, 2, 0),
    "print": _Default(0, 1, ""),
    "range": _Default(0, 2, 0),
    "sum": _Default(1, 2, 0),
}
#: Method that only the types of Python have → its argument that changes nothing.
_OF_METHODS = {
    "get": _Default(1, 2, None),
    "lstrip": _Default(0, 1, None),
    "pop": _Default(0, 1, -1),
    "rstrip": _Default(0, 1, None),
    "split": _Default(0, 1, None),
    "strip": _Default(0, 1, None),
}


class RepeatedDefault(AstRule):
    """An argument says what holds without it.

    ## What it does
    Reports `range(0, n)`, `enumerate(items, 0)`, `sum(numbers, 0)`, `print("")`, `settings.get(name, None)`,
    `stack.pop(-1)` and `text.split(None)`.

    Encodings, modes and whatever goes by a keyword are fine: they tell the reader something.

    ## Why is this bad
    An argument draws attention to a choice. Here none was made.

    ## Example
    ```python
    timeout = settings.get("timeout", None)
    ```

    ## Use instead
    ```python
    timeout = settings.get("timeout")
    ```
    """

    dimension = "clarity"
    needs = frozenset({*_OF_BUILTINS, *_OF_METHODS})
    severity = Severity.NOTE
    effort = 1
    weight = 0.3

    VALID = (
        Valid("x = range(1, n)"),
        Valid("x = range(0, n, 2)"),
        Valid("x = sum(parts, 0.0)", "The sum of nothing is then a float"),
        Valid("x = settings.get('a', 0)"),
        Valid("x = pop(-1)", "Not a method"),
        Valid("x = enumerate(lines, start=0)"),
        Valid("def range(a, b): ...\nrange(0, 2)", "Another function"),
    )
    INVALID = (
        Invalid("x = range(0, n)", ("1:11-1:12 range() does the same without 0",)),
        Invalid("x = settings.get('a', None)", ("1:23-1:27 get() does the same without None",)),
        Invalid("print('')", ("1:7-1:9 print() does the same without ''",)),
        Invalid("x = stack.pop(-1)", ("1:15-1:17 pop() does the same without -1",)),
    )

    def visit_Call(self, call: ast.Call) -> None:
        called = call.func
        if isinstance(called, ast.Attribute):
            name, default = called.attr, _OF_METHODS.get(called.attr)
        elif isinstance(called, ast.Name):
            name, default = called.id, _OF_BUILTINS.get(called.id)
        else:
            return
        if default is None or call.keywords or len(call.args) != default.arguments:
            return
        if isinstance(called, ast.Name) and not self.facts.is_builtin(called, name):
            return
        argument = call.args[default.place]
        if _is(argument, default.value):
            self.report(argument, f"{name}() does the same without {default.value!r}")


def _is(node: ast.expr, value: object) -> bool:
    """Tells whether an argument is a value, written down and of the same type."""
    if (
        isinstance(node, ast.UnaryOp)
        and isinstance(node.op, ast.USub)
        and isinstance(node.operand, ast.Constant)
    ):
        return value == -1 and node.operand.value == 1
    return isinstance(node, ast.Constant) and node.value == value and type(node.value) is type(value)
