"""What is called, with what, and what comes of it."""

from __future__ import annotations

from typing import Any

from astroid import nodes
from pylint.checkers import utils

from quality_pylint._decorators import decorators, last_name
from quality_pylint._definitions import is_a_hook, is_one_of_several
from quality_pylint._members import is_cut_out
from quality_pylint._methods import is_decorated
from quality_pylint._signatures import may_take_others
from quality_pylint._turns import may_be_filled

#: What a finished command says about how it ended.
_EXIT_CODE = frozenset({"check_returncode", "returncode"})


def may_be_told(call: Any) -> bool:
    """Something is spread over a call: what a thread runs may be among it."""
    return isinstance(call, nodes.Call) and bool(call.kwargs or call.starargs)


def gets_what_callers_add(call: Any) -> bool:
    """A call gets a table that is a parameter of the function around it: what is missing may be there."""
    tables = [each.value for each in call.keywords if each.arg is None]
    return any(isinstance(each, nodes.Name) and _is_parameter(each) for each in tables)


def _is_parameter(name: Any) -> bool:
    """Tells whether a name is a parameter and nothing else."""
    _, bound = name.lookup(name.name)
    return bool(bound) and all(
        isinstance(each, nodes.Arguments) or isinstance(each.parent, nodes.Arguments) for each in bound
    )


def is_asked_how_it_ended(call: Any) -> bool:
    """What the command comes to is asked for its exit code, at once or where it is kept."""
    if isinstance(call.parent, nodes.Attribute):
        return call.parent.attrname in _EXIT_CODE
    kept = call.parent.targets[0] if isinstance(call.parent, nodes.Assign) else None
    if not isinstance(kept, nodes.AssignName):
        return False
    asked = (each for each in call.scope().nodes_of_class(nodes.Attribute) if each.attrname in _EXIT_CODE)
    return any(isinstance(each.expr, nodes.Name) and each.expr.name == kept.name for each in asked)


def may_be_called(node: Any) -> bool:
    """The class that a method was cut out of is called, a context manager, or what a decorator gives its function first."""
    if not isinstance(node, nodes.Call):
        return False
    return is_cut_out(node.func) or _is_a_context(node.func) or _is_given_by_a_decorator(node.func)


def is_a_place_to_fill(call: Any) -> bool:
    """What is called begins as None and may be filled by the time."""
    return isinstance(call, nodes.Call) and may_be_filled(call.func)


def _is_given_by_a_decorator(name: Any) -> bool:
    """What a decorator that is not known here gives a function of a class need not be an object of the class."""
    method: Any = name.lookup(name.name)[0] if isinstance(name, nodes.Name) else None
    return (
        isinstance(method, nodes.FunctionDef)
        and method.argnames()[:1] == [name.name]
        and is_decorated(method)
    )


def _is_a_context(called: Any) -> bool:
    """What ``contextmanager`` makes can be called too, to decorate a function."""
    made: Any = utils.safe_infer(called.func) if isinstance(called, nodes.Call) else None
    named = map(last_name, decorators(made)) if isinstance(made, nodes.FunctionDef) else ()
    return not {"asynccontextmanager", "contextmanager"}.isdisjoint(named)


def may_have_others(call: Any) -> bool:
    """How many stand in a list that is spread over a call, and which in a table, is said where they are filled."""
    return may_take_others(call) or may_be_told(call)


def may_be_answered(assigned: Any) -> bool:
    """A class below may answer what a method leaves open, or another function of the same name."""
    return is_a_hook(assigned) or is_one_of_several(assigned)
