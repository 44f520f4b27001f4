"""The calls of functions to themselves: which there are, which of them run together, and what becomes of their answers."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.rules import last_word, root_name
from quality_rules._kinds import Kind, Kinds
from quality_rules._loops import CHANGING_METHODS, COMPREHENSIONS, Loops, turns_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality.model import FunctionNode
    from quality.rules import Facts

#: Functions that make one answer of many.
_ONE_OF_ALL = ("min", "max", "sum", "any", "all")
#: Methods that put all of several things, or one, into a collection.
_COLLECTING = frozenset({"append", "extend", "add", "update", "insert", "appendleft", "put"})
#: What puts answers into a collection or drops them, and all where it shows what becomes of one.
_DROPPING = (ast.Starred, ast.Yield, ast.YieldFrom, ast.Expr, ast.List, ast.Set, ast.Dict, ast.JoinedStr)
_DECIDING = (*_DROPPING, *COMPREHENSIONS, ast.comprehension, ast.Call, ast.stmt)


def calls_to_itself(facts: Facts) -> dict[ast.AST, list[ast.Call]]:
    """Function → the calls in it of something of its name, those too that a part of it without parameters makes."""
    found: dict[ast.AST, list[ast.Call]] = {}
    names = {function.name for function in facts.functions if function.name in facts.mentioned}
    for call in facts.of(ast.Call) if names else ():
        name = last_word(call.func)
        function = facts.function(call) if name in names else None
        while function is not None and function.name != name and not facts.names(function).parameters:
            function = facts.function(function)
        if function is not None and function.name == name:
            found.setdefault(function, []).append(call)
    return found


def has_recursion(facts: Facts) -> bool:
    """Whether a function calls something of its name."""
    return bool(facts.derived(calls_to_itself))


def own_calls(facts: Facts, function: FunctionNode) -> list[ast.Call]:
    """The calls of a function to itself."""
    calls = facts.derived(calls_to_itself).get(function, [])
    own = facts.class_of(function) if calls else None
    receiver = (*facts.names(function).parameters[:1], own.name) if own else ()
    return [
        node
        for node in calls
        if (
            isinstance(node.func, ast.Name)
            if own is None
            else isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id in receiver
        )
    ]


def run_together(facts: Facts, first: ast.AST, second: ast.AST) -> bool:
    """Tells whether one call of a function may evaluate both of two nodes in it, of which the first stands before."""
    around = [second, *facts.ancestors(second)]
    loops = facts.derived(Loops)
    passed = [first]
    for above in facts.ancestors(first):
        if above in around:
            # The statement in the block of both is followed by the other one; one deeper down may leave before it.
            left = any(
                isinstance(each, ast.stmt) and loops.ends(each, or_goes_on=True) for each in passed[:-1]
            )
            return not left and not _are_apart(above, passed[-1], around[around.index(above) - 1])
        passed.append(above)
    return False


def _are_apart(choice: ast.AST, first: ast.AST, second: ast.AST) -> bool:
    """Tells whether two children of a node are different branches of it."""
    if isinstance(choice, ast.If):
        return second in choice.orelse and first in choice.body
    if isinstance(choice, ast.IfExp):
        return first is not choice.test and second is not choice.test
    return isinstance(choice, ast.Match)


def is_computed_with(facts: Facts, call: ast.Call) -> bool:
    """Tells whether the answer of a call becomes part of a number or a truth, and not of a collection, and is not dropped."""
    below: ast.AST = call
    for above in facts.ancestors(call):
        if isinstance(above, _DECIDING):
            return _computes(facts, above, below)
        below = above
    return False


def _computes(facts: Facts, node: ast.AST, below: ast.AST) -> bool:
    """Tells whether a node makes one answer of what a part of it gives."""
    if isinstance(node, ast.Call):
        collects = isinstance(node.func, ast.Attribute) and node.func.attr in _COLLECTING
        return not collects and not facts.is_builtin(node.func, "list", "tuple", "set", "sorted", "iter")
    if isinstance(node, COMPREHENSIONS):
        asked = facts.parent(node)
        return isinstance(asked, ast.Call) and facts.is_builtin(asked.func, *_ONE_OF_ALL)
    if isinstance(node, ast.For | ast.AsyncFor | ast.comprehension):
        return below is not node.iter
    if isinstance(node, ast.AugAssign):
        return facts.derived(Kinds).of(node.target) not in {Kind.LIST, Kind.SET, Kind.DICT, Kind.TEXT}
    return not isinstance(node, _DROPPING)


def keeps(facts: Facts, function: FunctionNode) -> bool:
    """Tells whether a function changes something that outlives its call, as one does that stores what it knows."""
    names = facts.names(function)
    if names.shared:
        return True
    local = names.stores.keys() - set(names.parameters)
    return any(name not in local for name in _changed(facts, function))


def _changed(facts: Facts, function: FunctionNode) -> Iterator[str]:
    """The names whose objects a function changes; empty for objects without a name."""
    for node in facts.within(function):
        if isinstance(node, ast.Subscript | ast.Attribute) and not isinstance(node.ctx, ast.Load):
            yield root_name(node)
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") in CHANGING_METHODS:
            yield root_name(node.func)


def turns_around(facts: Facts, call: ast.Call) -> Iterator[tuple[ast.expr, ast.expr]]:
    """What the loops and comprehensions around a call bind, and to the elements of what, innermost first."""
    for loop in facts.derived(Loops).around(call):
        yield from reversed(turns_of(loop))
