"""Which classes work beside or below one that does nothing, so that it may be one case of several."""

from __future__ import annotations

import ast
from itertools import islice
from typing import TYPE_CHECKING

from quality.model import cached_property, is_function
from quality.rules import dotted_name
from quality_rules._substance import own_name
from quality_rules.structure._idleness import SETTING_UP, Idleness
from quality_rules.structure._lineage import Lineage
from quality_rules.structure._tests import Tests, bases_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quality.model import FunctionNode
    from quality.rules import Facts

#: So many classes are compared with one that does nothing.
_COMPARED = 16


class Beside:
    """Knows the classes of a text that work.

    Args:
        facts: The source's facts.
    """

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._tests = facts.derived(Tests)
        self._lineage = facts.derived(Lineage)
        self._idleness = facts.derived(Idleness)
        self._methods: dict[ast.ClassDef, dict[str, FunctionNode]] = {}

    def is_alternative(self, owner: ast.ClassDef, name: str) -> bool:
        """Tells whether a class that does nothing is one of several, of which another works.

        Args:
            owner: The class.
            name: The method by which it does nothing.
        """
        return owner.name in self._bases or self._is_one_case(owner, name) or owner in self._stand_ins

    def is_filled_in(self, owner: ast.ClassDef, name: str) -> bool:
        """Tells whether a class that derives from the owner works by the method of a name."""
        return (owner.name, name) in self._cases

    @cached_property
    def _working(self) -> list[ast.ClassDef]:
        return [each for each in self._facts.of(ast.ClassDef) if each not in self._idleness.classes]

    @cached_property
    def _bases(self) -> frozenset[str]:
        """Names of the bases of classes that work."""
        working = (each for each in self._working if any(map(is_function, each.body)))
        return frozenset(dotted_name(base).rpartition(".")[2] for each in working for base in bases_of(each))

    def _is_one_case(self, owner: ast.ClassDef, name: str) -> bool:
        """Tells whether a class beside the owner, with a base of the text in common, works by a method of one name.

        Then the owner's is one case of several, for which a constant may be the answer.
        """
        return any((dotted_name(base), name) in self._cases for base in bases_of(owner))

    @cached_property
    def _cases(self) -> frozenset[tuple[str, str]]:
        """Bases of the text, with the names of methods by which classes that derive from them work."""
        found: set[tuple[str, str]] = set()
        for owner in self._working:
            bases = {dotted_name(base) for base in bases_of(owner)} & self._lineage.classes
            methods = filter(is_function, owner.body if bases else ())
            working = [method.name for method in methods if not self._idleness.is_idle(method)]
            found.update((base, name) for base in bases for name in working)
        return frozenset(found)

    @cached_property
    def _stand_ins(self) -> frozenset[ast.ClassDef]:
        """The classes that do nothing whose methods another class has too, and works by one of them.

        Then it stands where the other may: a cache that keeps nothing, a full price beside discounts. What sets an object
        up or shows it, all classes have.
        """
        working: dict[str, dict[ast.ClassDef, None]] = {}
        for unit in self._idleness.units:
            owner = self._tests.owner(unit)
            if owner is not None and owner not in self._idleness.classes:
                working.setdefault(own_name(unit), {})[owner] = None
        found: set[ast.ClassDef] = set()
        for owner, units in self._idleness.classes.items():
            asked = {own_name(unit) for unit in units} - SETTING_UP
            if not asked:
                continue
            names = sorted(asked, key=lambda name: len(working.get(name, ())))
            alike = islice(working.get(names[0], ()), _COMPARED)
            if any(self._serves_as(other, names, working) for other in alike):
                found.add(owner)
        return frozenset(found)

    def _serves_as(
        self, other: ast.ClassDef, names: Sequence[str], working: Mapping[str, Mapping[ast.ClassDef, None]]
    ) -> bool:
        """Tells whether a class has all of some methods and works by one of them."""
        if not all(other in working.get(name, ()) for name in names):
            return False
        if other not in self._methods:
            self._methods[other] = {each.name: each for each in other.body if is_function(each)}
        own = self._methods[other]
        return any(name in own and own[name] not in self._idleness.idle for name in names)
