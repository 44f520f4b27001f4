"""Statements that are written as expressions whose value nobody keeps.

``a and f()`` is ``if a: f()``, ``f() if a else g()`` is ``if a: f()`` with ``else: g()``, ``[f(x) for x in xs]`` is
``for x in xs: f(x)``, as ``list(map(lambda x: f(x), xs))`` is, and ``[f(), g()]`` as well as ``all([f(), g()])`` is ``f()`` and ``g()``; so it is behind ``_ =``.
"""

from __future__ import annotations

import ast
import copy
from typing import TYPE_CHECKING, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from quality.model._nodes import Nodes

    #: The dotted name of a function; empty for what the source defines itself.
    _NameOf = Callable[[ast.AST], str]

_Made = TypeVar("_Made", ast.stmt, ast.expr)
#: Builtins that take all that they are given, one after the other.
_COLLECTING = frozenset({"all", "any", "list", "tuple", "set", "sum", "max", "min", "sorted"})
_DISPLAYS = (ast.List, ast.Tuple, ast.Set)
_LOOPS = (ast.ListComp, ast.SetComp)
_KINDS = (ast.BoolOp, ast.IfExp, *_DISPLAYS, *_LOOPS)
#: What does something.
_ACTING = (ast.Call, ast.NamedExpr, ast.Await, ast.Yield, ast.YieldFrom)


def may_be_discarded(nodes: Nodes) -> bool:
    """A cheap look at a tree; False where it has none for sure."""
    return any(_may_hold(value) for value in _values(nodes))


def has_discarded(nodes: Nodes, name_of: _NameOf) -> bool:
    """Tells whether a tree has any."""
    return any(_may_hold(value) and statements_of(value, name_of) for value in _values(nodes))


def statements_of(value: ast.expr, name_of: _NameOf) -> list[ast.stmt]:
    """The statements that an expression is whose value nobody keeps; empty where it is none but itself."""
    if isinstance(value, ast.Call):
        listed = value.args[0] if len(value.args) == 1 and not value.keywords else None
        if isinstance(listed, ast.Call) and name_of(value.func) in _COLLECTING:
            return _mapped(listed) if name_of(listed.func) == "map" else []
        collects = isinstance(listed, (*_DISPLAYS, *_LOOPS, ast.GeneratorExp))
        return _lined(cast("ast.expr", listed)) if collects and name_of(value.func) in _COLLECTING else []
    return [] if isinstance(value, ast.GeneratorExp) else _lined(value)


def _lined(value: ast.expr) -> list[ast.stmt]:
    match value:
        case ast.BoolOp(op=ast.And(), values=[*asked, last]) if _acts(last):
            return [_at(ast.If(_all(asked, value), [_alone(last)], []), value)]
        case ast.BoolOp(values=[*asked, last]) if _acts(last):
            return [_at(ast.If(_not(_all(asked, value)), [_alone(last)], []), value)]
        case ast.IfExp(test=test, body=body, orelse=other) if _acts(body) or _acts(other):
            return [_at(ast.If(test, [_alone(body)], [_alone(other)]), value)]
        case ast.List(elts=elts) | ast.Tuple(elts=elts) | ast.Set(elts=elts):
            whole = any(map(_acts, elts)) and not any(isinstance(each, ast.Starred) for each in elts)
            return [_alone(each) for each in elts] if whole else []
        case ast.ListComp(elt=elt) | ast.SetComp(elt=elt) | ast.GeneratorExp(elt=elt) if _acts(elt):
            return _looped(elt, value.generators)
    return []


def _before(elt: ast.expr, target: ast.expr) -> ast.expr:
    """The variable of a comprehension in the place of what it is there for: it gets its value before that is read."""
    moved = copy.deepcopy(target)
    for node in ast.walk(moved):
        if isinstance(node, ast.expr):
            _at(node, elt)
            node.end_lineno, node.end_col_offset = elt.lineno, elt.col_offset
    return moved


def _mapped(call: ast.Call) -> list[ast.stmt]:
    """``map(lambda x: f(x), xs)``."""
    match call:
        case ast.Call(
            args=[ast.Lambda(args=ast.arguments(args=[parameter], defaults=[]) as taken, body=body), entries],
            keywords=[],
        ) if not (taken.posonlyargs or taken.kwonlyargs or taken.vararg or taken.kwarg):
            target = _at(ast.Name(parameter.arg, ast.Store()), body)
            return [_at(ast.For(target, entries, [_alone(body)], []), body)] if _acts(body) else []
    return []


def _looped(elt: ast.expr, clauses: Sequence[ast.comprehension]) -> list[ast.stmt]:
    """The loops of a comprehension around what it does each time."""
    body: ast.stmt = _alone(elt)
    for clause in reversed(clauses):
        if clause.is_async:
            return []
        for test in reversed(clause.ifs):
            body = _at(ast.If(test, [body], []), test)
        body = _at(ast.For(_before(elt, clause.target), clause.iter, [body], []), clause.target)
    return [body]


def _all(asked: Sequence[ast.expr], whole: ast.BoolOp) -> ast.expr:
    return asked[0] if len(asked) == 1 else _at(ast.BoolOp(whole.op, list(asked)), whole)


def _not(asked: ast.expr) -> ast.expr:
    negated = isinstance(asked, ast.UnaryOp) and isinstance(asked.op, ast.Not)
    return cast("ast.UnaryOp", asked).operand if negated else _at(ast.UnaryOp(ast.Not(), asked), asked)


def _alone(value: ast.expr) -> ast.stmt:
    return _at(ast.Expr(value), value)


def _at(made: _Made, place: ast.expr) -> _Made:
    return ast.copy_location(made, place)


def _acts(node: ast.expr) -> bool:
    """Tells whether an expression does something, or one that it ends in does."""
    while isinstance(node, (ast.BoolOp, ast.IfExp, *_LOOPS)):
        if isinstance(node, ast.BoolOp):
            node = node.values[-1]
        elif isinstance(node, ast.IfExp):
            node = node.body
        else:
            node = node.elt
    return isinstance(node, _ACTING)


def _values(nodes: Nodes) -> list[ast.expr]:
    """What statements make that keep nothing."""
    found = [each.value for each in cast("Sequence[ast.Expr]", nodes.kinds.get(ast.Expr, ()))]
    dropping = (each for each in cast("Sequence[ast.Assign]", nodes.kinds.get(ast.Assign, ())) if drops(each))
    return [*found, *(each.value for each in dropping)]


def _may_hold(value: ast.expr) -> bool:
    if isinstance(value, ast.Call):
        return len(value.args) == 1 and isinstance(
            value.args[0], (*_DISPLAYS, *_LOOPS, ast.GeneratorExp, ast.Call)
        )
    return isinstance(value, _KINDS)


def drops(statement: ast.Assign) -> bool:
    """Tells whether an assignment gives its value to a name for nothing: ``_ = f()``."""
    match statement.targets:
        case [ast.Name(id=name)]:
            return not name.strip("_")
    return False
