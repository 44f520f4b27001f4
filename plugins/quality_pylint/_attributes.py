"""Whom a text may give attributes to: what the same module defines."""

from __future__ import annotations

import contextlib
from typing import Any

from astroid.bases import Instance, Proxy
from astroid.exceptions import InferenceError
from astroid.objects import ExceptionInstance
from astroid.util import UninferableBase

#: Name of the module that every text is analysed as.
MODULE = "analysed_module"
#: Names of attributes that the text assigned to something of another module. They were not noted.
denied: set[str] = set()


def write_attribute(_builder: Any, node: Any) -> None:
    """Notes an assigned attribute with what owns it, if that is part of the same module.

    Stands in for astroid's, which notes it with whatever the target infers to. That may be a class of the
    standard library or a builtin, which later texts share.
    """
    module = node.root()
    with contextlib.suppress(InferenceError):
        for target in node.expr.infer():
            owner = _attributes_of(target, node.attrname)
            if owner is None:
                continue
            if target.root() is module:
                assigned = owner.setdefault(node.attrname, [])
                if node not in assigned:
                    assigned.append(node)
            elif module.name == MODULE:
                denied.add(node.attrname)


def _attributes_of(target: Any, name: str) -> dict[str, list[Any]] | None:
    """The names that an inferred value lets a text assign, or None when it lets nothing be assigned."""
    if type(target) in {Instance, ExceptionInstance}:  # constants and containers are instances of subclasses
        described = target._proxied  # noqa: SLF001 - the class that an instance stands for has no public name
        return described.instance_attrs if _has_room(described, name) else None
    if isinstance(target, Proxy | UninferableBase):
        return None
    attributes: dict[str, list[Any]] | None = getattr(
        target, "instance_attrs" if target.is_function else "locals", None
    )
    return attributes


def _has_room(described: Any, name: str) -> bool:
    """Tells whether a class lets its instances have an attribute."""
    try:
        slots = described.slots()
    except NotImplementedError:
        slots = None
    if slots and {name, "__dict__"}.isdisjoint(slot.value for slot in slots):
        return False
    return bool(described.qname() != "builtins.object")
