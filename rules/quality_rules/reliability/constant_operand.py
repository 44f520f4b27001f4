"""The rule constant-operand."""

from __future__ import annotations

import ast

from quality.model import Severity
from quality.rules import AstRule, Invalid, Valid, shorten, sides_of

#: What a comparison with one value among several is made of.
_SAME = ast.Eq | ast.NotEq | ast.In | ast.NotIn | ast.Is | ast.IsNot


class ConstantOperand(AstRule):
    """A constant stands where a comparison was meant.

    ## What it does
    Reports `day == "saturday" or "sunday"`, where a constant that is true stands beside a comparison with another one of its
    type, or beside `startswith()` or `endswith()`, a constant that is true and has others behind it, and `day == ("saturday" or "sunday")`, where one constant stands beside another.

    `or` with a constant behind anything else, which is a default, is fine.

    ## Why is this bad
    It reads like a comparison with each of them. The constant is true whatever the value is, and so is the whole; in
    parentheses, only the first constant counts.

    ## Example
    ```python
    def is_weekend(day):
        return day == "saturday" or "sunday"
    ```

    ## Use instead
    ```python
    def is_weekend(day):
        return day in {"saturday", "sunday"}
    ```

    ## References
    - [Python documentation: boolean operations](https://docs.python.org/3/reference/expressions.html#boolean-operations)
    """

    dimension = "reliability"
    severity = Severity.ERROR
    effort = 2
    equivalents = ("pylint:condition-evals-to-constant",)

    VALID = (
        Valid("name = given or 'untitled'", "A default"),
        Valid("ok = kind == 'a' or kind == 'b'"),
        Valid("level = kind == 'a' or 3", "Of another type: it may be a default"),
        Valid("ok = kind == 'a' or ''", "It is false"),
        Valid("word = kind == 'a' and 'yes' or 'no'", "A choice as it was written long ago"),
    )
    INVALID = (
        Invalid(
            "def f(name):\n    return name.endswith('.png') or '.jpg'",
            ("2:37-2:43 '.jpg' is true, and so is the whole: compare it too",),
        ),
        Invalid(
            "x = known(y) or 'a' or 'b'", ("1:17-1:20 'a' is true, and so is the whole: compare it too",)
        ),
        Invalid(
            "if x == 'a' or 'b' or 'c':\n    stop()",
            ("1:16-1:19 'b' is true, and so is the whole: compare it too",),
        ),
        Invalid(
            "done = status in (3, 4) or 5", ("1:28-1:29 5 is true, and so is the whole: compare it too",)
        ),
        Invalid("if (x == 1\nor 2):\n    f()", ("2:4-2:5 2 is true, and so is the whole: compare it too",)),
        Invalid(
            "done = status == (3 or 4)",
            ("1:19-1:25 3 or 4 is 3 always: compare with each of them",),
        ),
    )

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        if not isinstance(node.op, ast.Or):
            return
        first = node.values[0]
        if _is_true(first) and all(map(_is_true, node.values)):
            if isinstance(self.facts.parent(node), ast.Compare):
                shown = shorten(ast.unparse(node))
                self.report(node, f"{shown} is {ast.unparse(first)} always: compare with each of them")
            return
        kinds = {kind for value in node.values for kind in _compared(value)}
        if any(map(_is_true, node.values[1:-1])):
            kinds |= {str, int}  # a default would be the last
        for value in node.values[1:]:
            if _is_true(value) and type(value.value) in kinds:  # type: ignore[attr-defined]
                self.report(value, f"{ast.unparse(value)} is true, and so is the whole: compare it too")
                return


def _is_true(node: ast.expr) -> bool:
    """Tells whether it is a text or a number that is true."""
    return isinstance(node, ast.Constant) and type(node.value) in {str, int} and bool(node.value)


def _compared(node: ast.expr) -> list[type]:
    """The types of the constants that a comparison compares one thing with, or a method asks for."""
    if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in {"startswith", "endswith"}:
        return [str]
    if not isinstance(node, ast.Compare) or len(node.ops) > 1 or not isinstance(node.ops[0], _SAME):
        return []
    _, other = sides_of(node)
    entries = other.elts if isinstance(other, ast.Tuple | ast.List | ast.Set) else [other]
    return [type(entry.value) for entry in entries if isinstance(entry, ast.Constant)]
