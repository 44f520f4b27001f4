"""What the classes of a source derive from."""

from __future__ import annotations

import ast
import builtins  # noqa: TID251 - only names that are known are looked at
from typing import TYPE_CHECKING

from quality.model import BUILTINS, cached_property, is_function
from quality.rules import dotted_name, is_placeholder
from quality_rules._words import words
from quality_rules.structure._tests import bases_of

if TYPE_CHECKING:
    from quality.rules import Facts

#: Decorators that do not give an idle body a meaning.
PLAIN_DECORATORS = words(
    """
    staticmethod classmethod property cached_property cache lru_cache wraps njit jit contextmanager
    asynccontextmanager final override total_ordering
    """
)
#: Bases that bring no method to override.
_NEUTRAL = frozenset({"ABC", "Generic", "NamedTuple", "TypedDict", "Enum", "object"})
#: What errors derive from.
ERRORS = frozenset(
    name
    for name, each in vars(builtins).items()
    if name in BUILTINS and isinstance(each, type) and issubclass(each, BaseException)
)


class Lineage:
    """Knows the bases of the classes of a source.

    Args:
        facts: The source's facts.
    """

    def __init__(self, facts: Facts) -> None:
        self._facts = facts

    @cached_property
    def declares(self) -> bool:
        """Tells whether a class of the text is more than its methods: by a decorator, or by what it derives from.

        One with nothing in it declares no more than a name.
        """
        classes = [node for node in self._facts.of(ast.ClassDef) if not all(map(is_placeholder, node.body))]
        bases = {dotted_name(base) for node in classes for base in bases_of(node)}
        marks = {dotted_name(each).rpartition(".")[2] for node in classes for each in node.decorator_list}
        # What the text itself defines is judged as it stands there; what nothing binds may be anything.
        foreign = {base for base in bases if base.partition(".")[0] in self._facts.bound} - self.classes
        # An error may say no more than what it is.
        errors = bases & ERRORS or any(base.endswith(("Error", "Exception")) for base in bases - self.classes)
        return bool(foreign - {"object"} or marks - PLAIN_DECORATORS or errors)

    @cached_property
    def _named(self) -> dict[str, ast.ClassDef]:
        return {node.name: node for node in self._facts.of(ast.ClassDef)}

    @cached_property
    def classes(self) -> frozenset[str]:
        """The names of the classes of the text."""
        return frozenset(self._named)

    @cached_property
    def bases(self) -> frozenset[str]:
        """The names of what classes of the text with methods derive from."""
        full = [each for each in self._facts.of(ast.ClassDef) if any(map(is_function, each.body))]
        return frozenset(dotted_name(base).rpartition(".")[2] for each in full for base in bases_of(each))

    def overrides(self, owner: ast.ClassDef) -> bool:
        """Tells whether a class has a base that the source imports or defines, and that may have methods."""
        return any(self._may_have_methods(dotted_name(base)) for base in bases_of(owner))

    def overrides_others(self, owner: ast.ClassDef) -> bool:
        """Tells whether a class has such a base that is not of the text, itself or by one that is."""
        pending, seen = [owner], set[ast.ClassDef]()
        while pending:
            each = pending.pop()
            if each in seen:
                continue
            seen.add(each)
            bases = {dotted_name(base) for base in bases_of(each)}
            if any(base not in self.classes and self._may_have_methods(base) for base in bases):
                return True
            pending += [self._named[base] for base in bases & self.classes]
        return False

    def head_of(self, owner: ast.ClassDef) -> str:
        """The name of one class that stands for a class's family: two classes are related where it is the same."""
        return self._heads[owner.name]

    @cached_property
    def _heads(self) -> dict[str, str]:
        families = {id(family): family for family in self._families.values()}
        return {name: head for family in families.values() for head in [min(family)] for name in family}

    @cached_property
    def _families(self) -> dict[str, set[str]]:
        """Class of the text → the classes that bases connect it with, itself too."""
        found = {name: {name} for name in self.classes}
        for node in self._facts.of(ast.ClassDef):
            for base in bases_of(node):
                above = found.get(dotted_name(base).rpartition(".")[2])
                own = found[node.name]
                if above is not None and above is not own:
                    fewer, more = sorted((own, above), key=len)
                    more |= fewer
                    found.update(dict.fromkeys(fewer, more))
        return found

    def _may_have_methods(self, base: str) -> bool:
        if base.rpartition(".")[2] in _NEUTRAL or base.partition(".")[0] not in self._facts.bound:
            return False
        return base not in self._bare

    @cached_property
    def _bare(self) -> frozenset[str]:
        """Names of the classes of the text that have neither a method nor a base."""
        classes = self._facts.of(ast.ClassDef)
        full = {node.name for node in classes if bases_of(node) or any(map(is_function, node.body))}
        return self.classes - full
