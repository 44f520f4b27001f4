"""Signatures that several classes of a module share."""

from __future__ import annotations

from typing import Any
from weakref import WeakKeyDictionary

from astroid import nodes

#: Module → name of a method → for each class that has it, the names of its parameters.
_known: WeakKeyDictionary[Any, dict[str, dict[Any, frozenset[str]]]] = WeakKeyDictionary()


def is_asked_for_by_others(argument: Any) -> bool:
    """Tells whether an unused parameter of a method is one that other classes of the module have there too.

    Who is called in place of others gets what they get: that one of them needs less is no reason to leave it out.

    Args:
        argument: What pylint reports: the name of the parameter.
    """
    method = argument.scope()
    owner = method.parent if isinstance(method, nodes.FunctionDef) else None
    if not isinstance(owner, nodes.ClassDef):
        return False
    module = owner.root()
    known = _known.get(module)
    if known is None:
        known = _known[module] = {}
        for described in module.body:
            for each in described.body if isinstance(described, nodes.ClassDef) else ():
                if isinstance(each, nodes.FunctionDef) and not each.name.startswith("__"):
                    known.setdefault(each.name, {})[described] = frozenset(each.argnames())
    name = getattr(argument, "name", "")
    named = sum(name in names for names in known.get(method.name, {}).values())
    return named > 1 and len(method.argnames()) > 1
