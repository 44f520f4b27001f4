"""The rule pass-through-parameter."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

from quality.model import Confidence, Severity, cached_property, is_function
from quality.rules import AstRule, Invalid, Setting, Valid, decorators, parameters, positional_of
from quality_rules._asked import has_several_functions

if TYPE_CHECKING:
    from quality.model import FunctionNode


class _Parameter(NamedTuple):
    function: FunctionNode
    name: str


class PassThroughParameter(AstRule):
    r"""A parameter travels through functions that do not use it.

    ## What it does
    Reports parameters that at least four functions in a row do nothing with but hand them to the next one, as far
    as they stand in one source.

    Functions that look at it, change it, keep it, or hand it to several others or to somebody outside are fine.

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

    minimum = Setting(4, "Fewest functions in a row that only hand it on.", minimum=1)

    asks = (has_several_functions,)

    VALID = (
        Valid(
            "def f(x):\n    g(x)\n\ndef g(x):\n    h(x)\n\ndef h(x):\n    print(x)",
            "Few that only hand it on",
        ),
        Valid(
            "def f(x):\n    g(x)\n\ndef g(x):\n    h(x or 1)\n\ndef h(x):\n    i(x)\n\ndef i(x):\n    j(x)\n\ndef j(x):\n    print(x)",
            "The second looks at it",
        ),
        Valid(
            "def f(x):\n    g(x)\n    h(x)\n\ndef g(x):\n    h(x)\n\ndef h(x):\n    i(x)\n\ndef i(x):\n    j(x)\n\ndef j(x):\n    print(x)",
            "The first hands it to two",
        ),
        Valid("def f(x):\n    f(x)\n\ndef g(x):\n    f(x)", "It goes round, and nobody has it"),
    )
    INVALID = (
        Invalid(
            "def f(x, a):\n    g(1, x, a)\n\ndef g(n, y, a):\n    h(a, z=y)\n\ndef h(a, *, z=None):\n    i(z, a)\n    i(z, a)\n\ndef i(x, a):\n    print(x, a)",
            (
                "1:7-1:11 f, g and h only hand x and a on to i: let i be called with them directly, or keep them on an object",
            ),
            {"minimum": 3},
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
            {"minimum": 3},
        ),
    )

    def visit_Module(self, module: ast.Module) -> None:
        del module
        reached = set(self._handed.values())
        found: dict[tuple[str, ...], list[_Parameter]] = {}
        for start in self._handed:
            way = [] if start in reached else self._way(start)
            if len(way) > self.minimum:
                found.setdefault(tuple(each.function.name for each in way), []).append(start)
        for (*through, last), starts in found.items():
            what = _listed([start.name for start in starts])
            them = "it" if len(starts) == 1 else "them"
            self.report(
                _argument(starts[0]),
                f"{_listed(through)} only hand {what} on to {last}: "
                f"let {last} be called with {them} directly, or keep {them} on an object",
                until=_argument(starts[-1]),
            )

    @cached_property
    def _handed(self) -> dict[_Parameter, _Parameter]:
        """The parameters that are only handed on, and what they become."""
        found: dict[_Parameter, _Parameter] = {}
        for function in self.facts.functions:
            names = self.facts.names(function)
            for name in names.parameters:
                loads = names.loads.get(name, ())
                if not loads or name in names.stores or name in names.shared:
                    continue
                target, *others = {self._becomes(function, load) for load in loads}
                if target is not None and not others:
                    found[_Parameter(function, name)] = target
        return found

    def _way(self, start: _Parameter) -> list[_Parameter]:
        """The way that a parameter takes to who uses it; nothing when it goes round."""
        way = [start]
        seen = {start}
        while target := self._handed.get(way[-1]):
            if target in seen:
                return []
            way.append(target)
            seen.add(target)
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
        positional = [argument.arg for argument in positional_of(target.args)][bound:]
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
            plain = owner is not None or self.facts.is_of_module(function)
            if plain and is_function(function) and not decorators(function):
                found[owner, function.name] = function
        return found


def _listed(names: list[str]) -> str:
    *front, last = names
    return f"{', '.join(front)} and {last}" if front else last


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
