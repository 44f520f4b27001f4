"""Parameters that somebody else decides on."""

from __future__ import annotations

from typing import Any

from astroid import nodes

from quality_pylint._decorators import PLAIN_DECORATORS, decorators, last_name
from quality_pylint._definitions import is_for_the_class_body, is_of_an_interface
from quality_pylint._index import once_a_text
from quality_pylint._names import is_made_from_another, is_only_of_the_script, is_overriding

#: What those that call a view, a handler or a callback pass, whether it is needed or not.
_PASSED = frozenset(["args", "context", "ctx", "event", "frame", "kwargs", "request", "sender", "signum"])
#: No more contexts of a ``with`` are looked at.
_MOST = 20


def is_asked_for(node: Any) -> bool:
    """Somebody else decides on a parameter: who calls the function, the fixture that it asks for, a class above."""
    function = node.scope()
    if not isinstance(function, nodes.FunctionDef):
        return False
    return (
        getattr(node, "name", "") in _PASSED
        or not PLAIN_DECORATORS.issuperset(map(last_name, decorators(function)))
        or (function.name.startswith("test") and _expects(function))
        or _is_left_open(function)
        or any(last_name(call) == "save_hyperparameters" for call in function.nodes_of_class(nodes.Call))
        or is_overriding(node)
        or _is_of_a_metaclass(function)
    )


def _is_of_a_metaclass(function: Any) -> bool:
    """``type`` passes the name, the bases and all that a class statement says to several methods."""
    owner = function.parent
    return (
        function.name.startswith("__")
        and isinstance(owner, nodes.ClassDef)
        and "type" in map(last_name, owner.bases)
    )


def _expects(function: Any) -> bool:
    """Tells whether a test says what it expects, and may ask for its parameters as fixtures."""
    calls = (last_name(call) for call in function.nodes_of_class(nodes.Call))
    asserts = next(function.nodes_of_class(nodes.Assert), None) is not None
    return asserts or any(name.startswith(("assert", "raises", "warns", "fail")) for name in calls)


def _is_left_open(function: Any) -> bool:
    """Tells whether a function ends in NotImplementedError: those below it decide what they need."""
    last = function.body[-1] if function.body else None
    return (
        isinstance(last, nodes.Raise)
        and last.exc is not None
        and last_name(last.exc) == "NotImplementedError"
    )


def is_a_class_method(node: Any) -> bool:
    """A decorator, such as a validator's, passes the class, or a class that is not known here makes classes."""
    named = node.argnames()[:1] in (["cls"], ["klass"])
    made = node.decorators is not None or (
        isinstance(node.parent, nodes.ClassDef) and is_made_from_another(node.parent)
    )
    return (named and made) or is_without_self(node)


def is_without_self(node: Any) -> bool:
    """Tells whether a function in a class is called without an object."""
    return is_of_an_interface(node) or is_for_the_class_body(node)


def is_taken_over(node: Any) -> bool:
    """Tells whether a name stands for what the outer name of the same spelling is, so that none is taken for the other.

    Such are ``def log(text, form=form)``, fixtures, and parameters named as what a script passes: a function that asks
    for it no longer reads the script's variable.
    """
    parameters = node.parent
    if _is_fixture(node) or not isinstance(parameters, nodes.Arguments):
        return _is_fixture(node)
    if is_only_of_the_script(node.name, node.root()):
        return True
    return node.name in once_a_text("defaults", lambda: _defaults(parameters), parameters)


def _defaults(parameters: Any) -> frozenset[str]:
    defaults = (*(parameters.defaults or ()), *(parameters.kw_defaults or ()))
    return frozenset(each.name for each in defaults if isinstance(each, nodes.Name))


def _is_fixture(node: Any) -> bool:
    """A parameter has the name of the fixture that pytest passes for it, or a local that of the fixture it is in."""
    outer = node.root().locals.get(getattr(node, "name", ""), [None])[0]
    if not is_a_fixture(outer):
        return False
    return isinstance(node.parent, nodes.Arguments) or node.frame() is outer


def is_a_fixture(node: Any) -> bool:
    """Tells whether something is a fixture of pytest."""
    return isinstance(node, nodes.FunctionDef) and "fixture" in map(last_name, decorators(node))


def is_of_a_method(parameter: Any) -> bool:
    """Tells whether a parameter is one of a method, in its class or cut out of it."""
    names = parameter.frame().argnames() if isinstance(parameter.frame(), nodes.FunctionDef) else []
    return bool(names) and names[0] in {"self", "cls"}


def is_entered_again(node: Any) -> bool:
    """``with pool.acquire(connection) as connection``: what is entered is made from the parameter."""
    context = node.parent
    items = context.items[:_MOST] if isinstance(context, nodes.With) else ()
    made = (manager for manager, target in items if target is node)
    return any(each.name == node.name for manager in made for each in manager.nodes_of_class(nodes.Name))
