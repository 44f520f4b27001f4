"""Signatures that are not a function's own choice."""

from __future__ import annotations

from typing import Any

from astroid import nodes
from astroid.bases import UnboundMethod
from pylint.checkers import utils

from quality_pylint._below import is_of_self
from quality_pylint._decorators import decorators, last_name, leaves_parameters
from quality_pylint._definitions import is_filled, is_of_an_interface
from quality_pylint._index import once_a_text
from quality_pylint._names import is_made_from_another
from quality_pylint._platforms import is_by_platform

#: What pylint says of a call that does not fit what it calls.
ARITY = frozenset(
    {
        "missing-kwoa",
        "no-value-for-parameter",
        "redundant-keyword-arg",
        "too-many-function-args",
        "unexpected-keyword-arg",
    }
)


def may_take_others(call: Any) -> bool:
    """Tells whether what is called may have other parameters than those that the text shows.

    A decorator may have changed them; ``__new__`` and the classes that a metaclass makes are bound in ways that pylint
    does not follow; a library's function takes what its version knows, for which the text may ask.

    Args:
        call: What pylint reports.
    """
    if not isinstance(call, nodes.Call):
        return False
    if last_name(call) in {"__get__", "__new__"} or _is_of_a_made_class(call.func) or is_by_platform(call):
        return True
    if any(
        isinstance(each.value, nodes.Name) and is_filled(each.value)
        for each in call.keywords
        if each.arg is None
    ):
        return True  # what is spread is what is left of it
    called = utils.safe_infer(call.func, compare_constructors=True)
    if isinstance(called, nodes.FunctionDef | UnboundMethod) and is_of_an_interface(called):
        return True
    known = (_is_asked_above, _is_of_a_field, _is_one_of_several)
    if _is_by_a_base(called) or any(ask(call.func) for ask in known):
        return True
    return bool(once_a_text("changed", lambda: _is_changed(called), called))


def _is_by_a_base(called: Any) -> bool:
    """Tells whether a class that is not known here makes the objects of one, or has fields that are parameters too."""
    if not isinstance(called, nodes.ClassDef) or not is_made_from_another(called):
        return False
    return bool(getattr(called, "is_dataclass", False)) or {"__init__", "__new__"}.isdisjoint(called.locals)


def _is_asked_above(function: Any) -> bool:
    """Tells whether ``super()`` is asked for a method in a class with a base that is not known here, which may have it."""
    asked: Any = function.expr if isinstance(function, nodes.Attribute) else None
    owner = utils.node_frame_class(function) if isinstance(asked, nodes.Call) else None
    return owner is not None and last_name(asked) == "super" and is_made_from_another(owner)


def _is_of_a_field(function: Any) -> bool:
    """Tells whether what is called is no method, but a function that a class declares as a field of its objects."""
    owner: Any = utils.node_frame_class(function) if is_of_self(function) else None
    bound = () if owner is None else owner.locals.get(function.attrname, ())
    return any(isinstance(each.parent, nodes.AnnAssign) for each in bound)


def _is_one_of_several(function: Any) -> bool:
    """Tells whether a method is one of an attribute that is given several objects."""
    asked: Any = function.expr if isinstance(function, nodes.Attribute) else None
    owner: Any = utils.node_frame_class(function) if isinstance(asked, nodes.Attribute) else None
    if owner is None or not is_of_self(asked):
        return False
    given = [
        bound for each in (owner, *owner.ancestors()) for bound in each.instance_attrs.get(asked.attrname, ())
    ]
    return len(given) > 1


def _is_changed(called: Any) -> bool:
    """Tells whether a decorator of a function, of a class or of what makes its objects may change the parameters."""
    asked = [called]
    if isinstance(called, nodes.ClassDef):
        asked += [*called.locals.get("__new__", ()), *called.locals.get("__init__", ())]
    return any(not leaves_parameters(each) for node in asked for each in decorators(node))


def _is_of_a_made_class(function: Any) -> bool:
    """Tells whether a metaclass's method calls the class that it is about, or a method of it or of one that it just made."""
    method = function.frame()
    above = method.parent if isinstance(method, nodes.FunctionDef) else None
    owner = None if above is None else above.frame()
    if not isinstance(owner, nodes.ClassDef) or all(each.name != "type" for each in owner.ancestors()):
        return False
    if isinstance(function, nodes.Name):
        return bool(method.argnames()[:1] == [function.name])
    called_on = function.expr if isinstance(function, nodes.Attribute) else None
    return isinstance(called_on, nodes.Name) and called_on.name in method.locals


class _Callers:
    """Who decides on the parameters of a module's functions.

    Attributes:
        methods: Name of a method → for each class that has it, the names of its parameters.
        handed_on: Names of functions and methods that are used without being called, in other ways than to return
            several at once: that only lets them out of the function that they are written in.
    """

    def __init__(self, module: Any) -> None:
        self.methods: dict[str, dict[Any, frozenset[str]]] = {}
        for described in module.body:
            for each in described.body if isinstance(described, nodes.ClassDef) else ():
                if isinstance(each, nodes.FunctionDef) and not each.name.startswith("__"):
                    self.methods.setdefault(each.name, {})[described] = frozenset(each.argnames())
        self.handed_on: set[str] = set()
        for node in module.nodes_of_class((nodes.Name, nodes.Attribute)):
            if isinstance(node.parent, nodes.Call) and node.parent.func is node:
                continue
            if isinstance(node.parent, nodes.Tuple) and isinstance(node.parent.parent, nodes.Return):
                continue
            if isinstance(node, nodes.Name):
                self.handed_on.add(node.name)
            elif isinstance(node, nodes.Attribute) and getattr(node.expr, "name", "") in {"self", "cls"}:
                self.handed_on.add(node.attrname)


def is_asked_for_by_others(argument: Any) -> bool:
    """Tells whether an unused parameter has to be there for those who call its function.

    Who is called in place of others gets what they get: that one of them needs less is no reason to leave it out. So
    it is with a method that other classes of the module have with this parameter too, and with a function that is
    handed on, to a table or as a callback.

    Args:
        argument: What pylint reports: the name of the parameter.
    """
    function = argument.scope()
    if not isinstance(function, nodes.FunctionDef):
        return False
    module = function.root()
    known: _Callers = once_a_text("callers", lambda: _Callers(module), module)
    if function.name in known.handed_on:
        return True
    if not isinstance(function.parent, nodes.ClassDef):
        return False
    name = getattr(argument, "name", "")
    return sum(name in names for names in known.methods.get(function.name, {}).values()) > 1
