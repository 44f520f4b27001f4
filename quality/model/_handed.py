"""Calls that call what they are handed, with the arguments that stand beside it: now, later, or in another thread.

``pool.submit(os.system, command)``, ``asyncio.to_thread(os.system, command)`` and ``Thread(target=os.system, args=(command,))`` run
what ``os.system(command)`` runs.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


class Handed(NamedTuple):
    """A function that a call is handed, and what it is called with."""

    function: ast.expr
    args: Sequence[ast.expr]
    keywords: Sequence[ast.keyword]


#: Method that calls what it is handed with the arguments behind that → the place of what is called.
_METHODS: Mapping[str, int] = {
    **dict.fromkeys(("submit", "call_soon", "call_soon_threadsafe", "callback"), 0),
    **dict.fromkeys(("run_in_executor", "call_later", "call_at"), 1),
}
#: Functions of which the same is true.
_FUNCTIONS: Mapping[str, int] = dict.fromkeys(
    ("operator.call", "asyncio.to_thread", "atexit.register", "anyio.to_thread.run_sync"), 0
)
#: Classes whose objects call what they are given by the name ``target``, or in this place, with what ``args`` and ``kwargs`` hold.
_RUNNERS: Mapping[str, int] = {
    "threading.Thread": 1,
    "multiprocessing.Process": 1,
    "threading.Timer": 1,
}
#: What would be of another function in another place.
_OWN_FRAME = (ast.Yield, ast.YieldFrom, ast.Global, ast.Nonlocal)
_WORDS = frozenset(
    {*_METHODS, *(name.rpartition(".")[2] for name in (*_FUNCTIONS, *_RUNNERS)), "map", "starmap", "run"}
)


def handed(call: ast.Call, origin: Callable[[ast.AST], str]) -> Handed | None:
    """What a call is handed to be called, with its arguments; None for any other call.

    Args:
        call: The call.
        origin: Gives the dotted name of what an expression stands for.
    """
    function = call.func
    word = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    if word not in _WORDS or not (call.args or call.keywords):
        return None
    name = origin(function)
    if name in _RUNNERS:
        return _by_runner(call, _RUNNERS[name])
    if word in {"map", "starmap"}:
        return _for_each(call) if name in {"map", "itertools.starmap"} else None
    place = _FUNCTIONS.get(name)
    if place is None and isinstance(function, ast.Attribute):
        in_context = word == "run" and _is_context(function.value, origin)
        place = 0 if in_context else _METHODS.get(word)
    return _behind(call, place) if place is not None else None


def _behind(call: ast.Call, place: int) -> Handed | None:
    """What stands in a place, called with what stands behind it."""
    if len(call.args) <= place or not isinstance(call.args[place], ast.Name | ast.Attribute):
        return None
    return Handed(call.args[place], call.args[place + 1 :], call.keywords)


def _by_runner(call: ast.Call, place: int) -> Handed | None:
    named = {each.arg: each.value for each in call.keywords}
    target = named.get("target", named.get("function"))
    if target is None and len(call.args) > place:
        target = call.args[place]
    if not isinstance(target, ast.Name | ast.Attribute):
        return None
    args, kwargs = named.get("args"), named.get("kwargs")
    given = [ast.copy_location(ast.Starred(args, ast.Load()), args)] if args is not None else []
    more = [ast.copy_location(ast.keyword(None, kwargs), kwargs)] if kwargs is not None else []
    return Handed(target, given, more)


def _for_each(call: ast.Call) -> Handed | None:
    """``map(function, [argument])``."""
    if len(call.args) != 2 or not isinstance(call.args[0], ast.Name | ast.Attribute):  # noqa: PLR2004 - function, entries
        return None
    entries = call.args[1]
    if not isinstance(entries, ast.List | ast.Tuple) or len(entries.elts) != 1:
        return None  # of several calls, one says nothing of the others
    first = entries.elts[0]
    spread = getattr(call.func, "attr", getattr(call.func, "id", "")) == "starmap"
    return Handed(
        call.args[0], [ast.copy_location(ast.Starred(first, ast.Load()), first) if spread else first], []
    )


def _is_context(node: ast.expr, origin: Callable[[ast.AST], str]) -> bool:
    return isinstance(node, ast.Call) and origin(node.func) == "contextvars.copy_context"


def called_at_once(call: ast.Call, origin: Callable[[ast.AST], str]) -> ast.Call | None:
    """What a call is that only calls what it is handed, and waits for it; None for any other call.

    Args:
        call: The call.
        origin: Gives the dotted name of a function; empty for what the source defines itself.
    """
    function = call.func
    owner = function.value if isinstance(function, ast.Attribute) else None
    if isinstance(owner, ast.Call) and _last(function) == "result" and _last(owner.func) == "submit":
        return None if call.args or call.keywords else _first_called(owner)
    in_context = _last(function) == "run" and owner is not None and _is_context(owner, origin)
    return _first_called(call) if in_context or origin(function) == "operator.call" else None


def only_inner(function: ast.FunctionDef) -> ast.FunctionDef | None:
    """The function in another that is all that one does, and that is called there once: it could be written in its place."""
    match function.body:
        case [
            *before,
            ast.FunctionDef(name=name, decorator_list=[]) as inner,
            ast.Return(value=ast.Call(func=ast.Name(id=called), args=[], keywords=[])),
        ] if name == called and all(map(_is_said, before)):
            inside = [node for each in inner.body for node in ast.walk(each)]
            other = any(isinstance(node, _OWN_FRAME) or getattr(node, "id", "") == name for node in inside)
            taken = next((node for node in ast.walk(inner.args) if isinstance(node, ast.arg)), None)
            return None if other or taken is not None else inner
    return None


def _is_said(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _last(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else ""


def _first_called(call: ast.Call) -> ast.Call | None:
    """The first argument of a call, called with the others."""
    if not call.args or not isinstance(call.args[0], ast.Name | ast.Attribute):
        return None
    return ast.copy_location(ast.Call(call.args[0], call.args[1:], call.keywords), call)


def references(node: ast.expr, imports: Mapping[str, str]) -> list[ast.expr]:
    """The functions of modules that an expression is given and does not call itself, as far as they have names."""
    found: list[ast.expr] = []
    pending: list[ast.AST] = [node]
    while pending:
        each = pending.pop()
        if isinstance(each, ast.Name | ast.Attribute) and _root(each) in imports:
            found.append(each)
        elif isinstance(each, ast.Call):
            called = _root(each.func)
            pending += [*each.args, *(keyword.value for keyword in each.keywords)]
            pending += [] if called in imports else [each.func]
        else:
            pending += ast.iter_child_nodes(each)
    return found


def _root(node: ast.AST) -> str:
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""
