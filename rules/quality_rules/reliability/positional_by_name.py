"""The rule positional-by-name."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Severity, cached_property
from quality.rules import AstRule, Invalid, Valid

if TYPE_CHECKING:
    from quality.model import FunctionNode
    from quality.rules import Facts


class PositionalByName(AstRule):
    """An argument is given by name that is taken by its place alone.

    ## What it does
    Reports a call of a function of the source, also of a `lambda` with a name, that gives a parameter before the `/` by its
    name.

    Functions that take any names (`**options`), decorated ones and names that stand for several things are fine.

    ## Why is this bad
    The call raises TypeError.

    ## Example
    ```python
    def cube(number, /):
        return number**3

    print(cube(number=2))
    ```

    ## Use instead
    ```python
    def cube(number, /):
        return number**3

    print(cube(2))
    ```

    ## References
    - [PEP 570: positional-only parameters](https://peps.python.org/pep-0570/)
    """

    dimension = "reliability"
    severity = Severity.ERROR
    effort = 5
    equivalents = ("pylint:positional-only-arguments-expected",)

    VALID = (
        Valid("def f(a, /, b):\n    return a + b\n\nf(1, b=2)"),
        Valid("def f(a=1, /, **more):\n    return more\n\nf(a=2)", "It is one of the others"),
        Valid("@wrap\ndef f(a, /):\n    return a\n\nf(a=2)", "The wrapper may take it"),
        Valid("def f(a, /):\n    return a\n\nif x:\n    f = g\nf(a=1)", "It may be another function"),
        Valid("class A:\n    def f(self, a, /):\n        return a\n\nf(a=1)", "It is a method"),
        Valid("def f(a, /):\n    return a\n\ndef g(f):\n    return f(a=1)", "It is what g is given"),
        Valid(
            "try:\n    from b import f\nexcept ImportError:\n    def f(a, /):\n        return a\n\nf(a=1)",
            "It may be that of b",
        ),
    )
    INVALID = (
        Invalid(
            "def f(a, /):\n    return a\n\nprint(f(a=1))",
            ("4:11-4:12 f() takes a by its place alone: the call raises TypeError",),
        ),
        Invalid(
            "f = lambda a, /: a\nprint(f(a=1))",
            ("2:11-2:12 f() takes a by its place alone: the call raises TypeError",),
        ),
    )

    @classmethod
    def concerns(cls, facts: Facts) -> bool:
        return any(each.args.posonlyargs for each in facts.functions)

    def visit_Call(self, call: ast.Call) -> None:
        if not call.keywords or not isinstance(call.func, ast.Name):
            return
        function = self._known.get(call.func.id)
        if function is None or function.args.kwarg is not None:
            return
        by_place = {each.arg for each in function.args.posonlyargs}
        wrong = next((each for each in call.keywords if each.arg in by_place), None)
        if wrong is not None:
            message = f"{function.name}() takes {wrong.arg} by its place alone: the call raises TypeError"
            self.report(wrong.value, message)

    @cached_property
    def _known(self) -> dict[str, FunctionNode]:
        """Name → the only thing of this name in the source, where that is a plain function."""
        named: dict[str, list[FunctionNode]] = {}
        for each in self.facts.functions:
            named.setdefault(each.name, []).append(each)
        others = {each.id for each in self.facts.of(ast.Name) if isinstance(each.ctx, ast.Store)}
        others.update(each.arg for each in self.facts.of(ast.arg))
        others.update(each.name for each in self.facts.of(ast.ClassDef))
        return {
            name: found[0]
            for name, found in named.items()
            if len(found) == 1
            and name not in others
            and name not in self.facts.imports
            and not found[0].decorator_list
            and self.facts.class_of(found[0]) is None
        }
