"""Who gives a resource back that is opened without ``with``."""

from __future__ import annotations

from typing import Any

from astroid import nodes

from quality_pylint._decorators import last_name

#: Methods that give a resource back.
_CLOSING = frozenset({"cleanup", "close", "kill", "release", "shutdown", "stop", "terminate"})


def is_closed_by_others(opening: Any) -> bool:
    """Tells whether what closes it is handed on, or it belongs to an object: one that wraps it, or whose method closes it.

    Args:
        opening: The call that opens it.
    """
    user = opening.parent
    if isinstance(user, nodes.Call):
        return opening in user.args and last_name(user)[:1].isupper()
    target = user.targets[0] if isinstance(user, nodes.Assign) else None
    if isinstance(target, nodes.AssignAttr):
        owner = target.frame().parent
        calls = owner.nodes_of_class(nodes.Call) if isinstance(owner, nodes.ClassDef) else ()
        return any(_closes(call.func, target.as_string()) for call in calls)
    if not isinstance(target, nodes.AssignName):
        return False
    handed = (each for call in opening.frame().nodes_of_class(nodes.Call) for each in call.args)
    return any(_closes(each, target.name) for each in handed)


def is_closed_at_last(opening: Any) -> bool:
    """Tells whether ``try`` stands right behind the call that opens it, and ``finally`` closes it."""
    statement = opening.statement()
    behind = statement.next_sibling()
    if not isinstance(behind, nodes.Try) or not behind.finalbody:
        return False
    target = (
        statement.targets[0] if isinstance(statement, nodes.Assign) else getattr(opening.func, "expr", None)
    )
    said = "" if target is None else target.as_string()
    calls = (call.func for each in behind.finalbody for call in each.nodes_of_class(nodes.Call))
    return any(_closes(each, said) for each in calls)


def _closes(function: Any, said: str) -> bool:
    named = isinstance(function, nodes.Attribute) and function.attrname in _CLOSING
    return named and bool(function.expr.as_string() == said)
