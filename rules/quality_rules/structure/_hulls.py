"""Classes with nothing in them that nothing uses."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import cached_property
from quality.rules import is_placeholder
from quality_rules.structure._tests import bases_of
from quality_rules.structure._wording import stands_for_nothing

if TYPE_CHECKING:
    from quality.rules import Facts

#: How the names of what is raised end.
_RAISED = ("Error", "Exception", "Warning")


class Hulls:
    """Finds the classes of the module that do nothing by themselves, and that nothing in the text, nor their name, gives a meaning.

    One has no body, and is derived from nothing or from such classes only. What reads its name, derives something from it that
    has a body, or would raise it, uses it. Data, imports and functions beside it do not make it more.

    Args:
        facts: The source's facts.
    """

    def __init__(self, facts: Facts) -> None:
        self._facts = facts

    def found(self) -> list[ast.ClassDef]:
        """The classes, in the order of the text."""
        return [node for name, node in self._empty.items() if name not in self._read]

    @cached_property
    def _empty(self) -> dict[str, ast.ClassDef]:
        """Name → a class of the module without a body, a decorator or a base that is not one of these itself."""
        found: dict[str, ast.ClassDef] = {}
        for node in self._facts.of(ast.ClassDef):  # a base stands above what derives from it
            bases = [base.id if isinstance(base, ast.Name) else "" for base in bases_of(node)]
            if self._is_bare(node) and all(base == "object" or base in found for base in bases):
                found[node.name] = node
        return found

    def _is_bare(self, node: ast.ClassDef) -> bool:
        said = node.name.endswith(_RAISED) or stands_for_nothing(node.name)
        plain = not (node.decorator_list or node.keywords or said)
        return plain and all(map(is_placeholder, node.body)) and self._facts.is_of_module(node)

    @cached_property
    def _read(self) -> frozenset[str]:
        """What is read anywhere but as a base of such classes, or written in a text, as in an annotation."""
        facts = self._facts
        above = {base for node in self._empty.values() for base in bases_of(node)}
        read = {node.id for node in facts.of(ast.Name) if node not in above}
        told = {node.value for node in facts.of(ast.Constant) if isinstance(node.value, str)}
        return frozenset(read | facts.source.passed_over | told)
