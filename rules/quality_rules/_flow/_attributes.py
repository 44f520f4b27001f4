"""What the attributes of a class's objects hold, as far as one method tells another."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import cached_property
from quality_rules._flow._values import UNKNOWN, Level, Value, join

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quality.rules import Facts


class Attributes:
    """Collects what methods and bodies of classes bind to attributes of the object itself.

    Args:
        facts: The source's facts.
    """

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._kept: dict[tuple[ast.ClassDef, str], Value] = {}

    def of(self, owner: ast.ClassDef, name: str) -> Value:
        """An attribute of an object of a class, as its methods see it."""
        return self._kept.get((owner, name), UNKNOWN)

    def keep(self, owner: ast.ClassDef, name: str, value: Value) -> None:
        """A method binds an attribute: other methods see what somebody outside of the program put there."""
        taints = tuple(taint for taint in value.taints if taint.origin.level >= Level.LOCAL)
        if taints:
            known = self._kept.get((owner, name))
            kept = Value(taints, value.unknown)
            self._kept[owner, name] = kept if known is None else join(known, kept)

    def keep_constants(self, owner: ast.ClassDef, values: Mapping[str, Value]) -> None:
        """The body of a class binds names: what is safe stays so where nothing binds an attribute of that name."""
        for name, value in values.items():
            if value.is_safe and name not in self._assigned:
                self._kept[owner, name] = value

    @cached_property
    def _assigned(self) -> frozenset[str]:
        """The names of attributes that anything binds or deletes."""
        return frozenset(
            node.attr for node in self._facts.of(ast.Attribute) if not isinstance(node.ctx, ast.Load)
        )
