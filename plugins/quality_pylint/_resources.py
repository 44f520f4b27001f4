"""Who gives a resource back that is opened without ``with``."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from astroid import nodes

from quality_pylint._decorators import last_name
from quality_pylint._index import once_a_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: Methods that give a resource back.
_CLOSING = frozenset({"cleanup", "close", "kill", "release", "shutdown", "stop", "terminate"})
#: Methods of an exit stack, which enters what they are given and leaves it with its own ``with``.
_ENTERING = frozenset({"enter_async_context", "enter_context"})
#: Methods of an object that is there for a while, and gives back what it opened.
_ENDING = _CLOSING | {"__aexit__", "__del__", "__exit__"}


def needs_no_with(opening: Any) -> bool:
    """Tells whether something else than the block ends what a call opens.

    Args:
        opening: The call that opens it.
    """
    return is_closed_by_others(opening) or is_waited_for(opening)


def is_waited_for(opening: Any) -> bool:
    """Tells whether a process is waited for: that is what ``with`` would do, and close pipes, where it has some.

    Who waits for a while only has to end it, too.
    """
    target = opening.parent.targets[0] if isinstance(opening.parent, nodes.Assign) else None
    if last_name(opening) != "Popen" or not isinstance(target, nodes.AssignName):
        return False
    calls = [call for call in opening.frame().nodes_of_class(nodes.Call) if _owner(call) == target.name]
    waits = "communicate" if any("PIPE" in each.value.as_string() for each in opening.keywords) else "wait"
    waiting = [call for call in calls if call.func.attrname in {"communicate", waits}]
    for_ever = any(not _has_limit(call) for call in waiting)
    ends = any(call.func.attrname in {"kill", "terminate"} for call in calls)
    return for_ever or (bool(waiting) and ends)


def _owner(call: Any) -> str:
    """The name of whose method is called."""
    owner = call.func.expr if isinstance(call.func, nodes.Attribute) else None
    return owner.name if isinstance(owner, nodes.Name) else ""


def _has_limit(call: Any) -> bool:
    by_place = call.func.attrname == "wait" and bool(call.args)
    return by_place or any(each.arg == "timeout" for each in call.keywords)


def is_closed_by_others(opening: Any) -> bool:
    """Tells whether what closes it is handed on, or it belongs to a stack or object: that wraps it, or whose method closes it.

    Args:
        opening: The call that opens it.
    """
    user = opening.parent
    if isinstance(user, nodes.Call):
        taker = last_name(user)
        return opening in user.args and (taker in _ENTERING or taker[:1].isupper())
    target = user.targets[0] if isinstance(user, nodes.Assign) else None
    if isinstance(target, nodes.AssignAttr):
        owner = target.frame().parent
        return isinstance(owner, nodes.ClassDef) and (
            target.as_string() in _closed(owner) or not _ENDING.isdisjoint(owner.locals)
        )
    return isinstance(target, nodes.AssignName) and target.name in _handed_on(opening.frame())


def is_closed_at_last(opening: Any) -> bool:
    """Tells whether ``try`` stands right behind the call that opens it, and ``finally`` closes it."""
    statement = opening.statement()
    following: dict[int, Any] = once_a_text(
        "following", lambda: _following(statement.parent), statement.parent
    )
    behind = following.get(id(statement))
    if not isinstance(behind, nodes.Try):
        return False
    target = (
        statement.targets[0] if isinstance(statement, nodes.Assign) else getattr(opening.func, "expr", None)
    )
    said = "" if target is None else target.as_string()
    return any(said in _closed(each) for each in behind.finalbody)


def _following(block: Any) -> dict[int, Any]:
    """Statement of a block, by id → the one behind it."""
    parts = [getattr(block, part, None) or () for part in ("body", "orelse", "finalbody")]
    return {id(each): behind for part in parts for each, behind in pairwise(part)}


def _closed(node: Any) -> frozenset[str]:
    """What is closed in a node, as it is written."""
    found: frozenset[str] = once_a_text(
        "closed", lambda: frozenset(_closing(call.func for call in node.nodes_of_class(nodes.Call))), node
    )
    return found


def _handed_on(frame: Any) -> frozenset[str]:
    """What others are given the method to close."""
    found: frozenset[str] = once_a_text(
        "handed-on",
        lambda: frozenset(_closing(each for call in frame.nodes_of_class(nodes.Call) for each in call.args)),
        frame,
    )
    return found


def _closing(functions: Iterable[Any]) -> Iterator[str]:
    for function in functions:
        if isinstance(function, nodes.Attribute) and function.attrname in _CLOSING:
            yield function.expr.as_string()
