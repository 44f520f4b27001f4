"""Functions that are only pieces of another one, cut where it means nothing."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from quality.model import function_around
from quality.rules._names import parameters

if TYPE_CHECKING:
    from quality.model import FunctionNode, Nodes

#: What is left of a name that says nothing but that it is a piece of another function.
_PIECE = re.compile(
    r"_*+(?:part|parts|rest|more|next|half|tail|end|second|two|cont|continued?|piece|chunk)?_*+\d*+_*"
    r"|_*+(?:step|stage|phase|body|loop|block|branch|inner|helper|turn)_*+\d+_*"
)
#: A shorter name may be a part of any other.
_TELLING = 5


def pieces_of(nodes: Nodes) -> dict[ast.FunctionDef, FunctionNode]:
    """Finds the functions that go on where another stops, with that other one.

    It calls them at one place, with its own local names as they are, and their name is its own with a number or a
    word like ``part`` or ``rest`` behind it.

    Args:
        nodes: The nodes of a source.
    """
    functions = [each for each in nodes.kinds.get(ast.FunctionDef, ()) if isinstance(each, ast.FunctionDef)]
    if len(functions) < 2:  # noqa: PLR2004 - a piece and what it is a piece of
        return {}
    calls = _calls(nodes)
    found: dict[ast.FunctionDef, FunctionNode] = {}
    for function in functions:
        called = calls.get(function.name, [])
        around = function_around(called[0], nodes) if len(called) == 1 else None
        if around is not None and around is not function and _continues(function, around, called[0]):
            found[function] = around
    return found


def _continues(function: ast.FunctionDef, around: FunctionNode, call: ast.Call) -> bool:
    """Tells whether a function is a piece of the one that calls it, by its name and by what it is given."""
    prefix, found, rest = function.name.partition(around.name.strip("_"))
    if not found or not rest.strip("_") or _PIECE.fullmatch(rest) is None:
        return False
    # Before the other's name and a number, no word says what the piece is.
    if prefix.strip("_") and (len(found) < _TELLING or not rest[-1].isdigit()):
        return False
    names = [each.id for each in call.args if isinstance(each, ast.Name)]
    return bool(names) and len(names) == len(call.args) and names == list(parameters(function))


def _calls(nodes: Nodes) -> dict[str, list[ast.Call]]:
    """Name → the calls of it."""
    found: dict[str, list[ast.Call]] = {}
    for call in nodes.kinds.get(ast.Call, ()):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name):
            found.setdefault(call.func.id, []).append(call)
    return found
