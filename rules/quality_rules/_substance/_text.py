"""What the functions of a text come to, and how much of the text does anything."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from quality_rules._substance._body import Body
from quality_rules._substance._examples import Example, own_parameters
from quality_rules._substance._names import Names
from quality_rules._substance._nature import Nature, is_closed, is_telling

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quality.rules import Facts
    from quality_rules._substance._names import Callable

#: Calls of the text's own functions are followed so far.
_DEPTH = 12


@dataclass(frozen=True, slots=True)
class Judged:
    """What a function comes to.

    Attributes:
        nature: What its outcome is made of.
        effect: What it does besides answering.
        examples: What its arguments are compared with or looked up among.
        hands_up: Whether it calls the method that it overrides with its own arguments.
        copies: Whether its answer is an argument's entries in another container.
        groups: Whether its answer is several arguments beside one another.
    """

    nature: Nature
    effect: Nature = Nature.WORK
    examples: tuple[Example, ...] = ()
    hands_up: bool = False
    copies: bool = False
    groups: bool = False


class Text:
    """Judges the functions of one source, each once.

    Args:
        facts: The source's facts.
    """

    #: Whether a function without parameters does something when it shows what is written in it.
    messages_count = True

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.names = Names(facts)
        self._judged: dict[ast.AST, Judged] = {}
        self._parameters: dict[ast.AST, Mapping[str, Nature]] = {}
        self._values: dict[ast.AST, Nature] = {}
        self._open: set[ast.AST] = set()

    def is_fixed(self, module: str) -> bool:
        """Tells whether what a module gives for fixed arguments is no more than these: a guess, a pause, a message."""
        return is_closed(module)

    def effect(self, function: Callable) -> Nature:
        """What a function does besides answering."""
        return self.judge(function).effect

    def nature(self, function: Callable) -> Nature:
        """What a function's outcome is made of. Work, where calls go too deep to follow."""
        return self.judge(function).nature

    def nature_of(self, node: ast.expr) -> Nature:
        """The nature of any expression of the text, as seen from the function it is in."""
        function = next(iter(self.names.scope(node)), None)
        if function is None:
            return self.value(node)
        body = Body(self, function)
        body.evaluate(fully=True)
        return body.of(node)

    def judge(self, function: Callable) -> Judged:
        """What a function comes to."""
        if function not in self._judged:
            if len(self._open) > _DEPTH:
                return Judged(Nature.WORK)
            # While it is being judged, a call of itself adds nothing to what it comes to.
            self._judged[function] = Judged(Nature.NOTHING, Nature.NOTHING)
            self._open.add(function)
            body = Body(self, function)
            nature = body.evaluate()
            self._open.discard(function)
            self._judged[function] = Judged(
                nature, body.effect, body.examples.found, body.hands_up, body.copies, body.groups
            )
        return self._judged[function]

    def is_open(self, function: Callable) -> bool:
        """Tells whether a function is being judged, so that it calls itself."""
        return function in self._open

    def parameters_of(self, function: Callable) -> Mapping[str, Nature]:
        """Parameter → its nature."""
        if function not in self._parameters:
            self._parameters[function] = own_parameters(function)
        return self._parameters[function]

    def module_value(self, name: str) -> Nature:
        """The nature of what module code gives a name."""
        return max(self.value(value) for value in self.names.module_values[name])

    def value(self, value: ast.expr) -> Nature:
        """The nature of an expression outside of functions."""
        if value not in self._values:
            self._values[value] = Nature.FIXED
            self._values[value] = self._module.of(value)
        return self._values[value]

    @cached_property
    def module_effect(self) -> Nature:
        """What the code outside of functions does."""
        return self._module_body().run(self.facts.source.tree.body)

    def run(self, statement: ast.stmt) -> tuple[Nature, set[str]]:
        """What one statement outside of functions does, and the names that it binds."""
        body = self._module_body()
        return body.run([statement]), set(body.locals)

    @cached_property
    def _module(self) -> Body:
        return self._module_body()

    def _module_body(self) -> Body:
        """Evaluates what is outside of functions: as in a function without a name or a parameter."""
        nothing = ast.arguments([], [], None, [], [], None, [])
        return Body(self, ast.Lambda(nothing, ast.Constant(None)))


class SilentText(Text):
    """Judges what is asked for nothing in particular: a message is none, and the time or a guess is an answer."""

    messages_count = False

    def is_fixed(self, module: str) -> bool:
        """Tells whether a module only writes messages."""
        return is_telling(module)


class WaryText(Text):
    """Judges what must not be called idle by mistake: every call of a module does something."""

    def is_fixed(self, module: str) -> bool:
        """No module only gives what it is given."""
        del module
        return False
