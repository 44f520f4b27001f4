"""Options that a function leaves to those who call it."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import function_around
from quality.rules import positional_of, with_defaults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality.model import FunctionNode, Nodes


def is_left_to_callers(call: ast.Call, option: str, nodes: Nodes) -> bool:
    """Tells whether an option of a call is a parameter that is off by default and that no call of the text sets.

    Args:
        call: The call, by a place that is in the tree.
        option: The name of its keyword.
        nodes: The nodes of the text.
    """
    value = next((each.value for each in call.keywords if each.arg == option), None)
    function = function_around(call, nodes)
    if not isinstance(value, ast.Name) or function is None:
        return False
    name = value.id
    bound = any(
        isinstance(node, ast.Name) and node.id == name and not isinstance(node.ctx, ast.Load)
        for node in ast.walk(function)
    )
    defaults = {each.arg: default for each, default in with_defaults(function.args)}
    if bound or name not in defaults:
        return False
    given = [defaults[name], *_given(function, name, call, nodes)]
    return all(each is None or (isinstance(each, ast.Constant) and not each.value) for each in given)


def _given(function: FunctionNode, name: str, asking: ast.Call, nodes: Nodes) -> Iterator[ast.expr]:
    """Yields what calls of the text give for a parameter of a function, or of a method of its objects, but for one call."""
    places = [each.arg for each in positional_of(function.args)]
    method = places[:1] in (["self"], ["cls"])
    place = places.index(name) - method if name in places else None
    for call in nodes.kinds.get(ast.Call, ()):
        if call is asking:
            continue
        called = call.func if isinstance(call, ast.Call) else None
        word = called.attr if method and isinstance(called, ast.Attribute) else getattr(called, "id", "")
        if not isinstance(call, ast.Call) or word != function.name:
            continue
        yield from (each.value for each in call.keywords if each.arg in {name, None})
        yield from (each for each in call.args if isinstance(each, ast.Starred))
        if place is not None:
            yield from call.args[place : place + 1]
