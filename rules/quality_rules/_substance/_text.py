"""What the functions of a text come to, and how much of the text does anything."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from quality.model import cached_property, is_function, is_special
from quality_rules._substance._body import Body
from quality_rules._substance._examples import Example, own_parameters
from quality_rules._substance._locals import CertainWork
from quality_rules._substance._names import Names
from quality_rules._substance._nature import Nature, is_closed, is_telling

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quality.rules import Facts
    from quality_rules._substance._names import Callable

#: Calls of the text's own functions are followed so far.
_DEPTH = 12
#: So many functions that call one another are judged once more, when what they call is known.
_MOST_AGAIN = 100


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
        ends: Whether all that it does is to end the program, as its name says.
        ends_well: Whether it does so without saying that anything went wrong.
    """

    nature: Nature
    effect: Nature = Nature.WORK
    examples: tuple[Example, ...] = ()
    hands_up: bool = False
    copies: bool = False
    groups: bool = False
    ends: bool = False
    ends_well: bool = False


class Most(NamedTuple):
    """The most that any of several functions comes to.

    Attributes:
        nature: Of what their outcomes are made of.
        effect: Of what they do besides answering.
        value: Of what they are worth as values.
    """

    nature: Nature = Nature.NOTHING
    effect: Nature = Nature.NOTHING
    value: Nature = Nature.FIXED

    def joined(self, other: Most) -> Most:
        """The most of these and others."""
        return Most(
            max(self.nature, other.nature), max(self.effect, other.effect), max(self.value, other.value)
        )


class Filled(NamedTuple):
    """What comes of a function that changes nothing but what its caller made.

    Attributes:
        answer: The nature of what it answers.
        held: Parameter → the nature of what is put into its argument.
        row: Where that is always so many values beside one another, for each its nature and what is written for it.
    """

    answer: Nature
    held: Mapping[str, Nature]
    row: Sequence[tuple[Nature, Sequence[ast.expr]]]


class Left(NamedTuple):
    """What comes of a function that does no more than to give names of the one around it something.

    Attributes:
        answer: The nature of what it answers.
        names: Name → the nature of what it is given, and whether that is put into what it holds.
    """

    answer: Nature
    names: Mapping[str, tuple[Nature, bool]]


