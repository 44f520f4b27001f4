"""Runs statements with blocks of which something decides, or that something is done around."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import is_function
from quality.rules import decorators, is_type_checking
from quality_rules._constants import truth
from quality_rules._substance._nature import Nature
from quality_rules._substance._refusals import (
    ends_in_nothing,
    hands_back,
    is_found_out,
    refuses_kind,
    written,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quality_rules._substance._body import Body
    from quality_rules._substance._statements import Runs

#: Expressions and statements that ask whether something is true.
_ASKING = (ast.If, ast.IfExp, ast.BoolOp, ast.UnaryOp)


def _if(body: Body, statement: ast.If) -> bool:
    body.effects(statement.test)
    known = _known(body, statement.test)
    if known is not None:
        return body.block(statement.body if known else statement.orelse)
    if is_type_checking(statement.test):
        return body.block(statement.orelse)
    if only_refuses(body, statement):
        return False
    body.examples.beside = _answer_in(statement.body)
    decided = body.condition(statement.test)
    body.examples.beside = None
    return all(body.below(decided, statement.body, statement.orelse))


def only_refuses(body: Body, statement: ast.If | ast.While) -> bool:
    """Tells whether a statement refuses what has no value, or the wrong type: that is no work either, where nothing follows."""
    if not refuses_kind(statement, body.function):
        return False
    test = written(statement.test, body.function)
    around = body.names.scope(body.function)
    refused = ends_in_nothing(body.function, around) and not is_found_out(test, body.function)
    return refused or hands_back(body.function)


def _known(body: Body, test: ast.expr) -> bool | None:
    """The outcome of a condition that is written down, there or as the only value of a local name."""
    if isinstance(test, ast.Name) and is_function(body.function) and test.id not in body.parameters:
        values = body.sources.get(test.id, [])
        names = body.facts.names(body.function)
        once = len(names.stores.get(test.id, ())) == 1 and len(set(values)) == 1
        if once and _stays(body, test.id, values[0], names.loads[test.id]):
            return truth(values[0])
    return truth(test)


def _stays(body: Body, name: str, value: ast.expr, uses: Sequence[ast.Name]) -> bool:
    """Tells whether a value is what it was written as wherever its name is read: nothing is put into it."""
    if isinstance(value, ast.Constant):
        return True
    if name not in body.asked_only:
        body.asked_only[name] = all(isinstance(body.facts.parent(use), _ASKING) for use in uses)
    return body.asked_only[name]


def _answer_in(block: Sequence[ast.stmt]) -> ast.expr | None:
    """What a block answers that does no more than that, or keeps to answer it later."""
    only = block[0] if len(block) == 1 else None
    return only.value if isinstance(only, (ast.Return, ast.Assign, ast.AnnAssign)) else None


def _match(body: Body, statement: ast.Match) -> bool:
    body.effects(statement.subject)
    subject = body.of(statement.subject)
    outer, around = body.control, body.around
    ended: list[bool] = []
    for case in statement.cases:
        body.examples.beside = _answer_in(case.body)
        _pattern(body, case.pattern, subject)
        body.examples.beside = None
        test = max(subject, body.of(case.guard)) if case.guard else subject
        decided = Nature.LISTED if Nature.FIXED < test < Nature.LISTED else test
        # Nothing is decided where the first case takes whatever comes.
        open_to_all = _takes_all(statement.cases[0])
        body.control = max(outer, Nature.FIXED if open_to_all else decided)
        body.around = max(around, Nature.FIXED if open_to_all else decided)
        ended.append(body.block(case.body))
        body.around = around
        if _takes_all(case):
            return all(ended)
    return False


def _takes_all(case: ast.match_case) -> bool:
    """Tells whether a case is for whatever comes to it."""
    return isinstance(case.pattern, ast.MatchAs) and case.pattern.pattern is None and case.guard is None


def _pattern(body: Body, pattern: ast.pattern, subject: Nature) -> None:
    """Binds the names of a pattern, and notes the values that it compares with."""
    several = isinstance(pattern, ast.MatchOr)
    for node in body.facts.within(pattern):
        name = getattr(node, "name", None)
        if isinstance(node, ast.MatchAs | ast.MatchStar) and isinstance(name, str):
            body.bind(name, subject)
        elif isinstance(node, ast.MatchValue):
            body.examples.compare(node.value, one_of_many=several)


def _with(body: Body, statement: ast.With | ast.AsyncWith) -> bool:
    for item in statement.items:
        body.effects(item.context_expr)
        if not isinstance(item.context_expr, ast.Call) and not body.is_lock(item.context_expr):
            body.does(Nature.WORK)  # Entering and leaving an object is work.
        if item.optional_vars is not None:
            held = body.handed_through(item.context_expr)
            body.bind_target(item.optional_vars, Nature.WORK if held is None else body.of(held), held)
    return body.block(statement.body)


def _try(body: Body, statement: ast.Try) -> bool:
    raised = _raised(statement)
    if raised is not None:
        return _handled(body, statement, raised)
    caught = any(map(is_narrow, statement.handlers))
    if caught and _is_context(body) and _yields(body, statement.body):
        body.does(Nature.WORK)  # What is raised where it is used is caught.
    ended, handled = body.block(statement.body), True
    if not _is_silent(statement.body):
        outer, around = (body.control, body.handling), body.around
        # Whether something goes wrong may depend on the arguments, and tells one from another.
        body.control, body.handling = max(body.control, Nature.LISTED), True
        body.around = max(around, Nature.LISTED)
        for handler in statement.handlers:
            if handler.name:
                body.bind(handler.name, Nature.WORK)
            handled = body.block(handler.body) and handled
        body.control, body.handling = outer
        body.around = around
    ended = ended or body.block(statement.orelse)
    return body.block(statement.finalbody) or (ended and handled)


def _raised(statement: ast.Try) -> ast.Call | None:
    """The error that a block raises, whatever happens, for a handler that catches it by its name or catches all; else None."""
    last, before = statement.body[-1], statement.body[:-1]
    error = last.exc if isinstance(last, ast.Raise) else None
    if not isinstance(error, ast.Call) or not all(map(_is_silent, ([each] for each in before))):
        return None
    kind, first = ast.dump(error.func), statement.handlers[0] if statement.handlers else None
    caught = first is not None and (
        not is_narrow(first) or (first.type is not None and ast.dump(first.type) == kind)
    )
    return error if caught and not (statement.orelse or statement.finalbody) else None


def _handled(body: Body, statement: ast.Try, error: ast.Call) -> bool:
    """Runs a block that only raises, and the handler that it comes to: there is no other way."""
    ended = body.block(statement.body[:-1])
    body.effects(*error.args)
    handler = statement.handlers[0]
    if handler.name:
        body.caught[handler.name] = error
        body.bind(handler.name, Nature.WORK)
    return ended or body.block(handler.body)


def is_narrow(handler: ast.ExceptHandler) -> bool:
    """Tells whether a handler keeps errors of certain kinds from going on their way."""
    everything = handler.type is None or (
        isinstance(handler.type, ast.Name) and handler.type.id in {"Exception", "BaseException"}
    )
    last = handler.body[-1]
    return not everything and not (isinstance(last, ast.Raise) and last.exc is None)


def _is_context(body: Body) -> bool:
    """Tells whether a function is what a ``with`` statement enters and leaves."""
    kinds = {"contextmanager", "asynccontextmanager"}
    return is_function(body.function) and not kinds.isdisjoint(decorators(body.function))


def _yields(body: Body, block: Sequence[ast.stmt]) -> bool:
    return any(body.facts.inside(each, ast.Yield) for each in block)


def _is_silent(block: Sequence[ast.stmt]) -> bool:
    """Tells whether a block cannot raise anything, up to where it ends."""
    for statement in block:
        if isinstance(statement, ast.Return | ast.Expr | ast.Assign | ast.AnnAssign):
            value = statement.value
            if not (value is None or isinstance(value, ast.Constant | ast.Name)):
                return False
        elif not isinstance(statement, ast.Pass | ast.Break | ast.Continue):
            return False
        if isinstance(statement, ast.Return | ast.Break | ast.Continue):
            return True
    return True


RUNS: Runs = {
    ast.If: _if,
    ast.Match: _match,
    ast.With: _with,
    ast.AsyncWith: _with,
    ast.Try: _try,
    ast.TryStar: _try,
}
