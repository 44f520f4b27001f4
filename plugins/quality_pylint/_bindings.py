"""Where a name is bound that pylint takes for unbound."""

from __future__ import annotations

import itertools
from typing import Any

from astroid import nodes

from quality_pylint._index import once_a_text

#: Statements behind which a block does not go on.
_LEAVING = (nodes.Break, nodes.Continue, nodes.Raise, nodes.Return)


def is_bound_in_full(name: Any) -> bool:
    """Tells whether a name is bound wherever it is read, in a way that pylint does not follow.

    A class declares it and reads the one around; a lambda has several names; a ``try`` begins with it; the module binds it; or what a handler binds is read where only a handler
    leads to.

    Args:
        name: What is read.
    """
    frame = name.frame()
    bound = [
        each
        for each in frame.locals.get(getattr(name, "name", ""), ())
        if each.frame() is frame or each in frame.body
    ]
    if _is_taken_from_outside(name) or _is_global(name):
        return True
    if bound and all(map(_is_declared, bound)):
        return isinstance(frame, nodes.ClassDef)
    if any(isinstance(each, nodes.FunctionDef) and each.lineno == name.lineno for each in bound):
        return True
    return any(_is_by_a_handler(each) or _begins_an_attempt(each, name) for each in bound)


def _begins_an_attempt(bound: Any, name: Any) -> bool:
    """Tells whether a ``try`` that a name is read in begins with a constant for it, which cannot fail."""
    attempt = bound.statement().parent
    if not isinstance(attempt, nodes.Try) or not attempt.parent_of(name):
        return False
    constant = itertools.takewhile(_gives_a_constant, attempt.body)
    return bound.statement() in constant


def _gives_a_constant(statement: Any) -> bool:
    return isinstance(statement, nodes.Assign) and isinstance(statement.value, nodes.Const)


def is_bound_above(name: Any) -> bool:
    """Tells whether a statement above binds a name that is read: whether the text comes by there, conditions and errors decide.

    Args:
        name: What pylint reports.
    """
    bound = name.frame().locals.get(getattr(name, "name", ""), ())
    first = name.statement().lineno or 0
    return any(isinstance(each, nodes.AssignName) and (each.lineno or 0) < first for each in bound)


def is_bound_by_text(name: Any) -> bool:
    """Tells whether text that is run before may bind a name: in namespaces that are given to ``exec``, or outside of functions.

    Args:
        name: What pylint reports.
    """
    module, first = name.root(), name.statement().lineno or 0
    runs: list[Any] = once_a_text("runs-text", lambda: _runs_text(module), module)
    outside = (each for each in runs if each.frame() is module)
    with_names = (each for each in runs if each.frame() is name.frame() and len(each.args) > 1)
    return any((each.lineno or 0) < first for each in (*outside, *with_names))


def _runs_text(module: Any) -> list[Any]:
    """The calls of ``exec``."""
    return [each for each in module.nodes_of_class(nodes.Call) if each.func.as_string() == "exec"]


def _is_global(name: Any) -> bool:
    """Tells whether a function says of a name that it is the module's, which binds it: functions run when that is done."""
    declared = (each for each in name.frame().nodes_of_class(nodes.Global) if each.frame() is name.frame())
    bound = name.root().locals.get(getattr(name, "name", ""), ())
    return any(name.name in each.names for each in declared) and any(
        each.frame() is name.root() for each in bound
    )


def _is_taken_from_outside(name: Any) -> bool:
    """Tells whether a class reads a name of the module before it has one of its own: the body of a class looks there next."""
    outside = name.root().locals.get(getattr(name, "name", ""), ())
    above = name.parent
    while above is not None and not isinstance(above, nodes.ClassDef):
        if isinstance(above, nodes.FunctionDef) and name.statement() is not above:
            return False  # its body runs later
        above = above.parent
    return above is not None and any(each.lineno < name.lineno for each in outside if each.lineno)


def _is_declared(bound: Any) -> bool:
    return isinstance(bound.parent, nodes.AnnAssign) and bound.parent.value is None


def _is_by_a_handler(bound: Any) -> bool:
    """Tells whether a handler binds a name, every other one does so or leaves, and so does what comes without an error."""
    handler = bound.statement().parent
    attempt = handler.parent if isinstance(handler, nodes.ExceptHandler) else None
    if not isinstance(attempt, nodes.Try):
        return False
    without = attempt.orelse or attempt.body
    if not isinstance(without[-1], _LEAVING):
        return False
    return all(isinstance(each.body[-1], _LEAVING) or _binds(each, bound.name) for each in attempt.handlers)


def _binds(handler: Any, name: str) -> bool:
    targets = (target for each in handler.body if isinstance(each, nodes.Assign) for target in each.targets)
    return any(getattr(target, "name", "") == name for target in targets)
