"""The rule data-clump."""

from __future__ import annotations

import ast
from itertools import combinations

from quality.model import Confidence, Severity
from quality.rules import AstRule, Invalid, Setting, Valid, with_defaults
from quality_rules._asked import has_several_functions

#: Most parameters of a function whose combinations are looked at.
_MOST = 9
#: Size of the smallest clump.
_SIZE = 3


class DataClump(AstRule):
    """The same parameters always travel together.

    ## What it does
    Reports three parameters or more that several functions of different names take together.

    Parameters with a default value are options and don't count. Neither do methods of a class with a base, whose
    signature may be given; functions that are handed on, to a table or as a callback, whose signature those decide on that call
    them; and variants of one method in several classes count once.

    ## Why is this bad
    They are one thing without a name. Each signature and each call repeats it, and a fourth part must be added in
    all of them.

    ## Example
    ```python
    def draw(x, y, width, height): ...
    def contains(x, y, width, height, point): ...
    def move(x, y, width, height, dx): ...
    ```

    ## Use instead
    ```python
    def draw(box): ...
    def contains(box, point): ...
    def move(box, dx): ...
    ```

    ## References
    - [Refactoring: introduce parameter object](https://refactoring.com/catalog/introduceParameterObject.html)
    """

    dimension = "structure"
    severity = Severity.NOTE
    confidence = Confidence.LOW
    effort = 30
    asks = (has_several_functions,)

    fewest_functions = Setting(3, "Fewest functions of different names.", minimum=2)

    VALID = (
        Valid("def f(a, b, c): ...\ndef g(a, b, c): ..."),
        Valid("def f(a, b=1, c=2): ...\ndef g(a, b=1, c=2): ...\ndef h(a, b=1, c=2): ...", "Options"),
        Valid(
            "class A:\n    def f(self, a, b, c): ...\nclass B:\n    def f(self, a, b, c): ...\nclass C:\n    def f(self, a, b, c): ...",
            "Variants of one method",
        ),
        Valid(
            "def f(a, b, c): ...\ndef g(a, b, c): ...\ndef h(a, b, c): ...\nROUTES = {'f': f, 'g': g, 'h': h}",
            "One signature for whatever the table has",
        ),
    )
    INVALID = (
        Invalid(
            "def f(a, b, c): ...\ndef g(c, a, b): ...\ndef h(a, x, b, c): ...",
            ("1:1-1:20 a, b, c travel together through f, g, h: make them one object",),
        ),
    )

    def visit_Module(self, module: ast.Module) -> None:
        del module
        if len(self.facts.functions) < self.fewest_functions:
            return
        handed_on = self._handed_on()
        travels: dict[tuple[str, ...], dict[str, int]] = {}
        for number, function in enumerate(self.facts.functions):
            owner = self.facts.class_of(function)
            if (owner is not None and owner.bases) or function.name in handed_on:
                continue
            names = _needed(function.args)
            if _SIZE <= len(names) <= _MOST:
                for clump in combinations(names, _SIZE):
                    travels.setdefault(clump, {}).setdefault(function.name, number)
        self._report_clumps(travels)

    def _handed_on(self) -> set[str]:
        """The names that are read where nothing is called."""
        parent = self.facts.parent
        return {
            node.id
            for node in self.facts.of(ast.Name)
            if isinstance(node.ctx, ast.Load)
            and not (isinstance(above := parent(node), ast.Call) and above.func is node)
        }

    def _report_clumps(self, travels: dict[tuple[str, ...], dict[str, int]]) -> None:
        """Reports each parameter in one clump, with the clump that most functions take first."""
        reported: set[str] = set()
        having: dict[str, list[tuple[str, ...]]] = {}
        for clump in travels:
            for name in clump:
                having.setdefault(name, []).append(clump)
        order = sorted(travels.items(), key=lambda entry: (-len(entry[1]), min(entry[1].values()), entry[0]))
        for clump, functions in order:
            if len(functions) < self.fewest_functions:
                return
            if reported & set(clump):
                continue
            near = (other for name in clump for other in having[name])
            members = [other for other in near if functions.keys() <= travels[other].keys()]
            together = sorted({name for member in members for name in member})
            reported.update(together)
            first = self.facts.functions[min(functions.values())]
            shown = ", ".join(sorted(functions)[:4]) + (" …" if len(functions) > 4 else "")  # noqa: PLR2004
            self.report(first, f"{', '.join(together)} travel together through {shown}: make them one object")


def _needed(arguments: ast.arguments) -> list[str]:
    """The names of the parameters that every call gives, sorted."""
    needed = [argument.arg for argument, default in with_defaults(arguments) if default is None]
    return sorted({name for name in needed if name not in {"self", "cls"} and name.strip("_")})
