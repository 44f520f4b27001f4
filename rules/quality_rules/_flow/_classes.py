"""What the classes of a source show of their objects: which argument becomes which attribute, and what that can be."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from quality.model import is_function
from quality.rules import ASSIGNMENTS, last_word, positional_of, targets_of
from quality_rules._flow._functions import names_in
from quality_rules._flow._knowledge import HARMLESS_TYPES
from quality_rules._flow._values import NUMBER, PLAIN, Value, doubted, merge

if TYPE_CHECKING:
    from quality.rules import Facts
    from quality_rules._flow._calls import Called

_ENUMERATIONS: Final = frozenset(
    {"Enum", "IntEnum", "StrEnum", "Flag", "IntFlag", "TextChoices", "IntegerChoices"}
)
#: What makes a class of the fields that it lists.
_RECORDS: Final = frozenset(
    {"dataclass", "define", "frozen", "NamedTuple", "BaseModel", "Struct", "TypedDict", "Schema", "SQLModel"}
)
_MOST_OBJECTS: Final = 500


class Classes:
    """The classes of a source.

    Args:
        facts: The source's facts.
    """

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._typed: dict[ast.AST, bool] = {}
        self._by_name = {node.name: node for node in facts.of(ast.ClassDef) if facts.is_of_module(node)}
        self._objects: list[dict[str, Value]] = []

    @property
    def known(self) -> bool:
        """Whether there are any."""
        return bool(self._by_name)

    def named(self, name: str) -> ast.ClassDef | None:
        """The class of a name, where it is defined at the top of the source."""
        return self._by_name.get(name)

    def parameter(self, annotation: ast.expr | None, value: Value) -> Value:
        """A parameter's value, with what its annotation says when that is a class of the source."""
        if annotation is None:
            return value
        found = next((name for name in names_in(annotation) if name in self._by_name), None)
        if found is None:
            return value
        return PLAIN if is_enumeration(self._by_name[found]) else value._replace(tag=f"of {found}")

    def made(self, owner: ast.ClassDef, called: Called) -> Value:
        """The object that a call of a class makes."""
        if is_enumeration(owner):
            # It raises unless the argument is one of the values that are written out.
            return PLAIN._replace(tag="member")
        whole = doubted(merge(called.given))
        if len(self._objects) >= _MOST_OBJECTS:
            return whole
        self._objects.append(_fields(owner, called))
        return whole._replace(tag=f"new {len(self._objects) - 1}")

    def attribute(self, base: Value, name: str) -> Value | None:
        """An attribute of an object of the source; None when nothing is known of it."""
        kind, _, which = base.tag.partition(" ")
        if kind == "member":
            return PLAIN
        if kind == "new":
            return self._objects[int(which)].get(name)
        return NUMBER if kind == "of" and _is_harmless(self._by_name[which], name) else None

    def is_typed(self, owner: ast.ClassDef) -> bool:
        """Tells whether methods of a class say what kind of text they send."""
        known = self._typed.get(owner)
        if known is None:
            texts = (node for node in self._facts.within(owner) if isinstance(node, ast.Constant))
            known = any(isinstance(n.value, str) and n.value.lower() == "content-type" for n in texts)
            self._typed[owner] = known
        return known


def is_enumeration(owner: ast.ClassDef) -> bool:
    """Tells whether a class has a fixed list of values."""
    return any(last_word(base) in _ENUMERATIONS for base in owner.bases)


def _fields(owner: ast.ClassDef, called: Called) -> dict[str, Value]:
    """Attribute → the argument that it gets."""
    given = {name: value for name, value in called.named.items() if name is not None}
    makers = [*owner.bases, *owner.decorator_list]
    makers = [maker.func if isinstance(maker, ast.Call) else maker for maker in makers]
    if any(last_word(maker) in _RECORDS for maker in makers):
        listed = [
            node.target.id
            for node in owner.body
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
        ]
        return {**dict(zip(listed, called.args, strict=False)), **given}
    maker = next((node for node in owner.body if is_function(node) and node.name == "__init__"), None)
    if maker is None:
        return {}
    places = [place.arg for place in positional_of(maker.args)[1:]]
    bound = {**dict(zip(places, called.args, strict=False)), **given}
    return {
        target.attr: bound[node.value.id]
        for node in maker.body
        if isinstance(node, ASSIGNMENTS) and isinstance(node.value, ast.Name) and node.value.id in bound
        for target in targets_of(node)
        if isinstance(target, ast.Attribute)
    }


def _is_harmless(owner: ast.ClassDef, name: str) -> bool:
    """Tells whether a class says that an attribute is a number or the like."""
    for node in owner.body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.target.id == name:
            words = names_in(node.annotation)
            return bool(words & HARMLESS_TYPES) and "str" not in words
    return False
