"""Constants that are written as what comes out as them, and other longer words for what is there.

``int("511")`` is ``511``, ``"".join(["a", "b"])`` and ``f"a{'b'}"`` are ``"ab"``, ``size in (3,)`` asks ``size == 3``, and
``[print][0](text)`` calls ``print``.
"""

from __future__ import annotations

import ast
import math
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from quality.model._nodes import Nodes

#: Builtins that make a constant of a constant; of what numbers and texts have no such form they make nothing.
_MAKERS: dict[str, Callable[..., object]] = {
    "int": int,
    "float": float,
    "str": str,
}
_DISPLAYS = (ast.List, ast.Tuple)
_EQUAL: dict[type[ast.cmpop], type[ast.cmpop]] = {ast.In: ast.Eq, ast.NotIn: ast.NotEq}
#: Longer numbers and texts stay as they are.
_LONGEST = 400
#: A number and the base that it is written in.
_MOST = 2


def has_disguises(nodes: Nodes) -> bool:
    """Tells whether a tree may have any: a cheap look."""
    calls = cast("Sequence[ast.Call]", nodes.kinds.get(ast.Call, ()))
    named = any(isinstance(each.func, ast.NamedExpr) or made_constant(each) is not None for each in calls)
    return named or has_shorter(nodes)


def has_shorter(nodes: Nodes) -> bool:
    """Tells whether a tree has texts or comparisons that are longer than what they say."""
    texts = cast("Sequence[ast.JoinedStr]", nodes.kinds.get(ast.JoinedStr, ()))
    asked = cast("Sequence[ast.Compare]", nodes.kinds.get(ast.Compare, ()))
    return any(whole_text(each) is not each for each in texts) or any(
        only_member(each) is not each for each in asked
    )


def made_constant(call: ast.Call) -> ast.Constant | None:
    """``int("511")`` and ``"".join(["a", "b"])``; None for what is no constant."""
    function, args = call.func, call.args
    if call.keywords or not args:
        return None
    if isinstance(function, ast.Name) and function.id in _MAKERS:
        values = _values(args)
        # How a number is shown is a question of its own.
        shown = function.id == "str" and not all(isinstance(each, str) for each in values)
        return None if shown else _made(call, _MAKERS[function.id], values)
    match function, args:
        # Lines are listed to be read one by one.
        case ast.Attribute(value=ast.Constant(value=""), attr="join"), [ast.List() | ast.Tuple() as listed]:
            return _made(call, "".join, [_values(listed.elts)])
    return None


def _values(nodes: Sequence[ast.expr]) -> list[object]:
    """The numbers and short texts that are written; None for anything else."""
    return [node.value if isinstance(node, ast.Constant) and _is_short(node) else None for node in nodes]


def _made(call: ast.Call, maker: Callable[..., object], given: list[object]) -> ast.Constant | None:
    if len(given) > _MOST:
        return None
    try:
        value = maker(*given)
    except (TypeError, ValueError, OverflowError):
        return None
    if isinstance(value, float) and not math.isfinite(value):
        return None  # there is no other way to write it
    return ast.copy_location(ast.Constant(cast("str | int | float", value)), call)


def _is_short(node: ast.expr) -> bool:
    value = node.value if isinstance(node, ast.Constant) else None
    return isinstance(value, int | float) or (isinstance(value, str) and len(value) <= _LONGEST)


def whole_text(text: ast.JoinedStr) -> ast.expr:
    """A text without the constants that are put into it; itself where there are none."""
    values = text.values
    if not any(map(_put_in, values)):
        return text
    parts: list[ast.expr] = []
    for each in values:
        found = _put_in(each) or each
        if parts and isinstance(found, ast.Constant) and isinstance(parts[-1], ast.Constant):
            joined = f"{parts[-1].value!s}{found.value!s}"
            parts[-1] = ast.copy_location(ast.Constant(joined), parts[-1])
        else:
            parts.append(found)
    only = parts[0] if len(parts) == 1 else None
    return ast.copy_location(only if isinstance(only, ast.Constant) else ast.JoinedStr(parts), text)


def _put_in(part: ast.expr) -> ast.Constant | None:
    """The text that a part of another is."""
    if not isinstance(part, ast.FormattedValue) or part.format_spec is not None or part.conversion != -1:
        return None
    value = part.value
    return value if isinstance(value, ast.Constant) and isinstance(value.value, str) else None


def only_member(asked: ast.Compare) -> ast.Compare:
    """``a == b`` for ``a in (b,)``; itself for anything else."""
    kind = _EQUAL.get(type(asked.ops[-1]))
    listed = asked.comparators[-1]
    if kind is None or len(asked.ops) > 1 or not isinstance(listed, (*_DISPLAYS, ast.Set)):
        return asked
    if len(listed.elts) != 1 or isinstance(listed.elts[0], ast.Starred):
        return asked
    return ast.copy_location(ast.Compare(asked.left, [kind()], [listed.elts[0]]), asked)


def taken_out(function: ast.expr) -> ast.expr | None:
    """``print`` for ``[print][0]``; None for anything else."""
    if not isinstance(function, ast.Subscript) or not isinstance(function.value, _DISPLAYS):
        return None
    entries, place = function.value.elts, function.slice
    number = place.value if isinstance(place, ast.Constant) else None
    plain = all(isinstance(each, ast.Name | ast.Attribute) for each in entries)
    known = plain and isinstance(number, int) and 0 <= number < len(entries)
    return entries[cast("int", number)] if known else None
