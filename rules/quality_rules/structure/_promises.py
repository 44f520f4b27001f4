"""Which functions promise to do something and do not."""

from __future__ import annotations

import ast
from collections import Counter
from typing import TYPE_CHECKING

from quality.model import Confidence, cached_property
from quality.rules import dotted_name
from quality_rules._substance import Nature, Text, own_name
from quality_rules.structure._excuses import Excuses
from quality_rules.structure._idleness import Idleness
from quality_rules.structure._tests import Tests
from quality_rules.structure._uses import Uses
from quality_rules.structure._wording import answers_others, asks

if TYPE_CHECKING:
    from quality.rules import Facts
    from quality_rules._substance import Callable, Judged
#: Special method that shows an object, or says what it is made of → what Python takes from it.
_WANTED: dict[str, type] = {
    **dict.fromkeys(("__repr__", "__str__"), str),
    **dict.fromkeys(("__getnewargs__", "__getnewargs_ex__"), tuple),
}


class Promises:
    """Finds what does no work and has no excuse, with how sure that is.

    Args:
        facts: The source's facts.
    """

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._text = facts.derived(Text)
        self._tests = facts.derived(Tests)
        self._uses = facts.derived(Uses)
        self._idleness = facts.derived(Idleness)

    def judge(self, function: Callable) -> Judged:
        """What a function comes to."""
        return self._text.judge(function)

    @cached_property
    def broken(self) -> dict[Callable, Confidence]:
        """The functions that do not keep their promise, with how sure that is.

        A method beside others that work may be a hook, whatever it looks like.
        """
        found: dict[Callable, Confidence] = {}
        # A decorator that changes nothing may mark what it decorates for readers.
        marks = set(self._uses.decorating.values())
        several = [unit for units in self._idleness.classes.values() if len(units) > 1 for unit in units]
        for unit in dict.fromkeys([*self._idleness.idle, *several]):
            owner = self._tests.owner(unit)
            works = (owner is not None and owner not in self._idleness.classes) or self._is_a_part(unit)
            works = works and not self._tests.is_empty(unit)
            excuses = self._facts.derived(Excuses)
            if not excuses.covers(unit):
                found[unit] = Confidence.LOW if works else Confidence.HIGH
                if own_name(unit) in marks or self._checks_for_others(unit):
                    found[unit] = Confidence.MEDIUM
                elif self._is_hint(unit):
                    found[unit] = Confidence.LOW
            elif excuses.is_only_marked(unit):
                unsure = works or excuses.is_one_case(unit) or self._is_hint(unit)
                found[unit] = Confidence.LOW if unsure else Confidence.MEDIUM
        found.update(dict.fromkeys(filter(self._equals_all, self._idleness.units), Confidence.HIGH))
        found.update(dict.fromkeys(filter(self.fails_python, self._idleness.units), Confidence.HIGH))
        return found

    def _is_a_part(self, unit: Callable) -> bool:
        """Tells whether a function is one of a class that stands in another one, whose methods do something."""
        owner = self._facts.class_of(unit)
        around = self._facts.parent(owner) if owner is not None else None
        return isinstance(around, ast.ClassDef) and any(
            self._facts.class_of(other) is around for other in self._working
        )

    def fails_python(self, function: Callable) -> bool:
        """Tells whether a special method answers constants that Python does not take from it: all that it does is to raise."""
        wanted = _WANTED.get(own_name(function))
        if wanted is None or self._facts.class_of(function) is None or self._facts.source.role == "test":
            return False
        answers = self._returned(function)
        return bool(answers) and all(
            isinstance(answer, ast.Constant) and not isinstance(answer.value, wanted) for answer in answers
        )

    def _equals_all(self, function: Callable) -> bool:
        """Tells whether a method says that an object is equal to whatever it is compared with; in tests it may be meant to."""
        wanted = {"__eq__": True, "__ne__": False}.get(own_name(function))
        if wanted is None or self._facts.source.role == "test":
            return False
        answers = [node.value for node in self._facts.within(function) if isinstance(node, ast.Return)]
        return bool(answers) and all(
            isinstance(answer, ast.Constant) and answer.value is wanted for answer in answers
        )

    def _is_hint(self, unit: Callable) -> bool:
        """Tells whether there may be a reason for a function that does nothing, as far as the text shows."""
        return (
            self._puts_together(unit)
            or self._is_default(unit)
            or self._is_called(unit)
            or self._tests.tries(unit)
        )

    def _checks_for_others(self, unit: Callable) -> bool:
        """Tells whether a function refuses something, and one that works calls it for nothing else."""
        refuses = any(isinstance(node, ast.Raise | ast.Assert) for node in self._facts.within(unit))
        return refuses and own_name(unit) in self._called_alone

    @cached_property
    def _called_alone(self) -> frozenset[str]:
        """Names of what functions that do something call as statements."""
        inside = (node for unit in self._working for node in self._facts.within(unit))
        calls = (node.value for node in inside if isinstance(node, ast.Expr))
        return frozenset(dotted_name(call.func) for call in calls if isinstance(call, ast.Call))

    def _is_called(self, unit: Callable) -> bool:
        """Tells whether a function gives an answer that somebody else asks for, with more than it needs, as it says itself."""
        if self._idleness.nature_of(unit) is not Nature.FIXED:
            return False
        own = {"self", "cls"} if self._tests.owner(unit) else set()
        given = self._text.parameters_of(unit).keys() - own
        unneeded = all(name.startswith("_") for name in given)
        return (bool(given) and unneeded) or (
            answers_others(own_name(unit)) and all(map(_is_reply, self._returned(unit)))
        )

    def _returned(self, unit: Callable) -> list[ast.expr | None]:
        return [node.value for node in self._facts.within(unit) if isinstance(node, ast.Return)]

    def _is_default(self, unit: Callable) -> bool:
        """Tells whether a record answers a question about itself with yes or no: what derives from it may differ."""
        owner = self._tests.owner(unit)
        if owner is None or isinstance(unit, ast.Lambda) or not asks(unit.name):
            return False
        returned = self._returned(unit)
        plain = all(isinstance(value, ast.Constant) and isinstance(value.value, bool) for value in returned)
        return bool(returned) and plain and owner in self._records

    @cached_property
    def _records(self) -> frozenset[ast.ClassDef]:
        """The classes whose objects are set up, and shown or entered, by methods that work."""
        owners = (
            self._facts.class_of(unit) for unit in self._idleness.units if unit not in self._idleness.idle
        )
        works = Counter(owner for owner in owners if owner is not None)
        return frozenset(owner for owner in self._idleness.classes if works[owner] > 1)

    def _puts_together(self, unit: Callable) -> bool:
        """Tells whether a function makes one value of its arguments, such as a key, for a function that works."""
        arguments = unit.args
        several = len(self._text.parameters_of(unit)) > 1 or arguments.vararg or arguments.kwarg
        return (
            bool(several)
            and self._idleness.nature_of(unit) is Nature.ECHO
            and self.judge(unit).groups
            and own_name(unit) in self._helpers
        )

    def is_of_idle_class(self, function: Callable) -> bool:
        """Tells whether a function is one of several methods of a class that does nothing: they are one stub."""
        owner = self._facts.class_of(function)
        return owner is not None and len(self._idleness.classes.get(owner, ())) > 1

    def of_nature(self, *natures: Nature) -> list[tuple[Callable, Confidence]]:
        """The broken promises of these natures, but for the methods of idle classes."""
        found = ((function, self.sureness(function, *natures)) for function in self.broken)
        return [(function, sure) for function, sure in found if sure is not None]

    def sureness(self, function: Callable, *natures: Nature) -> Confidence | None:
        """How sure it is that a function breaks its promise in one of these ways; None when it does not."""
        sure = self.broken.get(function)
        if (
            sure is None
            or self.is_of_idle_class(function)
            or self._idleness.nature_of(function) not in natures
        ):
            return None
        return sure

    @cached_property
    def _working(self) -> list[Callable]:
        return [unit for unit in self._idleness.units if unit not in self._idleness.idle]

    @cached_property
    def _helpers(self) -> frozenset[str]:
        """Names of what functions call that do something, and do not answer as it comes."""
        inside = (node for unit in self._working for node in self._facts.within(unit))
        answered = {node.value for node in self._facts.of(ast.Return)}
        calls = (node for node in inside if isinstance(node, ast.Call) and node not in answered)
        return frozenset(dotted_name(call.func).rpartition(".")[2] for call in calls)


def breaks_promises(facts: Facts) -> bool:
    """Whether any function does not keep its promise."""
    return bool(facts.derived(Promises).broken)


def _is_reply(answer: ast.expr | None) -> bool:
    """Tells whether an answer is a record or a text."""
    text = isinstance(answer, ast.Constant) and isinstance(answer.value, str | bytes)
    return text or isinstance(answer, ast.Dict)
