"""Names that the text binds nowhere, or later."""

from __future__ import annotations

from typing import Any

from astroid import nodes

from quality.model import BUILTINS
from quality_pylint._annotations import is_only_written, is_written_in_a_function
from quality_pylint._asked import (
    is_asked_again,
    is_bound_by_choice,
    is_bound_either_way,
    is_looked_up,
    was_asked,
)
from quality_pylint._bindings import is_bound_in_full
from quality_pylint._handlers import caught_by
from quality_pylint._imports import is_imported_for_all, takes_all_of_another
from quality_pylint._platforms import is_by_platform

#: The function that IPython gives to what it runs.
_OF_IPYTHON = "get_ipython"


def is_without_values(node: Any) -> bool:
    """A text of functions alone may be cut out of a module that has the value."""
    module = node.root()
    bound = (each for found in module.locals.values() for each in found if isinstance(each, nodes.AssignName))
    return all(each.frame() is not module for each in bound)


def _is_of_its_module(name: Any) -> bool:
    """A function that was cut out of its module says of a name that it is the module's."""
    frame = name.frame()
    shared = (each for each in frame.nodes_of_class(nodes.Global) if each.frame() is frame)
    return is_without_values(name) and any(getattr(name, "name", "") in each.names for each in shared)


def is_bound_by_then(node: Any) -> bool:
    """The text asked whether there is something to loop over; and ``del name``, behind a loop, leaves nothing of it."""
    bound = node.frame().locals.get(node.name) or [node]
    looped: Any = bound[0].parent.iter if isinstance(bound[0].parent, nodes.For) else None
    named = isinstance(looped, nodes.Name | nodes.Attribute)
    return isinstance(node, nodes.DelName) or (named and was_asked(node, looped.as_string()))


def is_bound_as_yet(name: Any) -> bool:
    """A module that gives a built-in name another value reads the built-in one before, or asks whether there is one.

    What is bound under a condition is there where the same condition holds again.
    """
    known = (
        is_asked_again,
        is_bound_by_choice,
        is_bound_either_way,
        is_bound_in_full,
        is_looked_up,
        is_only_written,
        is_written_in_a_function,
        _is_of_its_module,
    )
    if any(ask(name) for ask in known):
        return True
    if not isinstance(name, nodes.Name) or name.frame() is not name.root():
        return False
    attempt = name.statement().parent
    handlers = attempt.handlers if isinstance(attempt, nodes.Try) else ()
    return name.name in BUILTINS or any("NameError" in caught_by(each) for each in handlers)


def is_of_others(name: Any) -> bool:
    """Another module may have a name, of which the text takes all, or another version of Python.

    A class that is not made yet may stand in an annotation that is never worked out.
    """
    known = (takes_all_of_another, is_by_platform, is_imported_for_all, _is_of_the_body_around)
    if any(ask(name) for ask in known) or getattr(name, "name", "") == _OF_IPYTHON:
        return True
    above = name.frame()
    while above is not None and getattr(above, "name", None) != getattr(name, "name", ""):
        above = above.parent.frame() if above.parent is not None else None
    return isinstance(above, nodes.ClassDef) and is_only_written(name)


def _is_of_the_body_around(name: Any) -> bool:
    """Tells whether a class binds a name above a class in it that is decorated with it: decorators are worked out outside of what they decorate."""
    above = name
    while above is not None and not isinstance(above, nodes.Decorators):
        above = above.parent
    decorated = above.parent if above is not None else None
    body = decorated.parent if isinstance(decorated, nodes.ClassDef) else None
    bound = body.locals.get(getattr(name, "name", ""), ()) if isinstance(body, nodes.ClassDef) else ()
    return any((each.lineno or 0) < (name.lineno or 0) for each in bound)
