"""The rule redundant-conversion."""

from __future__ import annotations

import ast

from quality.model import Severity
from quality.rules import AstRule, Invalid, Valid

#: Constructor → the node that makes the same directly, by what it is given.
_DIRECT: dict[str, dict[type[ast.AST], str]] = {
    "list": {ast.GeneratorExp: "a list comprehension", ast.ListComp: "it", ast.List: "it"},
    "set": {ast.GeneratorExp: "a set comprehension", ast.List: "a set display", ast.Tuple: "a set display"},
    "tuple": {ast.List: "a tuple", ast.Tuple: "it", ast.ListComp: "a generator"},
    "dict": {ast.Dict: "it", ast.DictComp: "it"},
}
#: Function → what needs no conversion before.
_TAKES_ANY: dict[str, frozenset[str]] = {
    "sorted": frozenset({"list", "tuple", "sorted", "reversed"}),
    "set": frozenset({"list", "tuple", "set", "sorted", "reversed"}),
    "list": frozenset({"list", "tuple", "sorted"}),
    "tuple": frozenset({"list", "tuple"}),
    "sum": frozenset({"list", "tuple"}),
    "min": frozenset({"list", "tuple", "sorted"}),
    "max": frozenset({"list", "tuple", "sorted"}),
    "any": frozenset({"list", "tuple"}),
    "all": frozenset({"list", "tuple"}),
    "enumerate": frozenset({"list", "tuple"}),
    "frozenset": frozenset({"list", "tuple", "set", "sorted"}),
}


class RedundantConversion(AstRule):
    """A value is converted more often than it needs to be.

    ## What it does
    Reports `list(x for x in y)`, `set([...])`, `sorted(list(x))`, `list(sorted(x))` and the like; `map` and `filter`
    with a `lambda`; and `str(...)` inside an f-string.

    ## Why is this bad
    The inner or outer call changes nothing, so the reader looks for the reason that it is there.

    ## Example
    ```python
    names = list(map(lambda user: user.name, sorted(list(users))))
    ```

    ## Use instead
    ```python
    names = [user.name for user in sorted(users)]
    ```

    ## References
    - [Python documentation: sorted](https://docs.python.org/3/library/functions.html#sorted)
    """

    dimension = "clarity"
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
        Valid("x = sorted(set(y))", "It takes duplicates out"),
        Valid("x = map(str.strip, y)"),
        Valid("x = sum([], [])"),
    )
    INVALID = (
        Invalid("x = list(a for a in b)", ("1:5-1:23 list() is needless: write a list comprehension",)),
        Invalid("x = sorted(list(b))", ("1:12-1:19 list() is needless: sorted() takes any iterable",)),
        Invalid("x = map(lambda a: a + 1, b)", ("1:5-1:28 map() with a lambda: write a comprehension",)),
        Invalid("x = f'{str(a)}!'", ("1:8-1:14 str() is needless: an f-string converts",)),
    )

    def visit_Call(self, call: ast.Call) -> None:
        if not isinstance(call.func, ast.Name) or not call.args or not self._is_own(call.func):
            return
        name, first = call.func.id, call.args[0]
        if name in {"map", "filter"} and isinstance(first, ast.Lambda):
            if len(call.args) == 2:  # noqa: PLR2004
                self.report(call, f"{name}() with a lambda: write a comprehension")
            return
        direct = _DIRECT.get(name, {}).get(type(first))
        if direct and len(call.args) == 1 and not call.keywords:
            self.report(call, f"{name}() is needless: write {direct}")
        self._check_inner(name, first)

    def _check_inner(self, name: str, first: ast.expr) -> None:
        if not isinstance(first, ast.Call) or not isinstance(first.func, ast.Name) or first.keywords:
            return
        inner = first.func.id
        if inner in _TAKES_ANY.get(name, ()) and len(first.args) == 1 and self._is_own(first.func):
            if name == "list" and inner == "sorted":
                self.report(first.func, "sorted() makes a list already: take list() off")
            else:
                self.report(first, f"{inner}() is needless: {name}() takes any iterable")

    def visit_FormattedValue(self, node: ast.FormattedValue) -> None:
        value = node.value
        if not isinstance(value, ast.Call) or len(value.args) != 1 or value.keywords or node.conversion >= 0:
            return
        if node.format_spec is None and self.facts.is_builtin(value.func, "str"):
            self.report(value, "str() is needless: an f-string converts")

    def _is_own(self, node: ast.Name) -> bool:
        return self.facts.is_builtin(node, *_TAKES_ANY, "dict", "map", "filter")
