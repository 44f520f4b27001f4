"""The rule uneven-answers."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

from quality.model import Severity
from quality.rules import AstRule, Invalid, Valid, parameters, positional_of
from quality_rules._asked import names_own_functions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quality.model import FunctionNode


class _Unpacked(NamedTuple):
    """A call whose result is unpacked.

    Attributes:
        call: The call.
        size: Into how many names.
    """

    call: ast.Call
    size: int


class UnevenAnswers(AstRule):
    """A function returns a tuple that does not fit what its caller unpacks.

    ## What it does
    Reports `return` statements with a tuple that is written out, in a function that a call in the same source unpacks into another
    number of names.

    Functions in which an argument decides how much they return, which the call leaves out or writes as a constant, are fine.

    ## Why is this bad
    The call fails with a `ValueError` as soon as the function takes that way out, which is mostly that of a case that
    nobody tried.

    ## Example
    ```python
    def totals(rows):
        if not rows:
            return 0, 0
        price, weight, count = totals(rows[1:])
        return price + rows[0].price, weight + rows[0].weight, count + 1
    ```

    ## Use instead
    ```python
    def totals(rows):
        if not rows:
            return 0, 0, 0
        price, weight, count = totals(rows[1:])
        return price + rows[0].price, weight + rows[0].weight, count + 1
    ```

    ## References
    - [Python documentation: assignment statements](https://docs.python.org/3/reference/simple_stmts.html#assignment-statements)
    """

    dimension = "reliability"
    severity = Severity.ERROR
    effort = 5
    equivalents = ("pylint:unbalanced-tuple-unpacking",)

    asks = (names_own_functions,)

    VALID = (
        Valid("def f():\n    return 1, 2\n\na, b = f()"),
        Valid("def f(x):\n    if x:\n        return 1, 2\n    return 3\n\nc = f(0)", "Nobody unpacks it"),
        Valid(
            "def f(x, full=False):\n    if full:\n        return x, 1, 2\n    return x, 1\n\na, b = f(0)\nc, d, e = f(0, True)",
            "An argument decides",
        ),
        Valid("def f():\n    return 1, 2, 3\n\na, *b = f()", "The rest goes into a list"),
        Valid("def f(x):\n    return 1, *x\n\na, b, c = f(x)", "Nobody knows"),
        Valid(
            "def f():\n    return 1, 2\n\ndef f():\n    return 1, 2, 3\n\na, b, c = f()",
            "Another of its name",
        ),
        Valid("@twice\ndef f():\n    return 1, 2\n\na, b, c = f()", "The decorator may add to it"),
        Valid("def g(f):\n    a, b, c = f()\n\ndef f():\n    return 1, 2", "Another function"),
        Valid(
            "def f(x):\n    def g():\n        return 1, 2, 3\n    return g, x\n\na, b = f(1)",
            "That of a function inside",
        ),
    )
    INVALID = (
        Invalid(
            "def f(x):\n    if x:\n        return x, 0\n    return x, 1, 2\n\na, b, c = f(y)",
            ("3:16-3:20 line 6 unpacks this into 3 names, and here are 2 values",),
        ),
        Invalid(
            """
            class A:
                def _read(self):
                    if self.done:
                        return None, None, None
                    return self.x, self.y

                def next(self):
                    x, y = self._read()
                    return x + y
            """,
            ("4:20-4:36 line 8 unpacks this into 2 names, and here are 3 values",),
        ),
    )

    def visit_Module(self, _: ast.Module) -> None:
        wanted = self._wanted()
        functions = (
            [function for function in self.facts.functions if function.name in wanted] if wanted else ()
        )
        named: dict[str, list[FunctionNode]] = {}
        for function in functions:
            named.setdefault(function.name, []).append(function)
        for name, (function, *others) in named.items():
            if not others and not function.decorator_list:
                self._check(function, wanted[name])

    def _wanted(self) -> dict[str, list[_Unpacked]]:
        """Name of a function → the statements that unpack what it returns."""
        found: dict[str, list[_Unpacked]] = {}
        for _, targets, given in self.facts.assignments:
            value = given.value if isinstance(given, ast.Await) else given
            if (
                isinstance(value, ast.Call)
                and isinstance(targets[0], ast.Tuple | ast.List)
                and not any(isinstance(part, ast.Starred) for part in targets[0].elts)
            ):
                function, size = value.func, len(targets[0].elts)
                if isinstance(function, ast.Name):
                    found.setdefault(function.id, []).append(_Unpacked(value, size))
                elif isinstance(function, ast.Attribute) and getattr(function.value, "id", "") == "self":
                    found.setdefault(function.attr, []).append(_Unpacked(value, size))
        return found

    def _check(self, function: FunctionNode, calls: Sequence[_Unpacked]) -> None:
        own = [each for each in calls if self._is_of(each.call, function)]
        if not own:
            return
        inside = [node for node in self.facts.within(function) if self.facts.function(node) is function]
        yields = any(isinstance(node, ast.Yield | ast.YieldFrom) for node in inside)
        if yields or self._is_decided(function, own[0].call):
            return
        call, size = own[0]
        for node in inside:
            given = node.value if isinstance(node, ast.Return) else None
            if (
                isinstance(given, ast.Tuple)
                and len(given.elts) != size
                and not any(isinstance(part, ast.Starred) for part in given.elts)
            ):
                line = call.lineno
                self.report(
                    given,
                    f"line {line} unpacks this into {size} names, and here are {len(given.elts)} values",
                )

    def _is_decided(self, function: FunctionNode, call: ast.Call) -> bool:
        """Tells whether a call decides on a way through a function, by an argument that it leaves out or writes out."""
        if any(isinstance(given, ast.Starred) for given in call.args) or any(
            keyword.arg is None for keyword in call.keywords
        ):
            return True
        names = [name.arg for name in positional_of(function.args)]
        names = names[1:] if self.facts.class_of(function) is not None else names
        chosen = {
            *(
                name
                for name, given in zip(names, call.args, strict=False)
                if not isinstance(given, ast.Constant)
            ),
            *(keyword.arg for keyword in call.keywords if not isinstance(keyword.value, ast.Constant)),
        }
        open_ones = {*parameters(function)} - chosen - {"self"}
        tests = (node.test for node in self.facts.within(function) if isinstance(node, ast.If | ast.IfExp))
        return any(not open_ones.isdisjoint(self.facts.names_in(test)) for test in tests)

    def _is_of(self, call: ast.Call, function: FunctionNode) -> bool:
        """Tells whether it is this function that is called, and none of the same name elsewhere."""
        called = call.func
        owner, caller = self.facts.class_of(function), self.facts.function(call)
        if isinstance(called, ast.Attribute):
            mine = caller is not None and self.facts.class_of(caller) is owner
            return owner is not None and mine and not self._is_overridden(owner)
        if owner is not None or not self.facts.is_of_module(function):
            return False
        around = caller
        while around is not None:
            names = self.facts.names(around)
            if function.name in names.parameters or function.name in names.stores:
                return False
            around = self.facts.function(around)
        return True

    def _is_overridden(self, owner: ast.ClassDef) -> bool:
        """Tells whether a class of the source derives from another, which may have a method of its own."""
        return any(
            getattr(base, "id", "") == owner.name
            for other in self.facts.of(ast.ClassDef)
            for base in other.bases
        )
