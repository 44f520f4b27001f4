"""What is hardly a mistake: only a name, or an assertion in other words, is to be corrected."""

from __future__ import annotations

from typing import Any

from astroid import nodes

from quality_pylint._imports import is_for_its_effect
from quality_pylint._names import is_only_of_the_script


def is_slight(symbol: str, node: Any) -> bool:
    """Tells whether the only thing to correct is a name, or an import that may be there for its effect.

    A loop that runs so many times has to name its number, and whoever takes a row apart all of its parts. An
    assertion that always fails is a call of ``fail()`` in other words, one that is all that a handler does is ``pass``.
    """
    if symbol == "redefined-outer-name":
        return is_only_of_the_script(getattr(node, "name", ""), node.root())
    if symbol == "unused-import":
        return is_for_its_effect(node)
    if symbol == "redundant-unittest-assert":
        return _always_fails(node) or isinstance(node.statement().parent, nodes.ExceptHandler)
    if symbol != "unused-variable" or not isinstance(node, nodes.AssignName):
        return False
    return isinstance(node.parent, nodes.For | nodes.Tuple | nodes.Starred)


def _always_fails(call: Any) -> bool:
    fails_of = {"assertTrue": False, "assertFalse": True}.get(getattr(call.func, "attrname", ""))
    first = call.args[0] if call.args else None
    return isinstance(first, nodes.Const) and fails_of is bool(first.value)
