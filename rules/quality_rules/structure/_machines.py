"""Functions that run a program which is data: what a step of it gives goes into the next step."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.rules import parameters, targets_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from quality.model import FunctionNode
    from quality.rules import Facts

_LOOPS = (ast.For, ast.comprehension)
#: How often what is made of a program is looked for among what was made of it.
_ROUNDS = 3
#: What a function takes that folds: what came of the steps before, and the next one.
_OF_FOLD = 2
#: Builtins that give what they are given in another form.
_CHANGING = frozenset(
    {
        *("enumerate", "float", "int", "iter", "list", "next", "reversed", "sorted", "str", "tuple", "zip"),
        "deque",
    }
)
#: Methods that put something into what they are called on.
_KEEPING = frozenset({"add", "append", "appendleft", "extend", "insert", "push", "put"})


def runs(facts: Facts, function: FunctionNode, program: Iterable[str]) -> bool:
    """Tells whether a function calls what the parts of a program choose, and what it gives goes into the next such call.

    Args:
        facts: The source's facts.
        function: The function.
        program: What holds the program in it: a parameter, an attribute as ``self.steps``, or the names of its parts.
    """
    return bool(state_of(facts, function, program))


def state_of(facts: Facts, function: FunctionNode, program: Iterable[str]) -> frozenset[str]:
    """The names of what such calls take from, and their results go into; empty where none goes on from another."""
    parts = _parts(facts, function, program)
    calls = (node for node in facts.within(function) if isinstance(node, ast.Call))
    chosen = [call for call in calls if _is_chosen(facts, call, parts)]
    put = _put(facts, function) if chosen else {}
    return frozenset().union(*(_going_on(facts, call, parts, put) for call in chosen))


def folds(facts: Facts, function: FunctionNode | ast.Lambda) -> bool:
    """Tells whether a function that is given a value and a step calls with the value what the step chooses: ``reduce(function, STEPS, 1)``."""
    names = parameters(function)
    if len(names) != _OF_FOLD:
        return False
    value, step = names
    calls = (node for node in facts.within(function) if isinstance(node, ast.Call))
    return any(_is_chosen(facts, call, frozenset({step})) and value in facts.names_in(call) for call in calls)


def keys_in(facts: Facts, node: ast.AST) -> Iterator[str]:
    """The names, and attributes of a method's object, that are in a node."""
    return filter(None, map(_key, facts.within(node)))


def _parts(facts: Facts, function: FunctionNode, program: Iterable[str]) -> frozenset[str]:
    """The names of the program, and of what is made of it."""
    found = {*program}
    inside = [node for node in facts.within(function) if isinstance(node, (*_LOOPS, ast.Assign))]
    for _ in range(_ROUNDS):
        for node in inside:
            made = node.value if isinstance(node, ast.Assign) else node.iter
            if _is_made_of(made, found):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                found.update(key for each in targets for key in keys_in(facts, each))
    return frozenset(found)


def _is_made_of(node: ast.AST, parts: set[str]) -> bool:
    """Tells whether an expression is a part of a program, or all of it in another form: ``enumerate(program.split())``."""
    pending: list[ast.AST] = [node]
    while pending:
        each = pending.pop()
        if _key(each) in parts:
            return True
        if isinstance(each, ast.Subscript | ast.Attribute | ast.Starred):
            pending.append(each.value)
        elif isinstance(each, ast.Call):
            pending += each.args if getattr(each.func, "id", "") in _CHANGING else [each.func]
        elif isinstance(each, ast.BinOp):
            pending.append(each.left)
    return False


def _is_chosen(facts: Facts, call: ast.Call, parts: frozenset[str]) -> bool:
    """Tells whether what is called is looked up by a part of the program."""
    chosen = facts.only_value(call.func)
    if isinstance(chosen, ast.Subscript):
        return _key(chosen.value) not in parts and _is_made_of(chosen.slice, {*parts})
    if not isinstance(chosen, ast.Call) or not chosen.args:
        return False
    by_name = facts.is_builtin(chosen.func, "getattr")
    looks = isinstance(chosen.func, ast.Attribute) and chosen.func.attr == "get"
    return (by_name or looks) and any(_is_made_of(each, {*parts}) for each in chosen.args[:2])


def _going_on(
    facts: Facts, call: ast.Call, parts: frozenset[str], put: Mapping[str, set[str]]
) -> frozenset[str]:
    """Where what a call gives is kept, maybe by another name, if the call itself takes something from there."""
    taken = {_key(node) for node in facts.within(call)} - parts - {""}
    kept = {*_kept(facts.statement(call))}
    return frozenset(taken & kept.union(*(put.get(name, ()) for name in kept)))


def _put(facts: Facts, function: FunctionNode) -> dict[str, set[str]]:
    """Name → what a function puts it into: ``stack.append(value)``."""
    found: dict[str, set[str]] = {}
    for node in facts.within(function):
        if isinstance(node, ast.Expr):
            for key in _kept(node):
                for name in facts.names_in(node):
                    found.setdefault(name, set()).add(key)
    return found


def _kept(statement: ast.AST) -> Iterator[str]:
    """Where a statement keeps what it makes."""
    if isinstance(statement, ast.Assign | ast.AnnAssign):
        for target in targets_of(statement):
            yield _key(target.value if isinstance(target, ast.Subscript) else target)
    elif isinstance(statement, ast.AugAssign):
        yield _key(statement.target)
    elif isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
        function = statement.value.func
        if isinstance(function, ast.Attribute) and function.attr in _KEEPING:
            yield _key(function.value)


def _key(node: ast.AST) -> str:
    """A name, or an attribute of the object of a method; empty for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    own = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "self"
    return f"self.{node.attr}" if own and isinstance(node, ast.Attribute) else ""
