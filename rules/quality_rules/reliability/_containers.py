"""What rules on empty containers of a function share."""

from __future__ import annotations

import ast
from abc import abstractmethod
from typing import TYPE_CHECKING

from quality.rules import AstRule, last_word, pairs_of, targets_of
from quality_rules._constants import is_empty

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quality.model import Source

#: Builtins that make a container that can be filled.
MAKERS = frozenset({"list", "set", "dict"})


class ContainerRule(AstRule):
    """Looks at the local names that one assignment alone binds, to an empty container, and that nothing else shares."""

    @classmethod
    def applies(cls, source: Source) -> bool:
        return source.role != "test"

    @abstractmethod
    def judge(self, place: ast.Name, uses: Sequence[ast.Name]) -> None:
        """Reports a container by how it is used.

        Args:
            place: Where its name is bound.
            uses: All reads of the name, in order; at least one.
        """

    def visit_Assign(self, statement: ast.Assign | ast.AnnAssign) -> None:
        (target, *others), value = targets_of(statement), statement.value
        if others or value is None:
            return
        self._check(target, value)
        for place, part in pairs_of(target, value):
            self._check(place, part)

    visit_AnnAssign = visit_Assign

    def _check(self, place: ast.expr, value: ast.expr) -> None:
        if not isinstance(place, ast.Name) or not _can_be_filled(value) or not is_empty(value):
            return
        function = self.facts.function(place)
        if function is None:
            return
        names, name = self.facts.names(function), place.id
        if len(names.stores.get(name, ())) > 1 or name in names.shared or name in names.parameters:
            return
        uses = names.loads.get(name, ())
        if uses:
            self.judge(place, uses)


def _can_be_filled(made: ast.expr) -> bool:
    """Tells whether something can be put into what an expression makes."""
    if isinstance(made, ast.Call):
        return last_word(made.func) in MAKERS
    return isinstance(made, ast.List | ast.Set | ast.Dict)