class _Group:
    """Functions of which a name may mean any, and the most of those that are judged for good."""

    __slots__ = ("functions", "members", "most", "pending")

    def __init__(self, functions: Sequence[Callable]) -> None:
        self.functions = functions
        self.members = frozenset(functions)
        self.most = Most()
        #: The others, in their order.
        self.pending: dict[ast.AST, Callable] = {each: each for each in functions}


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
        #: Functions that work, and of which nothing else is known yet.
        self._working: set[ast.AST] = set()
        self._parameters: dict[ast.AST, Mapping[str, Nature]] = {}
        self._values: dict[ast.AST, Nature] = {}
        self._most_values: dict[int, Nature] = {}
        #: How many values are being judged, one for another.
        self._valued = 0
        self._filling: dict[tuple[ast.AST, frozenset[str]], Filled | None] = {}
        #: Functions that are being judged → how many were before.
        self._open: dict[ast.AST, int] = {}
        #: For each of those, which is the outermost of them that it came to again.
        self._outermost: list[int] = []
        #: Functions that are judged by what one that is still open adds: nothing so far.
        self._unsettled: list[ast.AST] = []
        #: How many may be judged once more.
        self._again = _MOST_AGAIN
        self._leaving: dict[ast.AST, Left | None] = {}
        self._groups: dict[int, _Group] = {}
        self._keeping: dict[ast.AST, bool] = {}
        #: Functions of which single expressions are judged, with all that is known of their names.
        self._bodies: dict[ast.AST, Body] = {}

    def is_fixed(self, module: str) -> bool:
        """Tells whether what a module gives for fixed arguments is no more than these: a guess, a pause, a message."""
        return is_closed(module)

    def most_of(self, functions: Sequence[Callable]) -> Most:
        """The most that any of several functions comes to.

        Args:
            functions: One function, or a sequence that stays the same: what is known of it is kept.
        """
        if len(functions) == 1:
            return self._most(functions[0])
        group = self._group(functions)
        most, settled = group.most, dict[ast.AST, Most]()
        too_deep = len(self._open) > _DEPTH
        for function in group.pending.values() if too_deep else [*group.pending.values()]:
            if too_deep and function not in self._judged:
                most = Most(Nature.WORK, Nature.WORK, Nature.WORK)
                break
            own = self._most(function)
            most = most.joined(own)
            if function not in self._open and function not in self._unsettled:
                settled[function] = own
        for each, own in settled.items():
            group.pending.pop(each, None)
            group.most = group.most.joined(own)
        return most

    def is_any_open(self, functions: Sequence[Callable]) -> bool:
        """Tells whether one of several functions is being judged, so that it calls itself."""
        if len(functions) == 1:
            return functions[0] in self._open
        return not self._group(functions).members.isdisjoint(self._open)

    def _group(self, functions: Sequence[Callable]) -> _Group:
        group = self._groups.get(id(functions))
        if group is None:
            group = self._groups[id(functions)] = _Group(functions)
        return group

    def _most(self, function: Callable) -> Most:
        judged = self.judge(function)
        return Most(judged.nature, judged.effect, self.function_value(function))

    def function_value(self, function: Callable) -> Nature:
        """The nature of a function that is handed on: it is worth what it does."""
        nature = self.nature(function)
        if nature is Nature.WORK:
            return Nature.WORK
        echoes = Nature.FIXED < nature < Nature.LISTED
        return Nature.WORK if echoes and self._keeps_argument(function) else Nature.FIXED

    def _keeps_argument(self, function: Callable) -> bool:
        """Tells whether a function keeps an argument of one around it, for later: it is made of that argument."""
        known = self._keeping.get(function)
        if known is None:
            outer = {name for each in self.names.scope(function) for name in self.parameters_of(each)}
            outer.difference_update(self.parameters_of(function))  # these are its own
            inside = self.facts.within(function)
            known = any(isinstance(each, ast.Name) and each.id in outer for each in inside)
            self._keeping[function] = known
        return known

    def effect(self, function: Callable) -> Nature:
        """What a function does besides answering."""
        return self.judge(function).effect

    def nature(self, function: Callable) -> Nature:
        """What a function's outcome is made of. Work, where calls go too deep to follow."""
        return Nature.WORK if function in self._working else self.judge(function).nature

    def works(self, function: Callable) -> bool:
        """Tells whether a function's outcome is work.

        Where nothing else is judged by what it does, it is looked at until that is certain.
        """
        known = function in self._judged or function in self._working
        if not known and self._is_asked_by_none(function):
            try:
                self._evaluate(function, briefly=True)
            except CertainWork:
                self._close(function)
                del self._judged[function]
                self._working.add(function)
        return self.nature(function) is Nature.WORK

    def _is_asked_by_none(self, function: Callable) -> bool:
        """Tells whether no other function of the text comes to something by what one does, and all calls can be followed."""
        count = len(self.facts.functions) + len(self.facts.of(ast.Lambda))
        if count == 1 or count > _DEPTH or not is_function(function):
            return count == 1
        return function.name not in self.facts.mentioned and not is_special(function.name)

    def nature_of(self, node: ast.expr) -> Nature:
        """The nature of any expression of the text, as seen from the function it is in."""
        function = next(iter(self.names.scope(node)), None)
        if function is None:
            return self.value(node)
        body = self._bodies.get(function)
        if body is None:
            body = self._bodies[function] = Body(self, function)
            body.evaluate(fully=True)
        return body.of(node)

    def judge(self, function: Callable) -> Judged:
        """What a function comes to."""
        if function not in self._judged:
            if len(self._open) > _DEPTH:
                return Judged(Nature.WORK)
            self._evaluate(function)
        elif function in self._open:
            self._outermost[-1] = min(self._outermost[-1], self._open[function])
        return self._judged[function]

    def _evaluate(self, function: Callable, *, briefly: bool = False) -> None:
        # While it is being judged, a call of itself adds nothing to what it comes to.
        self._judged[function] = Judged(Nature.NOTHING, Nature.NOTHING)
        depth, before = len(self._open), len(self._unsettled)
        self._open[function] = depth
        self._outermost.append(depth)
        body = Body(self, function)
        if briefly:
            body.hasten()
        nature = body.evaluate()
        if self._close(function) < depth:
            self._unsettled.append(function)
        else:
            self._judge_again(before)
        self._judged[function] = Judged(
            nature,
            body.effect,
            body.examples.found,
            hands_up=body.hands_up,
            copies=body.copies,
            groups=body.groups,
            ends=body.ends,
            ends_well=body.ends_well,
        )

    def _close(self, function: Callable) -> int:
        """Ends judging a function, and says which is the outermost of the open ones that it came to again."""
        outermost = self._outermost.pop()
        del self._open[function]
        if self._outermost:
            self._outermost[-1] = min(self._outermost[-1], outermost)
        return outermost

    def _judge_again(self, first: int) -> None:
        """Forgets what functions come to that were judged while one that they call, which calls them, was open."""
        unsettled = self._unsettled[first:]
        del self._unsettled[first:]
        for function in unsettled[: self._again]:
            del self._judged[function]
        self._again -= min(len(unsettled), self._again)

    def filling(self, function: Callable, own: frozenset[str]) -> Filled | None:
        """What comes of a function that changes nothing but some of its arguments; None where it does more than that.

        Args:
            function: A function of the text.
            own: The parameters that get what its caller made, and nobody else has.
        """
        key = (function, own)
        if key not in self._filling:
            self._filling[key] = None
            if len(self._open) > _DEPTH or function in self._open:
                return None
            body = Body(self, function)
            body.parameters = {
                n: nature for n, nature in self.parameters_of(function).items() if n not in own
            }
            body.locals = dict.fromkeys(own, Nature.FIXED)
            answer = body.evaluate()
            if body.effect <= Nature.FIXED:
                held = {name: body.locals[name] for name in own}
                self._filling[key] = Filled(answer, held, body.row())
        return self._filling[key]

    def leaving(self, function: Callable) -> Left | None:
        """What comes of a function that gives names of the one around it something, and does no more; None for any other."""
        if function not in self._leaving:
            self._leaving[function] = None
            if len(self._open) > _DEPTH or function in self._open:
                return None
            body = Body(self, function)
            body.leaves = {}
            answer = body.evaluate()
            if body.effect <= Nature.FIXED and body.leaves:
                self._leaving[function] = Left(answer, body.leaves)
        return self._leaving[function]

    def parameters_of(self, function: Callable) -> Mapping[str, Nature]:
        """Parameter → its nature."""
        if function not in self._parameters:
            self._parameters[function] = own_parameters(function)
        return self._parameters[function]

    def module_value(self, name: str) -> Nature:
        """The nature of what module code gives a name."""
        return self._most_value(self.names.module_values[name])

    def class_value(self, name: str) -> Nature:
        """The nature of what bodies of classes give a name."""
        return self._most_value(self.names.class_values[name])

    def _most_value(self, values: Sequence[ast.expr]) -> Nature:
        """The most that any of the values of a name is made of; kept once none of them is being judged."""
        known = self._most_values.get(id(values))
        if known is None:
            known = max(map(self.value, values))
            if not self._valued:
                self._most_values[id(values)] = known
        return known

    def value(self, value: ast.expr) -> Nature:
        """The nature of an expression outside of functions."""
        if value not in self._values:
            self._values[value] = Nature.FIXED
            self._valued += 1
            self._values[value] = self._module.of(value)
            self._valued -= 1
            self._module.changes += 1
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
