"""The rule pass-through-parameter."""

from __future__ import annotations

import ast
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from quality.model import Confidence, Severity, is_function
from quality.rules import AstRule, Invalid, Setting, Valid, decorators, parameters

if TYPE_CHECKING:
    from quality.model import FunctionNode


class _Parameter(NamedTuple):
    function: FunctionNode
    name: str


class PassThroughParameter(AstRule):
    r"""A parameter travels through functions that do not use it.

    ## What it does
    Reports a parameter that at least three functions in a row do nothing with but hand it to the next one, as far as
    they stand in one source.

    Functions that look at it, change it, keep it or hand it to somebody outside are fine.

    ## Why is this bad
    All of them must be changed together when what the last one needs changes, and the signatures on the way
    promise a use that there is not.

    ## Example
    ```python
    def report(rows, style):
        return page(rows, style)

    def page(rows, style):
        return "\n".join(line(row, style) for row in rows)

    def line(row, style):
        return cell(row.name, style)

    def cell(text, style):
        return style.render(text)
    ```

    ## Use instead
    ```python
    class Report:
        def __init__(self, style):
            self.style = style

        def page(self, rows):
            return "\n".join(self.cell(row.name) for row in rows)

        def cell(self, text):
            return self.style.render(text)
    ```

    ## References
    - [Refactoring: preserve whole object](https://refactoring.com/catalog/preserveWholeObject.html)
    """

    dimension = "structure"
    severity = Severity.NOTE
    confidence = Confidence.MEDIUM
    effort = 20

    minimum = Setting(3, "Fewest functions in a row that only hand it on.", minimum=1)

    VALID = (
        Valid(
            "def f(x):\n    g(x)\n\ndef g(x):\n    h(x)\n\ndef h(x):\n    print(x)",
            "Two that only hand it on",
        ),
        Valid(
            "def f(x):\n    g(x)\n\ndef g(x):\n    h(x or 1)\n\ndef h(x):\n    i(x)\n\ndef i(x):\n    j(x)\n\ndef j(x):\n    print(x)",
            "The second looks at it",
        ),
        Valid("def f(x):\n    f(x)\n\ndef g(x):\n    f(x)", "It goes round, and nobody has it"),
    )
    INVALID = (
        Invalid(
            "def f(x):\n    g(1, x)\n\ndef g(n, y):\n    h(z=y)\n\ndef h(*, z=None):\n    i(z)\n    i(z)\n\ndef i(x):\n    print(x)",
            (
                "1:7-1:8 f, g and h only hand x on to i: let i be called with it directly, or keep it on an object",
            ),
        ),
        Invalid(
            """
            class A:
                def f(self, x):
                    return self.g(x)

                def g(self, x):
                    return [self.h(n, x) for n in self]

                def h(self, n, x):
                    return run(n, x)

            def run(n, x):
                return n + x
            """,
            (
                "2:17-2:18 f, g and h only hand x on to run: let run be called with it directly, or keep it on an object",
            ),
        ),
    )

    def visit_Module(self, module: ast.Module) -> None:
        del module
        reached = {target for targets in self._handed.values() for target in targets}
        for start in self._handed:
            if start in reached:
                continue
            way = self._way(start)
            if len(way) > self.minimum:
                *through, last = [each.function.name for each in way]
                names = f"{', '.join(through[:-1])} and {through[-1]}" if len(through) > 1 else through[0]
                self.report(
                    _argument(start),
                    f"{names} only hand {start.name} on to {last}: "
                    f"let {last} be called with it directly, or keep it on an object",
                )

    @cached_property
    def _handed(self) -> dict[_Parameter, list[_Parameter]]:
        """The parameters that are only handed on, and what they become."""
        found: dict[_Parameter, list[_Parameter]] = {}
        for function in self.facts.functions:
            names = self.facts.names(function)
            for name in names.parameters:
                loads = names.loads.get(name, ())
                if not loads or name in names.stores or name in names.shared:
                    continue
                targets = [self._becomes(function, load) for load in loads]
                known = [target for target in targets if target is not None]
                if len(known) == len(loads):
                    found[_Parameter(function, name)] = known
        return found

    def _way(self, start: _Parameter) -> list[_Parameter]:
        """The first way that a parameter takes; it ends where somebody uses it, or where it has been."""
        way = [start]
        seen = {start}
        while targets := self._handed.get(way[-1]):
            if targets[0] in seen:
                return []
            way.append(targets[0])
            seen.add(targets[0])
        return way

    def _becomes(self, function: FunctionNode, load: ast.Name) -> _Parameter | None:
        """The parameter of a function of this source that gets a value as it is."""
        above = self.facts.parent(load)
        keyword = above.arg if isinstance(above, ast.keyword) else None
        call = self.facts.parent(above) if isinstance(above, ast.keyword) else above
        if not isinstance(call, ast.Call) or call.func is load or self.facts.function(load) is not function:
            return None
        target, bound = self._called(function, call)
        if target is None or any(isinstance(argument, ast.Starred) for argument in call.args):
            return None
        if isinstance(above, ast.keyword):
            return _Parameter(target, keyword) if keyword in parameters(target) else None
        positional = [argument.arg for argument in [*target.args.posonlyargs, *target.args.args]][bound:]
        place = call.args.index(load)
        return _Parameter(target, positional[place]) if place < len(positional) else None

    def _called(self, function: FunctionNode, call: ast.Call) -> tuple[FunctionNode | None, int]:
        """The function that a call means, and how many of its parameters are bound already."""
        match call.func:
            case ast.Name(id=name):
                return self._functions.get((None, name)), 0
            case ast.Attribute(value=ast.Name(id="self"), attr=name):
                return self._functions.get((self.facts.class_of(function), name)), 1
        return None, 0

    @cached_property
    def _functions(self) -> dict[tuple[ast.ClassDef | None, str], FunctionNode]:
        """Functions of the module and methods by class and name, without those that are not what they look like."""
        found: dict[tuple[ast.ClassDef | None, str], FunctionNode] = {}
        for function in self.facts.functions:
            owner = self.facts.class_of(function)
            plain = owner is not None or isinstance(self.facts.parent(function), ast.Module)
            if plain and is_function(function) and not decorators(function):
                found[owner, function.name] = function
        return found


def _argument(parameter: _Parameter) -> ast.arg:
    arguments = parameter.function.args
    every = [
        *arguments.posonlyargs,
        *arguments.args,
        *arguments.kwonlyargs,
        arguments.vararg,
        arguments.kwarg,
    ]
    return next(each for each in every if each is not None and each.arg == parameter.name)
