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
#: What a name ends with that is numbered through.
_NUMBERED = re.compile(
    r"(?:(?:part|piece|chunk|half|step|stage|phase|body|loop|block|branch|inner|helper|turn)s?_?|_)\d+$"
)
#: A shorter name may be a part of any other.
_TELLING = 5
#: No more of a name is looked at.
_LONGEST_NAME = 100
_Place = tuple[str, ast.AST | None]


def pieces_of(nodes: Nodes) -> dict[ast.FunctionDef, FunctionNode]:
    """Finds the functions that go on where another stops, with that other one.

    It calls them at one place, with its own local names as they are, and their name is its own with a number or a
    word like ``part`` or ``rest`` behind it. So it is with those that are handed nothing and give nothing: what they work on
    is in names that all of them see, of the module or of an object, whose methods may be named by a number alone.

    Args:
        nodes: The nodes of a source.
    """
    functions = [each for each in nodes.kinds.get(ast.FunctionDef, ()) if isinstance(each, ast.FunctionDef)]
    if len(functions) < 2:  # noqa: PLR2004 - a piece and what it is a piece of
        return {}
    calls = _calls(nodes)
    found: dict[ast.FunctionDef, FunctionNode] = {}
    for function in functions:
        called = calls.get((function.name, _class_around(function, nodes)), [])
        around = function_around(called[0], nodes) if len(called) == 1 else None
        if around is None or around is function:
            continue
        if _continues(function, around, called[0]) or _shares(function, around, called[0], nodes):
            found[function] = around
    return found


def _continues(function: ast.FunctionDef, around: FunctionNode, call: ast.Call) -> bool:
    """Tells whether a function is a piece of the one that calls it, by its name and by what it is given."""
    core = around.name.strip("_")
    if not core:
        return False
    prefix, found, rest = function.name.partition(core)
    if not found or not rest.strip("_") or _PIECE.fullmatch(rest) is None:
        return False
    # Before the other's name and a number, no word says what the piece is.
    if prefix.strip("_") and (len(found) < _TELLING or not rest[-1].isdigit()):
        return False
    names = [each.id for each in call.args if isinstance(each, ast.Name)]
    return bool(names) and len(names) == len(call.args) and names == list(parameters(function))


def _shares(function: ast.FunctionDef, around: FunctionNode, call: ast.Call, nodes: Nodes) -> bool:
    """Tells whether a function is a numbered piece of another one, or of the same as that, which is handed nothing and gives nothing."""
    numbered = function.name[-1].isdigit() and _stem(function.name) in {"", _stem(around.name)}
    silent = not call.args and not call.keywords and isinstance(nodes.parents[call], ast.Expr)
    return numbered and silent and {*parameters(function)} <= {"self"}


def _stem(name: str) -> str:
    """What a name says besides that it is a piece."""
    last = name[-_LONGEST_NAME:].strip("_")
    found = _NUMBERED.search(last)
    return last[: found.start()].strip("_") if found else last


def _calls(nodes: Nodes) -> dict[_Place, list[ast.Call]]:
    """Name, and for one of the object of a method the class around it → the calls of it."""
    found: dict[_Place, list[ast.Call]] = {}
    for call in nodes.kinds.get(ast.Call, ()):
        called = call.func if isinstance(call, ast.Call) else None
        if isinstance(call, ast.Call) and isinstance(called, ast.Name):
            found.setdefault((called.id, None), []).append(call)
        elif isinstance(call, ast.Call) and isinstance(called, ast.Attribute) and _is_object(called.value):
            around = function_around(call, nodes)
            owner = _class_around(around, nodes) if around is not None else None
            found.setdefault((called.attr, owner), []).append(call)
    return found


def _is_object(owner: ast.expr) -> bool:
    return isinstance(owner, ast.Name) and owner.id == "self"


def _class_around(function: ast.AST, nodes: Nodes) -> ast.AST | None:
    """The class whose method a function is, or None."""
    above = nodes.parents.get(function)
    return above if isinstance(above, ast.ClassDef) else None
