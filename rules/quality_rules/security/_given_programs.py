"""Whether a program that runs is handed to the text that runs it."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import cached_property, is_function
from quality.rules import ASSIGNMENTS, decorators, parameters, root_name
from quality_rules._called import Calls
from quality_rules._substance import Names, defaults_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality.model import FunctionNode
    from quality.rules import Facts

#: Functions that read or prepare a program, by their first argument.
_PREPARING = frozenset(
    {
        *("compile", "ast.parse", "textwrap.dedent", "inspect.cleandoc", "str"),
        *("open", "io.open", "tokenize.open", "pathlib.Path"),
    }
)
#: What somebody types, in the program or on its command line.
_TYPED = frozenset({"input", "sys.stdin", "sys.argv"})
#: A program is no longer followed than so many steps.
_STEPS = 12
#: So many arguments are followed.
_MOST = 30
#: A longer text, or one of several lines, may be a program.
_LONG_TEXT = 80

#: A parameter: its function, and its name.
_Parameter = tuple["FunctionNode", str]


class GivenPrograms:
    """Tells a text that runs what it is given from one that hides its own program.

    Args:
        facts: The source's facts.
    """

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._names = facts.derived(Names)
        self._fed: dict[_Parameter, bool] = {}

    def is_given(self, program: ast.expr) -> bool:
        """Tells whether a program comes from outside: it is typed, or an argument that nothing in the source fills."""
        if self._has_payload:
            return False
        origin = self._origin(program)
        if isinstance(origin, bool):
            return origin
        if origin not in self._fed:
            self._fed[origin] = self._is_fed(origin)
        return not self._fed[origin]

    def is_written_here(self, program: ast.expr) -> bool:
        """Tells whether a program is an argument for which the source itself writes a text somewhere."""
        origin = self._origin(program)
        given = () if isinstance(origin, bool) else self._given(origin)
        return any(isinstance(each, ast.Constant) and isinstance(each.value, str | bytes) for each in given)

    def _origin(self, program: ast.expr) -> _Parameter | bool:
        """The parameter that a program is made from, or whether it is typed."""
        node: ast.expr | None = program
        for _ in range(_STEPS):
            while isinstance(node, ast.Subscript):
                node = node.value
            if node is None or self._is_typed(node):
                return node is not None
            if isinstance(node, ast.Call):
                node = self._prepared(node)
            elif isinstance(node, ast.Attribute):
                node = node.value
            elif isinstance(node, ast.Name):
                parameter = self._parameter(node)
                if parameter is not None:
                    return parameter
                node = self._bound_to(node)
            else:
                return False
        return False

    def _is_typed(self, node: ast.expr) -> bool:
        origin = self._facts.origin(node)
        return origin in _TYPED and origin not in self._facts.bound

    def _prepared(self, call: ast.Call) -> ast.expr | None:
        """What a call makes something of, that may be a program."""
        if self._facts.origin(call.func) in _PREPARING:
            return call.args[0] if call.args else None
        if isinstance(call.func, ast.Attribute) and call.func.attr == "parse_args":
            return ast.Name("input", ast.Load())
        return call.func if isinstance(call.func, ast.Attribute | ast.Name) else None

    def _parameter(self, name: ast.Name) -> _Parameter | None:
        """The parameter that a name is, unless it is an object's own or what it is otherwise is written there."""
        around = (each for each in self._names.scope(name) if name.id in parameters(each))
        owner = next(around, None)
        if owner is None or not is_function(owner) or name.id in {"self", "cls"}:
            return None
        default = defaults_of(owner).get(name.id)
        return (owner, name.id) if default is None or _is_no_program(default) else None

    def _bound_to(self, name: ast.Name) -> ast.expr | None:
        """What a local gets its only value from: an assignment, a loop, or something that is opened."""
        function = self._facts.function(name)
        places = self._facts.names(function).stores.get(name.id, ()) if function else ()
        above = self._facts.parent(places[0]) if len(places) == 1 else None
        if isinstance(above, ASSIGNMENTS):
            return above.value
        if isinstance(above, ast.For | ast.AsyncFor):
            return above.iter
        return above.context_expr if isinstance(above, ast.withitem) else None

    @cached_property
    def _has_payload(self) -> bool:
        """Tells whether a text of the source, documentation aside, can be a program."""
        texts = self._facts.of(ast.Constant)
        return any(
            _is_long(node.value) and not isinstance(self._facts.parent(node), ast.Expr) for node in texts
        )

    def _is_fed(self, parameter: _Parameter) -> bool:
        """Tells whether the source gives a parameter, maybe through others, something that is not from outside."""
        pending, seen, followed = [parameter], set[_Parameter](), 0
        while pending:
            each = pending.pop()
            if each in seen:
                continue
            seen.add(each)
            for argument in self._given(each):
                followed += 1
                origin = self._origin(argument)
                if origin is False or followed > _MOST:
                    return True
                if origin is not True:
                    pending.append(origin)
        return False

    def _given(self, parameter: _Parameter) -> Iterator[ast.expr]:
        """What the calls of a function in the source give a parameter."""
        function, name = parameter
        place = parameters(function).index(name)
        if self._facts.class_of(function) is not None and "staticmethod" not in decorators(function):
            place -= 1
        for call in self._calls(function):
            if isinstance(call.func, ast.Attribute) and root_name(call.func) in self._facts.imports:
                continue
            starred = [number for number, each in enumerate(call.args) if isinstance(each, ast.Starred)]
            yield from call.args[starred[0] :] if starred else call.args[place : place + 1]
            yield from (each.value for each in call.keywords if each.arg in {name, None})

    def _calls(self, function: FunctionNode) -> Iterator[ast.Call]:
        """The calls that may be of a function: by its name, of its class, or of an object of that."""
        owner = self._facts.class_of(function)
        made = [call for call, _ in self._facts.derived(Calls).named({owner.name})] if owner else []
        if function.name in {"__init__", "__new__"}:
            yield from made
        elif function.name == "__call__":
            called = ((call, self._facts.only_value(call.func)) for call in self._facts.of(ast.Call))
            yield from (call for call, value in called if value in made)
        else:
            named = (call for call, _ in self._facts.derived(Calls).named({function.name}))
            yield from (call for call in named if owner or _is_of_function(call.func))


def _is_of_function(called: ast.expr) -> bool:
    """Tells whether a name may be one of a function that no class has: what is called on other objects is theirs."""
    owner = called.value if isinstance(called, ast.Attribute) else None
    return owner is None or (isinstance(owner, ast.Name) and owner.id in {"self", "cls"})


def _is_no_program(default: ast.expr) -> bool:
    """Tells whether a default is nothing that could run: ``None``, a number or an empty text."""
    return isinstance(default, ast.Constant) and not (
        isinstance(default.value, str | bytes) and default.value
    )


def _is_long(text: object) -> bool:
    if isinstance(text, bytes):
        return len(text) > _LONG_TEXT or b"\n" in text
    return isinstance(text, str) and (len(text) > _LONG_TEXT or "\n" in text)
