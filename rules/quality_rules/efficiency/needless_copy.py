"""The rule needless-copy."""

from __future__ import annotations

import ast

from quality.model import Severity
from quality.rules import AstRule, Invalid, Valid

_ALL = ("list", "tuple", "set", "frozenset", "sorted", "sum", "min", "max", "any", "all")
#: Those to which the order of what they get means nothing.
_UNORDERED = ("set", "frozenset", "sorted", "sum", "min", "max", "any", "all")
#: What is needless where the order counts, and where it does not.
_COPIES = (("list", "tuple"), ("list", "tuple", "sorted"))
_MAKERS = (ast.ListComp, ast.List)
#: Methods that change what they are called on.
_CHANGING = frozenset(
    {
        *(
            "append",
            "extend",
            "insert",
            "remove",
            "pop",
            "popitem",
            "clear",
            "add",
            "discard",
            "update",
            "setdefault",
        ),
        *("appendleft", "popleft", "sort", "reverse"),
    }
)
#: What makes something new that nobody else has.
_NEW = ("range", "list", "tuple", "sorted", "dict", "set", "frozenset")


class NeedlessCopy(AstRule):
    """A list is made only to be gone through at once.

    ## What it does
    Reports `list(...)` and `tuple(...)` around what `set`, `sorted`, `sum`, `max`, `join` and the like go
    through anyway, `sorted(...)` where the order is lost, and `list` of something that is a new list already. So is a loop over `list(rows)`
    whose body changes nothing, and a sorted list that is turned around (`sorted(rows)[::-1]`).

    Copies with a name, and an order that decides between equals (`sorted(sorted(rows), key=len)`), are fine.

    ## Why is this bad
    All elements are copied for nothing, and the reader looks for the reason.

    ## Example
    ```python
    names = sorted(list(users))
    ```

    ## Use instead
    ```python
    names = sorted(users)
    ```

    ## References
    - [Python documentation: sorted](https://docs.python.org/3/library/functions.html#sorted)
    """

    dimension = "efficiency"
    needs = frozenset({*_ALL, "join"})
    severity = Severity.NOTE
    equivalents = ("pylint:unnecessary-comprehension", "pylint:consider-using-generator")

    VALID = (
        Valid("names = list(set(users))", "The order and the repetitions go"),
        Valid("rows = list(rows)\nfirst = tuple(sorted(rows))", "The order matters"),
        Valid("pairs = list(zip(a, b))"),
        Valid(
            "def f(a):\n    rows = [1, a]\n    for row in list(rows):\n        rows.remove(row)", "It changes"
        ),
        Valid(
            "def f(rows):\n    for row in list(rows):\n        show(row)",
            "Another may change them, or it is an iterator",
        ),
        Valid("rows = sorted(sorted(rows), key=len)", "The order decides between equals"),
    )
    INVALID = (
        Invalid(
            "rows = list(tuple(names))",
            ("1:13-1:25 tuple() copies what list() goes through anyway: leave it out",),
            fixed="rows = list(names)",
        ),
        Invalid(
            "text = ', '.join(list(names))",
            ("1:18-1:29 list() copies what join() goes through anyway: leave it out",),
            fixed="text = ', '.join(names)",
        ),
        Invalid(
            "def f(n):\n    numbers = range(n)\n    for number in list(numbers):\n        print(number)",
            ("3:19-3:32 list() copies what the loop goes through anyway: leave it out",),
            fixed="def f(n):\n    numbers = range(n)\n    for number in numbers:\n        print(number)",
        ),
        Invalid(
            "rows = sorted(rows, key=len)[::-1]",
            ("1:8-1:35 [::-1] copies what sorted() can turn around: use reverse=True",),
        ),
        Invalid(
            "kinds = set(sorted(names))\nrows = list([1, 2])",
            (
                "1:13-1:26 sorted() copies what set() goes through anyway: leave it out",
                "2:8-2:20 list() copies a list that is new already: leave it out",
            ),
            fixed="kinds = set(names)\nrows = [1, 2]",
        ),
    )

    def visit_Call(self, call: ast.Call) -> None:
        inner = call.args[0] if len(call.args) == 1 else None
        if inner is None:
            return
        outer = self._outer(call)
        if outer == "list" and self._is(inner, "tuple"):
            self.report(inner, "tuple() copies what list() goes through anyway: leave it out")
        elif outer == "list" and (isinstance(inner, _MAKERS) or self._is(inner, "list", "sorted")):
            self.report(call, "list() copies a list that is new already: leave it out")
        elif (
            outer and outer != "list" and self._is(inner, *_COPIES[outer in _UNORDERED and not call.keywords])
        ):
            name = ast.unparse(inner.func)  # type: ignore[attr-defined]
            self.report(inner, f"{name}() copies what {outer}() goes through anyway: leave it out")

    def visit_Subscript(self, node: ast.Subscript) -> None:
        match node.slice:
            case ast.Slice(
                lower=None, upper=None, step=ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=1))
            ):
                if self._is(node.value, "sorted") and "reverse" not in ast.unparse(node.value):
                    self.report(node, "[::-1] copies what sorted() can turn around: use reverse=True")

    def visit_For(self, loop: ast.For) -> None:
        copy = loop.iter
        if not isinstance(copy, ast.Call) or not self._is(copy, "list", "tuple"):
            return
        name = copy.args[0]
        made = self.facts.only_value(name) if isinstance(name, ast.Name) else None
        is_new = isinstance(made, (*_MAKERS, ast.Tuple, ast.Dict, ast.Set)) or (
            isinstance(made, ast.Call) and self.facts.is_builtin(made.func, *_NEW)
        )
        if is_new and isinstance(name, ast.Name) and not self._may_change(loop, name.id):
            self.report(
                copy, f"{ast.unparse(copy.func)}() copies what the loop goes through anyway: leave it out"
            )

    def _may_change(self, loop: ast.For, name: str) -> bool:
        """Tells whether the body of a loop names what it goes through, or changes anything."""
        for statement in loop.body:
            for node in self.facts.within(statement):
                if isinstance(node, ast.Delete) or (isinstance(node, ast.Name) and node.id == name):
                    return True
                if isinstance(node, ast.Attribute) and node.attr in _CHANGING:
                    return True
        return False

    def _outer(self, call: ast.Call) -> str:
        function = call.func
        if isinstance(function, ast.Attribute):
            texts = isinstance(function.value, ast.Constant) and isinstance(function.value.value, str | bytes)
            return "join" if texts and function.attr == "join" else ""
        return (
            function.id if self.facts.is_builtin(function, *_ALL) and isinstance(function, ast.Name) else ""
        )

    def _is(self, node: ast.expr, *names: str) -> bool:
        """Tells whether a node calls one of these builtins on one thing."""
        return isinstance(node, ast.Call) and len(node.args) == 1 and self.facts.is_builtin(node.func, *names)
