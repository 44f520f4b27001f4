"""What a parameter is declared to be, and by which calls a framework fills it."""

from __future__ import annotations

import ast
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from quality.rules import last_word

if TYPE_CHECKING:
    from quality.rules import Facts


class Declared(NamedTuple):
    """What the head of a function says of a parameter.

    Attributes:
        kind: What it is, without what ``Annotated`` adds; None where that is not said.
        whole: The annotation, a name for one replaced by what it stands for.
        fillers: The calls by which a framework is told to fill it: the default, or what ``Annotated`` adds.
    """

    kind: ast.expr | None
    whole: ast.expr | None
    fillers: tuple[ast.Call, ...]


def declared(place: ast.arg, default: ast.expr | None, facts: Facts) -> Declared:
    """Reads ``user: User = Depends(find)``, ``user: Annotated[User, Depends(find)]``, and a name for the latter alike."""
    whole = place.annotation
    if isinstance(whole, ast.Name):
        whole = facts.derived(_names_of_annotations).get(whole.id, whole)
    parts = _annotated(whole)
    added = [default, *parts[1:]]
    return Declared(
        parts[0] if parts else whole, whole, tuple(each for each in added if isinstance(each, ast.Call))
    )


def _names_of_annotations(facts: Facts) -> dict[str, ast.expr]:
    """Name → the ``Annotated[…]`` that a text gives it, where that is all it gives it."""
    pairs = [
        (target.id, value)
        for _, targets, value in facts.assignments
        for target in targets
        if isinstance(target, ast.Name)
    ]
    times = Counter(name for name, _ in pairs)
    return {name: value for name, value in pairs if times[name] == 1 and _annotated(value)}


def _annotated(annotation: ast.expr | None) -> list[ast.expr]:
    """The type in ``Annotated[…]`` and what is added to it; nothing for any other annotation."""
    if not isinstance(annotation, ast.Subscript) or last_word(annotation.value) != "Annotated":
        return []
    return annotation.slice.elts if isinstance(annotation.slice, ast.Tuple) else []
