"""What a class leaves to the classes below it, or gives its objects by another name than ``self``."""

from __future__ import annotations

from typing import Any

from astroid import nodes
from pylint.checkers import utils

from quality_pylint._decorators import last_name
from quality_pylint._index import once_a_text

#: A class with more classes below it is not looked at.
_MOST_CLASSES = 60


def is_given_below(node: Any) -> bool:
    """Tells whether every class of the module that is made from a method's class has the attribute of ``self``.

    pylint misses such an attribute in the class above, which is not made to have objects of its own: a template
    method, or what several classes share. Where no class is made from it, or one lacks the attribute, it is right.

    Args:
        node: What pylint reports.
    """
    if not isinstance(node, nodes.Attribute) or not is_of_self(node):
        return False
    above = node.frame().parent  # a comprehension has a scope of its own, and no frame
    owner = above.frame() if above is not None else None
    if not isinstance(owner, nodes.ClassDef):
        return False
    return is_given_by_all_below(owner, node.attrname)


def is_of_self(node: Any) -> bool:
    """Tells whether something is an attribute of ``self`` or ``cls``."""
    return isinstance(node, nodes.Attribute | nodes.AssignAttr) and (
        getattr(node.expr, "name", "") in {"self", "cls"}
    )


def is_given_by_all_below(owner: Any, attribute: str) -> bool:
    """Tells whether classes of the module are made from a class, and each of them has an attribute."""
    pending = [*_made_from(owner)]
    seen = {owner}
    found = bool(pending)
    while pending and found and len(seen) < _MOST_CLASSES:
        described = pending.pop()
        if described in seen:
            continue
        seen.add(described)
        if attribute not in described.locals and attribute not in described.instance_attrs:
            below = _made_from(described)
            found = bool(below)
            pending += below
    return found and not pending


def has_room_below(node: Any) -> bool:
    """Tells whether a class of the module that is made from a method's class has room for what is assigned to ``self``.

    Where ``__slots__`` of what several classes share are empty, the objects of those classes keep what its methods give them.

    Args:
        node: What pylint reports.
    """
    owner = utils.node_frame_class(node) if is_of_self(node) else None
    pending, seen = [] if owner is None else [*_made_from(owner)], set[Any]()
    while pending and len(seen) < _MOST_CLASSES:
        described = pending.pop()
        if described in seen:
            continue
        seen.add(described)
        slots = slots_of(described)
        if slots is None or not slots.isdisjoint({node.attrname, "__dict__"}):
            return True
        pending += _made_from(described)
    return False


def slots_of(owner: Any) -> set[str] | None:
    """The names in ``__slots__`` of a class, as far as they are written there; None where it has none."""
    if "__slots__" not in owner.locals:
        return None
    bound = (each.parent for each in owner.locals["__slots__"])
    values = (each.value for each in bound if isinstance(each, nodes.Assign | nodes.AnnAssign))
    written = (const for value in values if value is not None for const in value.nodes_of_class(nodes.Const))
    return {const.value for const in written if isinstance(const.value, str)}


def is_called(owner: Any) -> bool:
    """Tells whether the module of a class calls something of its name: whether it has objects of its own."""
    module = owner.root()
    called: frozenset[str] = once_a_text("called", lambda: _called(module), module)
    return owner.name in called


def is_given_to_the_kept(node: Any) -> bool:
    """Tells whether a class gives the attribute to the object that it keeps: ``cls._instance.values = {}``.

    pylint takes what the class keeps for the None that it begins with, so it misses the attribute in ``self``.

    Args:
        node: What pylint reports.
    """
    if not isinstance(node, nodes.Attribute) or getattr(node.expr, "name", "") != "self":
        return False
    owner = utils.node_frame_class(node)
    if owner is None:
        return False
    given = (each for each in owner.nodes_of_class(nodes.AssignAttr) if each.attrname == node.attrname)
    return any(
        isinstance(each.expr, nodes.Attribute) and getattr(each.expr.expr, "name", "") in {"cls", owner.name}
        for each in given
    )


def _called(module: Any) -> frozenset[str]:
    return frozenset(last_name(call) for call in module.nodes_of_class(nodes.Call))


def _made_from(owner: Any) -> list[Any]:
    """The classes of the module that name a class as their base."""
    module = owner.parent
    if not isinstance(module, nodes.Module):
        return []
    made: dict[str, list[Any]] = once_a_text("made-from", lambda: _by_base(module), module)
    return made.get(owner.name, [])


def _by_base(module: Any) -> dict[str, list[Any]]:
    """Name of a class → the classes of the module that are made from it."""
    found: dict[str, list[Any]] = {}
    for other in module.body:
        for base in other.bases if isinstance(other, nodes.ClassDef) else ():
            if isinstance(base, nodes.Name):
                found.setdefault(base.name, []).append(other)
    return found
