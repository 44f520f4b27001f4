"""The rule redundant-conversion."""

from __future__ import annotations

import ast

from quality.model import Severity
from quality.rules import AstRule, Invalid, Valid

#: Constructor → the node that makes the same directly, by what it is given.
_DIRECT: dict[str, dict[type[ast.AST], str]] = {
    "list": {ast.GeneratorExp: "a list comprehension"},
    "set": {ast.GeneratorExp: "a set comprehension", ast.List: "a set display", ast.Tuple: "a set display"},
    "tuple": {ast.List: "a tuple", ast.Tuple: "it", ast.ListComp: "a generator"},
    "dict": {ast.Dict: "it", ast.DictComp: "it"},
}

#: Functions for which the order of what they get means nothing.
_ORDERLESS = frozenset({"set", "frozenset", "sorted"})


class RedundantConversion(AstRule):
    """A value is converted more often than it needs to be.

    ## What it does
    Reports `list(x for x in y)`, `set([...])`, `tuple([...])` and the like; `bool()` of a comparison with `is` or `in`,
    or of what `not` gives, or whose result is compared with `True` or `False`; `map` and `filter` with a `lambda`;
    `reversed(sorted(...))`; a slice `x[::-1]` that is sorted or made a set; and `str(...)` inside an f-string.

    Copies, such as `sorted(list(x))`, are for the rule needless-copy.

    ## Why is this bad
    The call changes nothing that could not be written at once, so the reader looks for the reason that it is there.

    ## Example
    ```python
    names = list(map(lambda user: user.name, users))
    ```

    ## Use instead
    ```python
    names = [user.name for user in users]
    ```

    ## References
    - [Python documentation: list comprehensions](https://docs.python.org/3/tutorial/datastructures.html#list-comprehensions)
    """

    dimension = "clarity"
    needs = frozenset({*_DIRECT, *_ORDERLESS, "map", "filter", "reversed", "str", "bool"})
    severity = Severity.NOTE
    effort = 1
    weight = 0.6
    equivalents = (
        "pylint:unnecessary-comprehension",
        "pylint:use-a-generator",
        "pylint:consider-using-generator",
    )

    VALID = (
        Valid("x = list(y)"),
        Valid("x = bool(a)\ny = bool(a and b)\nz = bool(a == b)", "Objects may compare to something else"),
        Valid("assert bool(a) is True", "How the object answers is what is tested"),
        Valid("x = sorted(list(y))", "A copy, which costs time"),
        Valid("x = set([])", "There is no display of an empty set"),
        Valid("x = map(str.strip, y)"),
        Valid("x = sum([], [])"),
        Valid("x = list(y[::-1])\nz = sorted(y[::2])", "The order matters, or what is left out"),
        Valid("x = sorted(y[::-1], key=len)", "It may be meant for entries that are equal"),
        Valid("x = reversed(sorted(a, reverse=True))", "It may be meant for entries that are equal"),
    )
    INVALID = (
        Invalid("x = bool(a in b)", ("1:5-1:17 bool() is needless: this is True or False already",)),
        Invalid("if bool(a) is True:\n    b()", ("1:4-1:11 bool() is needless: ask for the value itself",)),
        Invalid("x = bool(not a)", ("1:5-1:16 bool() is needless: this is True or False already",)),
        Invalid(
            "x = list(a for a in b)",
            ("1:5-1:23 list() is needless: write a list comprehension",),
            fixed="x = [a for a in b]",
        ),
        Invalid("x = set([1, 2])", ("1:5-1:16 set() is needless: write a set display",), fixed="x = {1, 2}"),
        Invalid("x = reversed(sorted(a))", ("1:5-1:24 reversed() is needless: sort with reverse=True",)),
        Invalid("x = set(a[::-1])", ("1:9-1:16 [::-1] is needless: set() keeps no order",)),
        Invalid("x = map(lambda a: a + 1, b)", ("1:5-1:28 map() with a lambda: write a comprehension",)),
        Invalid(
            "x = f'{str(a)}!'", ("1:8-1:14 str() is needless: an f-string converts",), fixed="x = f'{a!s}!'"
        ),
    )

    def visit_Call(self, call: ast.Call) -> None:
        if self.facts.is_builtin(call.func, "reversed") and call.args and self._is_sorted(call.args[0]):
            self.report(call, "reversed() is needless: sort with reverse=True")
            return
        if not isinstance(call.func, ast.Name) or not call.args or not self._is_own(call.func):
            return
        name, first = call.func.id, call.args[0]
        if name == "bool":
            if _is_truth(first) and len(call.args) == 1:
                self.report(call, "bool() is needless: this is True or False already")
            elif self._is_compared(call):
                self.report(call, "bool() is needless: ask for the value itself")
            return
        if name in _ORDERLESS and len(call.args) == 1 and not call.keywords and _is_turned(first):
            self.report(first, f"[::-1] is needless: {name}() keeps no order")
            return
        if name in {"map", "filter"} and isinstance(first, ast.Lambda):
            if len(call.args) == 2:  # noqa: PLR2004
                self.report(call, f"{name}() with a lambda: write a comprehension")
            return
        direct = _DIRECT.get(name, {}).get(type(first))
        empty = name == "set" and not getattr(first, "elts", True)
        if direct and len(call.args) == 1 and not call.keywords and not empty:
            self.report(call, f"{name}() is needless: write {direct}")

    def visit_FormattedValue(self, node: ast.FormattedValue) -> None:
        value = node.value
        if not isinstance(value, ast.Call) or len(value.args) != 1 or value.keywords or node.conversion >= 0:
            return
        if node.format_spec is None and self.facts.is_builtin(value.func, "str"):
            self.report(value, "str() is needless: an f-string converts")

    def _is_compared(self, call: ast.Call) -> bool:
        """Tells whether a result is compared with True or False, and not in a test of how an object answers."""
        above = self.facts.parent(call)
        if not isinstance(above, ast.Compare) or len(above.ops) > 1 or above.left is not call:
            return False
        other = above.comparators[0]
        answers = isinstance(other, ast.Constant) and isinstance(other.value, bool)
        return answers and not any(isinstance(outer, ast.Assert) for outer in self.facts.ancestors(above))

    def _is_sorted(self, node: ast.expr) -> bool:
        """Tells whether something is sorted, from the least on."""
        return (
            isinstance(node, ast.Call)
            and self.facts.is_builtin(node.func, "sorted")
            and all(keyword.arg == "key" for keyword in node.keywords)
        )

    def _is_own(self, node: ast.Name) -> bool:
        return self.facts.is_builtin(node, *_DIRECT, *_ORDERLESS, "map", "filter", "bool")


def _is_truth(node: ast.expr) -> bool:
    """Tells whether an expression is True or False, and not what an object makes of a comparison."""
    if isinstance(node, ast.Compare):
        return isinstance(node.ops[-1], ast.Is | ast.IsNot | ast.In | ast.NotIn) and len(node.ops) == 1
    return isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)


def _is_turned(node: ast.expr) -> bool:
    """Tells whether an expression is ``x[::-1]``."""
    match node:
        case ast.Subscript(
            slice=ast.Slice(
                lower=None, upper=None, step=ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=1))
            )
        ):
            return True
    return False
