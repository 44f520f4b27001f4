"""What methods are called with, and what they leave to others."""

from __future__ import annotations

from typing import Any

from astroid import nodes
from pylint.checkers import utils

from quality_pylint._decorators import PLAIN_DECORATORS, decorators, last_name
from quality_pylint._definitions import is_left_to_those_below, is_of_an_interface, takes_everything
from quality_pylint._parameters import is_a_class_method, is_without_self

#: Decorators that leave a function in a class a method.
_OF_METHODS = PLAIN_DECORATORS | {"cached_property", "deleter", "getter", "property", "setter"}


def is_without_operator(node: Any) -> bool:
    """No function and no operator calls it."""
    return node.func.attrname in {"__delete__", "__get__", "__length_hint__", "__set__"}


def is_decorated(function: Any) -> bool:
    """What a decorator that is not known here makes of a function in a class may be no method."""
    return not _OF_METHODS.issuperset(map(last_name, decorators(function)))


def is_no_method(function: Any) -> bool:
    """Nor is a function without ``self`` that a decorator makes something else of: a property with a name of its own."""
    return is_without_self(function) or is_decorated(function)


def is_called_otherwise(function: Any) -> bool:
    """A decorator that is not known here, or a class that is no more than an interface, decides what a method is called with."""
    return is_of_an_interface(function) or is_decorated(function)


def has_another_first(function: Any) -> bool:
    """``*args`` take ``self`` too, a protocol's method leaves that name to what it is about, and ``enum`` passes a name."""
    if is_a_class_method(function) or function.name == "_generate_next_value_":
        return True
    taken = function.args.vararg and not function.args.args
    return bool(taken) or "self" in function.argnames()[1:]


def is_initialised_by_another(method: Any) -> bool:
    """A base whose ``__init__`` is called, and calls that of the next class in line, initialises the other bases too."""
    called = (call.func for call in method.nodes_of_class(nodes.Call))
    named = [each.expr for each in called if getattr(each, "attrname", "") == "__init__"]
    bases = (utils.safe_infer(each) for each in named if isinstance(each, nodes.Name))
    first = (each.locals.get("__init__", [None])[0] for each in bases if isinstance(each, nodes.ClassDef))
    return any(isinstance(each, nodes.FunctionDef) and _calls_the_next(each) for each in first)


def _calls_the_next(method: Any) -> bool:
    called = (call.func for call in method.nodes_of_class(nodes.Call))
    return any(
        getattr(each, "attrname", "") == "__init__" and last_name(each.expr) == "super" for each in called
    )


def is_open(method: Any) -> bool:
    """One of two methods takes all that the other one takes."""
    return takes_everything(method) or is_left_to_those_below(method)


def is_of_no_method(call: Any) -> bool:
    """A function that is put into a class later says for which one it asks ``super``."""
    return not isinstance(call.frame().parent, nodes.ClassDef)


def is_worked_out(function: Any) -> bool:
    """``return len(self.offsets) - 1``: what it is less than zero for is the list that it begins with."""
    values = [each.value for each in function.nodes_of_class(nodes.Return)]
    return any(isinstance(each, nodes.BinOp) for each in values)


def returns_what_the_base_does(method: Any) -> bool:
    """``return super().__init__()`` returns None."""
    values = [each.value for each in method.nodes_of_class(nodes.Return) if each.frame() is method]
    given = [each for each in values if each is not None]
    return all(isinstance(each, nodes.Call) and last_name(each) == "__init__" for each in given)
