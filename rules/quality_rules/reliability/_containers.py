"""What rules on empty containers of a function share."""

from __future__ import annotations

import ast
from abc import abstractmethod
from typing import TYPE_CHECKING

from quality.rules import AstRule
from quality_rules._constants import is_empty

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quality.model import Source

#: What a container is made with that can be filled.
_MADE = (ast.List, ast.Set, ast.Dict, ast.Call)


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

    def visit_Assign(self, statement: ast.Assign) -> None:
        target, value = statement.targets[0], statement.value
        if len(statement.targets) > 1:
            return
        if isinstance(target, ast.Name):
            self._check(target, value)
        elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
            for place, part in zip(target.elts, value.elts, strict=False):
                self._check(place, part)

    def visit_AnnAssign(self, statement: ast.AnnAssign) -> None:
        if statement.value is not None:
            self._check(statement.target, statement.value)

    def _check(self, place: ast.expr, value: ast.expr) -> None:
        if not isinstance(value, _MADE) or not isinstance(place, ast.Name) or not is_empty(value):
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
