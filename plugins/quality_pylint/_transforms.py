"""Gives the nodes of a tree to what astroid changes them with, by a shorter way."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from astroid import nodes
from astroid.brain import brain_builtin_inference
from astroid.manager import AstroidManager

if TYPE_CHECKING:
    from astroid.transforms import TransformVisitor

#: (What changes a node, whether it is meant).
_Change = tuple[Any, Any]
#: Last word of what is called → what may change the call.
_Named = Mapping[str, Sequence[_Change]]


def visit(self: TransformVisitor, node: Any) -> Any:
    """Changes a node and all below it, these first; nodes of which nothing is ever changed are only walked through."""
    return _Walk(self).visit(node)


class _Walk:
    def __init__(self, visitor: Any) -> None:
        self._change = visitor._transform  # noqa: SLF001 - what its own walk calls
        self._kinds = {kind for kind, changes in visitor.transforms.items() if changes}

    def visit(self, node: Any) -> Any:
        for name in node._astroid_fields:  # noqa: SLF001 - there is no public way
            value = getattr(node, name)
            if not value or isinstance(value, str):
                continue
            visited = self._all(value) if isinstance(value, list | tuple) else self.visit(value)
            if visited != value:
                setattr(node, name, visited)
        return self._change(node) if type(node) in self._kinds else node

    def _all(self, entries: Any) -> Any:
        changed = [self._entry(each) for each in entries]
        return changed if isinstance(entries, list) else tuple(changed)

    def _entry(self, entry: Any) -> Any:
        """Changes an entry of a list: a node, or a tuple of nodes and operators."""
        if not entry or isinstance(entry, str):
            return entry
        return self._all(entry) if isinstance(entry, list | tuple) else self.visit(entry)


def bundle_builtins() -> None:
    """Makes one change of calls of the nineteen that astroid asks of each call, one for every builtin that it knows."""
    changes: list[_Change] = AstroidManager()._transform.transforms[nodes.Call]  # noqa: SLF001 - no public way
    own = [change for change in changes if _builtin_of(change)]
    first = changes.index(own[0]) if own else 0
    if len(own) > 1 and changes[first : first + len(own)] == own:
        named = {name: [each for each in own if _builtin_of(each) == name] for name in map(_builtin_of, own)}
        named["fromkeys"] = own
        meant, change = functools.partial(_is_of_builtin, named), functools.partial(_change_call, named)
        changes[first : first + len(own)] = [(change, meant)]


def _builtin_of(change: _Change) -> str:
    """The builtin whose calls something changes, or an empty text."""
    asked = change[1]
    if getattr(asked, "func", None) is not brain_builtin_inference._builtin_filter_predicate:  # noqa: SLF001
        return ""
    return str(asked.keywords["builtin_name"])


def _is_of_builtin(named: _Named, call: Any) -> bool:
    changes = named.get(_called(call), ())
    return any(is_meant(call) for _, is_meant in changes)


def _change_call(named: _Named, call: Any) -> Any:
    """What one change after the other makes of a call that one of them is meant for."""
    for change, is_meant in named[_called(call)]:
        if is_meant(call):
            call = change(call)
    return call


def _called(call: Any) -> str:
    function = call.func
    return function.name if isinstance(function, nodes.Name) else getattr(function, "attrname", "")
