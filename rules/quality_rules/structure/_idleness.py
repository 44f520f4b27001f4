"""Which functions and classes do no work, for whatever reason."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import cached_property, is_function
from quality.rules import body_of, decorators
from quality_rules._substance import Nature, SilentText, Text, own_name
from quality_rules._words import words
from quality_rules.structure._handing import Handing
from quality_rules.structure._interfaces import Interfaces
from quality_rules.structure._listed import is_table
from quality_rules.structure._tests import Tests
from quality_rules.structure._uses import Uses

if TYPE_CHECKING:
    from quality.rules import Facts
    from quality_rules._substance import Callable

#: Decorators of functions that say by a yield what they stand around.
_MANAGING = frozenset({"contextmanager", "asynccontextmanager"})
#: Special methods that set an object up or show it: a class that has no other works no more than one without.
SETTING_UP = words(
    """
    __init__ __new__ __post_init__ __del__ __enter__ __exit__ __aenter__ __aexit__ __repr__ __str__
    __init_subclass__ __set_name__ __getnewargs__ __getnewargs_ex__
    """
)
#: Special methods whose answer nobody asks for: they act or do nothing.
_ACTING = frozenset({"__init__", "__post_init__", "__del__", "__init_subclass__", "__set_name__"})
_YIELDS = (ast.Yield, ast.YieldFrom)


class Idleness:
    """Finds the idle among the outermost functions and methods of a source, and lambdas of the module and of classes.

    Args:
        facts: The source's facts.
    """

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._text = facts.derived(Text)
        self._tests = facts.derived(Tests)
        self._uses = facts.derived(Uses)

    @property
    def units(self) -> list[Callable]:
        """The functions that are judged."""
        return self._uses.units

    def nature_of(self, unit: Callable) -> Nature:
        """What a function comes to, where what it says and what it directs counts as well."""
        if self._tests.is_empty(unit) or self._never_yields(unit):
            return Nature.NOTHING
        if self._text.works(unit):
            return Nature.WORK
        judged = self._text.judge(unit)
        # What only calls the method above it is no stub, though nobody needs it.
        works = judged.hands_up or self.uses_others(unit) or self._facts.derived(Interfaces).directs(unit)
        return Nature.WORK if works else judged.nature

    @cached_property
    def idle(self) -> dict[Callable, None]:
        """The functions that do not work, excused or not."""
        return dict.fromkeys(unit for unit in self.units if self.is_idle(unit))

    @cached_property
    def classes(self) -> dict[ast.ClassDef, list[Callable]]:
        """The classes with methods of which none does anything, setting up and showing aside, with those methods."""
        methods: dict[ast.ClassDef, list[Callable]] = {}
        for unit in self.units:
            owner = self._facts.class_of(unit)
            if owner is not None:
                methods.setdefault(owner, []).append(unit)
        if not methods:
            return {}
        told = {
            owner: [u for u in units if own_name(u) not in SETTING_UP] or units
            for owner, units in methods.items()
        }
        idle = set(self.idle)
        # One constant is a fact; where there is nothing but constants, nothing is done.
        fixed = {unit for unit in self.units if self.nature_of(unit) in {Nature.FIXED, Nature.ECHO}}
        return {
            owner: units
            for owner, units in told.items()
            if idle.issuperset(units) or (len(units) > 1 and (idle | fixed).issuperset(units))
        }

    def is_idle(self, unit: Callable) -> bool:
        """Tells whether a function does not work, though it promises to by what it is given."""
        nature = self.nature_of(unit)
        if nature is Nature.LISTED:
            return is_table(self._facts, unit, self._text.judge(unit))
        if nature in {Nature.FIXED, Nature.ECHO}:
            own = self._facts.class_of(unit) is not None
            if own and own_name(unit) in _ACTING:
                return not self._checks(unit)
            asked = set(self._text.parameters_of(unit)) - ({"self", "cls"} if own else set())
            return self.is_cut_off(unit) or (bool(asked) and not (own and _gives_itself(unit)))
        return nature is Nature.NOTHING or nature is Nature.BORROWED

    def is_cut_off(self, unit: Callable) -> bool:
        """Tells whether a function answers a constant before it comes to what it would do."""
        ended = False
        for statement in body_of(unit) if is_function(unit) else ():
            inside = self._facts.within(statement)
            if ended and any(isinstance(node, ast.Call) for node in inside):
                return not any(isinstance(node, _YIELDS) for node in self._facts.within(unit))
            ended = ended or isinstance(statement, ast.Return)
        return False

    def _checks(self, unit: Callable) -> bool:
        """Tells whether a function refuses what it does not like."""
        return any(isinstance(node, ast.Raise | ast.Assert) for node in self._facts.within(unit))

    def uses_others(self, unit: Callable) -> bool:
        """Tells whether a function is a test of what another module does, or uses it for something of its own."""
        if self._text.judge(unit).nature is not Nature.BORROWED:
            return False
        if is_function(unit) and self._tests.is_test(unit):
            return self._tests.expects(unit)
        return not self._facts.derived(Handing).only_hands_on(unit)

    def _never_yields(self, unit: Callable) -> bool:
        """Tells whether a function is said to manage a context, and neither yields nor works."""
        if isinstance(unit, ast.Lambda) or _MANAGING.isdisjoint(decorators(unit)):
            return False
        inside = self._facts.within(unit)
        if any(isinstance(node, _YIELDS) for node in inside):
            return False
        return self._facts.derived(SilentText).judge(unit).nature < Nature.FORM


def _gives_itself(unit: Callable) -> bool:
    """Tells whether a method only gives its own object back."""
    returned = [n.value for n in ast.walk(unit) if isinstance(n, ast.Return)]
    return bool(returned) and all(
        isinstance(value, ast.Name) and value.id in {"self", "cls"} for value in returned
    )
