"""Whether a text as a whole does anything."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from quality.model import BUILTINS, cached_property, is_function
from quality.rules import body_of, positional_of
from quality_rules._constants import is_several
from quality_rules._dead import is_unreachable, never_read
from quality_rules._substance import Nature, SilentText, Text, is_telling, own_name
from quality_rules._words import words
from quality_rules.structure._alike import ALONE, words_of
from quality_rules.structure._computed import Computed
from quality_rules.structure._excuses import Excuses
from quality_rules.structure._idleness import Idleness
from quality_rules.structure._interfaces import Interfaces
from quality_rules.structure._lineage import Lineage
from quality_rules.structure._listed import is_factual, is_table
from quality_rules.structure._wording import answers_others, is_marker

if TYPE_CHECKING:
    from quality.rules import Facts
    from quality_rules._substance import Callable

#: By which somebody gets a value, or something is done with it.
_ANSWERING = (ast.Return, ast.Expr, ast.Yield, ast.YieldFrom, ast.Await)
_REFUSING = (ast.Raise, ast.Assert)
#: Fewest functions that are a series.
_SERIES = 6
#: Names of functions that only show something.
_TELLING = re.compile(
    r"(?:^|_)(?:print|show|display|say|tell|announce|greet(?:ing)?|hello|welcome|banner|usage|help|message)s?(?:_|$)"
)
#: Parameters of functions that others call, with more than each of them needs.
_OF_CALLERS = words(
    """
    application args bot client cls context ctx data environ event frame info interaction kwargs message msg obj request response root
    scope self sender session sig signal signum start_response state update user
    """
)
_NUMBER = re.compile(r"\d+")


class Hollow:
    """Judges a text with functions as a whole.

    One function without parameters may be a constant, and one message may be all that is wanted, as some names say. Where there is nothing
    but such functions, nobody asks for them, and the code outside of them does nothing, there is nothing to judge.

    Args:
        facts: The source's facts.
    """

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._idleness = facts.derived(Idleness)

    @cached_property
    def is_hollow(self) -> bool:
        """Tells whether no function computes, reads or changes anything, nor does the code outside of them."""
        return (
            self.is_idle
            and self._is_still
            and not self._facts.derived(Lineage).declares
            and not all(map(self._is_of_marker, self._idleness.units))
        )

    @cached_property
    def is_idle(self) -> bool:
        """Tells whether there are functions, none of them works, and none may be meant to do nothing."""
        return bool(self._idleness.units) and not any(map(self.counts, self._idleness.units))

    @cached_property
    def is_numbered(self) -> bool:
        """Tells whether there is nothing but one short function over and over, with another number."""
        functions = [unit for unit in self._idleness.units if is_function(unit)]
        if not _SERIES <= len(functions) == len(self._idleness.units):
            return False
        names = {_NUMBER.sub("", function.name) for function in functions}
        bodies = {words_of(self._facts, function) for function in functions}
        short = self._facts.size(functions[0]) < ALONE
        return len(names) == len(bodies) == 1 and short and self._is_still

    @property
    def _is_still(self) -> bool:
        """Tells whether the code outside of functions does nothing."""
        return self._facts.derived(SilentText).module_effect <= Nature.FIXED

    @cached_property
    def _tells(self) -> bool:
        """Tells whether anything may write a message."""
        return "print" in self._facts.words or any(map(is_telling, self._facts.packages))

    def counts(self, unit: Callable) -> bool:
        """Tells whether a function works, or may be meant to do nothing, and may run."""
        facts = self._facts
        works = (
            (self._works(unit) and not self._is_deaf(unit) and not self._only_leaves(unit))
            or (facts.derived(Excuses).is_meant(unit) and unit not in self._tables)
            or self._idleness.uses_others(unit)
            or facts.derived(Interfaces).directs(unit)
        )
        return works and not is_unreachable(facts, unit)

    @cached_property
    def _tables(self) -> frozenset[Callable]:
        """The functions that look answers up: whoever calls them, that is not nothing on purpose."""
        idleness = self._idleness
        return frozenset(unit for unit in idleness.idle if idleness.nature_of(unit) is Nature.LISTED)

    def _is_deaf(self, unit: Callable) -> bool:
        """Tells whether a function answers by none of the arguments that it asks for; somebody else calls it, if these say so."""
        if not is_function(unit) or self._facts.class_of(unit) is not None or answers_others(unit.name):
            return False
        asked = {each.arg for each in positional_of(unit.args)}
        if not asked or not asked.isdisjoint(_OF_CALLERS) or any(name.startswith("_") for name in asked):
            return False
        body = body_of(unit)
        if any(name.id in asked for part in body for name in self._facts.inside(part, ast.Name)):
            return False  # it looks at an argument
        names = set().union(*map(self._facts.names_in, body))
        if not names <= self._facts.bound | BUILTINS:
            return False  # it was cut out of what it looks at
        answers = any(
            each.value is not None for part in body for each in self._facts.inside(part, ast.Return)
        )
        still = len(body) == 1 or self._facts.derived(Text).effect(unit) <= Nature.FIXED
        return answers and still

    def _only_leaves(self, unit: Callable) -> bool:
        """Tells whether a function that is asked nothing ends the program as if all were done, and does no more."""
        text = self._facts.derived(Text)
        return not text.parameters_of(unit).keys() - {"self", "cls"} and text.judge(unit).ends_well

    def _works(self, unit: Callable) -> bool:
        # Without messages both judge alike, but that a guess is an answer for one of them; this one is made already.
        if not self._tells and self._facts.derived(Text).nature(unit) in {Nature.FORM, Nature.WORK}:
            return True
        if self._tells and self._promises_to_tell(unit):
            return True
        silent = self._facts.derived(SilentText)
        if silent.works(unit):
            return True
        judged = silent.judge(unit)
        if judged.nature is Nature.LISTED:
            return is_factual(self._facts, judged) or not is_table(self._facts, unit, judged)
        if judged.nature is Nature.FORM:
            return True
        return judged.nature <= Nature.FIXED and self._gives(unit) and self._has_substance(unit)

    def _promises_to_tell(self, unit: Callable) -> bool:
        """Tells whether a function shows something, and says no more by its name."""
        if _TELLING.search(own_name(unit)) is None:
            return False
        return self._facts.derived(Text).effect(unit) is Nature.WORK

    def _has_substance(self, unit: Callable) -> bool:
        """Tells whether a function of no arguments computes something of numbers, or gives several things."""
        unread = self._unread(unit)
        body = unit.body if isinstance(unit.body, list) else [unit.body]
        inside = [node for part in body for node in self._facts.within(part) if node not in unread]
        yields = sum(isinstance(node, ast.Yield) for node in inside)
        computed = self._facts.derived(Computed).is_computed
        return yields > 1 or any(is_several(node) or computed(node) for node in inside)

    def _gives(self, unit: Callable) -> bool:
        """Tells whether a function answers, refuses, or calls anything for what that does: else nobody gets what it computes."""
        inside = self._facts.within(unit)
        answers = (node.value for node in inside if isinstance(node, _ANSWERING))
        given = any(value is not None and not isinstance(value, ast.Constant) for value in answers)
        return given or isinstance(unit, ast.Lambda) or any(isinstance(node, _REFUSING) for node in inside)

    def _unread(self, unit: Callable) -> frozenset[ast.AST]:
        """What a function assigns to names that it never reads."""
        if isinstance(unit, ast.Lambda):
            return frozenset()
        facts = self._facts
        places = (place for _, each in never_read(facts, unit) for place in each)
        statements = dict.fromkeys(facts.parent(place) or place for place in places)
        return frozenset(node for statement in statements for node in facts.within(statement))

    def _is_of_marker(self, unit: Callable) -> bool:
        """Tells whether a function is a method of a class whose object is only told from others, as its text says."""
        owner = self._facts.class_of(unit)
        return owner is not None and is_marker(owner)
