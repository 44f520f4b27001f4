"""Statements that choose or repeat by a condition, in longer words than ``if`` and ``while``.

``for _ in range(bool(a))``, ``for _ in filter(None, [a])``, ``match bool(a)`` with ``case True``, and ``try: assert a`` with
``except AssertionError`` are ``if a``; ``for _ in iter(lambda: bool(a), False)`` is ``while a``, and
``while (a := next(turns, turns)) is not turns`` is ``for a in turns``. ``next((a for _ in [0] if b), c)`` is ``a if b else c``.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from quality.model._nodes import Nodes

    #: The dotted name of a function; empty for what the source defines itself.
    _NameOf = Callable[[ast.AST], str]

_KINDS = (ast.For, ast.While, ast.Match, ast.Try)
_LEAVING = (ast.Break, ast.Continue)
#: Builtins that give what nothing in a loop can change.
_ITERATORS = frozenset({"enumerate", "range", "reversed", "zip"})
#: Builtins that give numbers, which are no truth values.
_NUMBERS = frozenset({"len", "max", "min", "sum"})
#: Arguments of ``filter(None, [a])``, ``iter(lambda: a, False)`` and ``takewhile(lambda _: a, count())``.
_TWO = 2


def may_have_choices(nodes: Nodes) -> bool:
    """A cheap look at a tree; False where it has none for sure."""
    return (
        ast.Match in nodes.kinds
        or any(_may_choose(cast("ast.For", each).iter) for each in nodes.kinds.get(ast.For, ()))
        or any(isinstance(cast("ast.Try", each).body[0], ast.Assert) for each in nodes.kinds.get(ast.Try, ()))
        or (
            any(
                isinstance(cast("ast.While", each).test, ast.Compare)
                for each in nodes.kinds.get(ast.While, ())
            )
            and ast.NamedExpr in nodes.kinds
        )
    )


def _may_choose(turns: ast.expr) -> bool:
    """Tells whether a loop over an expression may be a condition, or one over a copy."""
    if not isinstance(turns, ast.Call):
        return isinstance(turns, ast.BinOp | ast.IfExp | ast.Tuple | ast.List)
    match turns.args:
        case [ast.Call(func=ast.Name(id=name))]:
            return name not in _NUMBERS
        case [asked]:
            return isinstance(asked, ast.Call | ast.UnaryOp | ast.Compare)
        case [first, _]:
            return isinstance(first, ast.Lambda) or (isinstance(first, ast.Constant) and first.value is None)
    return False


def has_choices(nodes: Nodes, name_of: _NameOf) -> bool:
    """Tells whether a tree has any."""
    statements = [each for kind in _KINDS for each in cast("Sequence[ast.stmt]", nodes.kinds.get(kind, ()))]
    return any(
        plainly(each, name_of) is not each
        or (isinstance(each, ast.For) and without_copy(each.iter, name_of) is not each.iter)
        for each in statements
    )


def plainly(statement: ast.stmt, name_of: _NameOf) -> ast.stmt:
    """The ``if`` or ``while`` that a statement is; itself for any other."""
    found: ast.stmt | None = None
    if isinstance(statement, ast.For):
        found = _of_loop(statement, name_of)
    elif isinstance(statement, ast.Match):
        found = _of_truth(statement, name_of) or _of_conditions(statement)
    elif isinstance(statement, ast.Try):
        found = _of_assertion(statement)
    elif isinstance(statement, ast.While):
        found = _of_steps(statement)
    return statement if found is None else ast.copy_location(found, statement)


def first_or(call: ast.Call) -> ast.IfExp | None:
    """``a if b else c`` for ``next((a for _ in [0] if b), c)``; None for anything else."""
    match call:
        case ast.Call(
            args=[
                ast.GeneratorExp(
                    elt=value,
                    generators=[
                        ast.comprehension(target=ast.Name(id=name), iter=once, ifs=[test], is_async=0)
                    ],
                ),
                other,
            ],
            keywords=[],
        ) if _is_single(once):
            inside = (node for part in (value, test) for node in ast.walk(part))
            if not any(isinstance(node, ast.Name) and node.id == name for node in inside):
                return ast.copy_location(ast.IfExp(test, value, other), call)
    return None


def without_copy(turns: ast.expr, name_of: _NameOf) -> ast.expr:
    """``range(3)`` for ``(*range(3),)``, of which a loop needs no copy; itself for anything else."""
    match turns:
        case ast.Tuple(elts=[ast.Starred(value=value)]) | ast.List(elts=[ast.Starred(value=value)]):
            return value if isinstance(value, ast.Call) and name_of(value.func) in _ITERATORS else turns
    return turns


def _of_loop(loop: ast.For, name_of: _NameOf) -> ast.stmt | None:
    once = None if loop.orelse else _once(loop.iter, name_of)
    again = None if once is not None else _again(loop.iter, name_of)
    if (once is None and again is None) or not isinstance(loop.target, ast.Name):
        return None
    inside = [node for each in loop.body for node in ast.walk(each)]
    if any(isinstance(node, ast.Name) and node.id == loop.target.id for node in inside):
        return None
    if once is not None:
        return None if any(isinstance(node, _LEAVING) for node in inside) else ast.If(once, loop.body, [])
    return ast.While(cast("ast.expr", again), loop.body, loop.orelse)


def _once(turns: ast.expr, name_of: _NameOf) -> ast.expr | None:
    """The condition of which a loop has as many turns as it is true."""
    if isinstance(turns, ast.BinOp) and isinstance(turns.op, ast.Mult) and _is_single(turns.left):
        return _truth(turns.right, name_of)
    if isinstance(turns, ast.IfExp) and _is_single(turns.body) and _is_empty(turns.orelse, name_of):
        return turns.test
    if not isinstance(turns, ast.Call) or turns.keywords:
        return None
    match name_of(turns.func), turns.args:
        case "range", [times]:
            return _truth(times, name_of)
        case "filter", [ast.Constant(value=None), ast.List(elts=[asked]) | ast.Tuple(elts=[asked])]:
            return None if isinstance(asked, ast.Starred) else asked
    return None


def _again(turns: ast.expr, name_of: _NameOf) -> ast.expr | None:
    """The condition for which a loop asks before each turn."""
    if (
        not isinstance(turns, ast.Call)
        or len(turns.args) != _TWO
        or not isinstance(turns.args[0], ast.Lambda)
    ):
        return None
    asked, other = turns.args[0].body, turns.args[1]
    match name_of(turns.func), other:
        case "iter", ast.Constant(value=False):
            return _truth(asked, name_of)
        case "itertools.takewhile", ast.Call(func=endless) if name_of(endless) == "itertools.count":
            return asked
    return None


def _of_truth(chosen: ast.Match, name_of: _NameOf) -> ast.If | None:
    """``match bool(a)`` with ``case True``."""
    asked = _truth(chosen.subject, name_of)
    patterns = [each.pattern for each in chosen.cases]
    if asked is None or len(patterns) > _TWO or any(each.guard is not None for each in chosen.cases):
        return None
    first = patterns[0]
    if not isinstance(first, ast.MatchSingleton) or first.value is None:
        return None
    if not all(isinstance(each, ast.MatchSingleton) or _is_wild(each) for each in patterns[1:]):
        return None
    rest = chosen.cases[1].body if len(patterns) == _TWO else []
    test = asked if first.value else ast.copy_location(ast.UnaryOp(ast.Not(), asked), asked)
    return ast.If(test, chosen.cases[0].body, rest)


def _of_conditions(chosen: ast.Match) -> ast.If | None:
    """``match True`` with ``case _ if a``."""
    if not isinstance(chosen.subject, ast.Constant) or not all(
        _is_wild(each.pattern) for each in chosen.cases
    ):
        return None
    rest: list[ast.stmt] = []
    for case in reversed(chosen.cases):
        if case.guard is None:
            rest = case.body
        else:
            branch = ast.copy_location(ast.If(case.guard, case.body, rest), case.guard)
            branch.col_offset = chosen.col_offset  # as that of an "elif", which it is
            rest = [branch]
    return rest[0] if len(rest) == 1 and isinstance(rest[0], ast.If) else None


def _of_assertion(attempt: ast.Try) -> ast.If | None:
    """``try: assert a`` with ``except AssertionError``."""
    match attempt:
        case ast.Try(
            body=[ast.Assert(test=asked, msg=None)],
            handlers=[ast.ExceptHandler(type=ast.Name(id="AssertionError"), name=None, body=other)],
            orelse=body,
            finalbody=[],
        ):
            if body:
                return ast.If(asked, body, other)
            return ast.If(ast.copy_location(ast.UnaryOp(ast.Not(), asked), asked), other, [])
    return None


def _of_steps(loop: ast.While) -> ast.For | None:
    """``while (a := next(turns, turns)) is not turns``."""
    match loop.test:
        case ast.Compare(
            left=ast.NamedExpr(
                target=target, value=ast.Call(func=ast.Name(id="next"), args=[turns, end], keywords=[])
            ),
            ops=[ast.IsNot()],
            comparators=[other],
        ) if ast.dump(end) == ast.dump(other):
            return _with_own_target(ast.For(target, turns, loop.body, loop.orelse))
    return None


def _with_own_target(loop: ast.For) -> ast.For:
    """A loop without the name that its entries have before they get theirs: ``a = entry`` as its first statement."""
    name = cast("ast.Name", loop.target).id
    first, *rest = loop.body
    match first:
        case ast.Assign(targets=[target], value=ast.Name(id=given)) if given == name and rest:
            inside = (node for each in rest for node in ast.walk(each))
            if not any(isinstance(node, ast.Name) and node.id == name for node in inside):
                loop.target, loop.body = target, rest
    return loop


def _truth(asked: ast.expr, name_of: _NameOf) -> ast.expr | None:
    """The condition that a truth value is made of; None for anything else."""
    while isinstance(asked, ast.Call) and len(asked.args) == 1 and not asked.keywords:
        name = name_of(asked.func)
        if name == "bool":
            return asked.args[0]
        if name != "int":
            return None
        asked = asked.args[0]
    negated = isinstance(asked, ast.UnaryOp) and isinstance(asked.op, ast.Not)
    return asked if negated or isinstance(asked, ast.Compare) else None


def _is_single(node: ast.expr) -> bool:
    return isinstance(node, ast.List | ast.Tuple) and len(node.elts) == 1


def _is_empty(node: ast.expr, name_of: _NameOf) -> bool:
    if isinstance(node, ast.Call):
        return name_of(node.func) in {"list", "tuple"} and not node.args
    return isinstance(node, ast.List | ast.Tuple) and not node.elts


def _is_wild(pattern: ast.pattern) -> bool:
    """Tells whether everything matches a pattern, which gives it no name."""
    return isinstance(pattern, ast.MatchAs) and pattern.pattern is None and pattern.name is None
