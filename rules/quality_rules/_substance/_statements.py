"""Runs statements without a block of their own: what they answer, raise, bind and do.

Here as in ``_branches`` and ``_loops`` a function runs one type of statement, and says whether nothing behind it is reached.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from quality.model import is_function
from quality.rules import decorators
from quality_rules._constants import truth
from quality_rules._substance._nature import Nature
from quality_rules._substance._refusals import is_found_out, says_kind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import TypeAlias

    from quality_rules._substance._body import Body

    #: Type of statement → what runs it.
    Runs: TypeAlias = Mapping[type[ast.stmt], Callable[[Body, Any], bool | None]]

#: Decorators that keep nothing.
_PLAIN = frozenset(["cache", "classmethod", "lru_cache", "property", "staticmethod", "wraps"])


def is_unwritten(error: ast.expr | None) -> bool:
    """Tells whether an error says that the code is not written yet."""
    target = error.func if isinstance(error, ast.Call) else error
    return isinstance(target, ast.Name) and target.id in {"NotImplementedError", "NotImplemented"}


def _expression(body: Body, statement: ast.Expr) -> None:
    body.effects(statement.value)


def _return(body: Body, statement: ast.Return) -> bool:
    body.effects(statement.value)
    body.returns(statement.value)
    return True


def _raise(body: Body, statement: ast.Raise) -> bool:
    body.effects(*(statement.exc.args if isinstance(statement.exc, ast.Call) else [statement.exc]))
    # A bare one only lets through what is on its way.
    if statement.exc is not None and not is_unwritten(statement.exc):
        if body.ends_program(statement.exc):
            body.does(body.left(statement.exc))
            return True
        if body.refuses_all(statement):
            return True
        # Whatever the code outside of functions raises ends it, and nobody gets it.
        nature = body.of(statement.exc) if is_function(body.function) else Nature.FIXED
        body.does(Nature.WORK if Nature.FIXED < nature < Nature.BORROWED else nature)
        if body.control > Nature.FORM:
            body.does(body.control)
    return True


def _assert(body: Body, statement: ast.Assert) -> None:
    body.effects(statement.test)
    if says_kind(statement.test) and not is_found_out(statement.test, body.function):
        return  # It says no more of an argument than an annotation does.
    # What never holds is a way to raise.
    fails = truth(statement.test) is False
    body.does(Nature.WORK if fails else body.condition(statement.test))


def _jump(body: Body, statement: ast.Break | ast.Continue) -> bool:
    del body, statement
    return True


def _delete(body: Body, statement: ast.Delete) -> None:
    names = [entry for target in statement.targets for entry in getattr(target, "elts", [target])]
    if not all(isinstance(name, ast.Name) for name in names):
        body.does(Nature.WORK)


def _define_function(body: Body, statement: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
    # Others may keep what they decorate: a key is bound, a route served.
    words = zip(statement.decorator_list, decorators(statement), strict=True)
    body.effects(*(each for each, word in words if word not in _PLAIN))
    if statement.name in body.locals or statement.name in body.parameters:
        body.bind(statement.name, body.text.function_value(statement))


def _define_class(body: Body, statement: ast.ClassDef) -> None:
    if statement.name in body.locals or statement.name in body.parameters:
        body.bind(statement.name, Nature.WORK)


def _assign(body: Body, statement: ast.Assign) -> None:
    body.effects(statement.value)
    for target in statement.targets:
        body.assign(target, statement.value)


def _assign_in_place(body: Body, statement: ast.AugAssign) -> None:
    body.effects(statement.value)
    body.add_to(statement)


def _assign_annotated(body: Body, statement: ast.AnnAssign) -> None:
    if statement.value is not None:
        body.effects(statement.value)
        body.assign(statement.target, statement.value)


RUNS: Runs = {
    ast.Expr: _expression,
    ast.Return: _return,
    ast.Raise: _raise,
    ast.Assert: _assert,
    ast.Break: _jump,
    ast.Continue: _jump,
    ast.Delete: _delete,
    ast.FunctionDef: _define_function,
    ast.AsyncFunctionDef: _define_function,
    ast.ClassDef: _define_class,
    ast.Assign: _assign,
    ast.AugAssign: _assign_in_place,
    ast.AnnAssign: _assign_annotated,
}
