"""Attributes that objects and classes get in other ways than by an assignment."""

from __future__ import annotations

from typing import Any

from astroid import nodes
from pylint.checkers import utils

from quality_pylint._asked import tests
from quality_pylint._below import is_called, is_given_by_all_below, slots_of
from quality_pylint._decorators import is_made_by_others, last_name
from quality_pylint._index import once_a_text
from quality_pylint._names import is_made_from_another

#: Functions that ask what an object is or has.
_ASKING = frozenset({"getattr", "hasattr", "isinstance", "issubclass"})
#: Calls that give an object the attributes of another one, or some by name.
_GIVING = frozenset({"__setattr__", "setattr", "update_wrapper"})


def is_given_otherwise(node: Any) -> bool:
    """Tells whether an object may have a member that no assignment shows.

    The function gives it to what has this name; its class gives its objects attributes by names that are computed, or names
    them in ``__slots__``; all classes below have it; the text asked what the object is; or the class was handed to a
    function that nobody asks for an answer, or to a decorator of another package, which is there for what it does to it.

    Args:
        node: What pylint reports.
    """
    if not isinstance(node, nodes.Attribute | nodes.AssignAttr):
        return False
    owner: Any = utils.safe_infer(node.expr)
    described = owner if isinstance(owner, nodes.ClassDef) else getattr(owner, "_proxied", None)
    if (
        _is_described(node.expr)
        or _is_given_here(node)
        or _is_asked_for(node, getattr(described, "name", ""))
    ):
        return True
    if not isinstance(described, nodes.ClassDef) or described.root() is not node.root():
        return False
    given = _names_given(described)
    if given is None or node.attrname in given:
        return True
    if is_given_by_all_below(described, node.attrname):
        return not is_called(described)
    return _is_handed_out(described) or is_made_by_others(described)


def _is_described(subject: Any) -> bool:
    """Tells whether a decorator that is not known here made an attribute of ``self`` out of a method: it decides what is read."""
    owner = utils.node_frame_class(subject) if isinstance(subject, nodes.Attribute) else None
    if owner is None or not _is_self(subject.expr):
        return False
    above = (owner, *(each for each in owner.ancestors() if each.root() is owner.root()))
    methods = (each for known in above for each in known.locals.get(subject.attrname, ()))
    return any(isinstance(each, nodes.FunctionDef) and is_made_by_others(each) for each in methods)


def _is_given_here(node: Any) -> bool:
    function, said = node.frame(), node.expr.as_string()
    given: dict[str, set[str]] = once_a_text("given-here", lambda: _given_here(function), function)
    return node.attrname in given.get(said, ())


def _given_here(function: Any) -> dict[str, set[str]]:
    """What a function gives attributes to, as it is written → the attributes."""
    found: dict[str, set[str]] = {}
    for each in function.nodes_of_class(nodes.AssignAttr):
        if isinstance(each.expr, nodes.Name) and each.expr.name not in {"self", "cls"}:
            found.setdefault(each.expr.name, set()).add(each.attrname)
    return found


def is_given_before(node: Any) -> bool:
    """Tells whether an object may have an attribute before a method assigns it: the text asks, or gives it by a computed name.

    Args:
        node: What pylint reports.
    """
    owner = utils.node_frame_class(node)
    if owner is None or not isinstance(node, nodes.Attribute | nodes.AssignAttr):
        return False
    known = is_made_from_another(owner) or _is_asked_for(node, owner.name) or _names_given(owner) is None
    return known or _is_flagged(node, owner) or _runs_later(node, owner)


def _runs_later(called: Any, owner: Any) -> bool:
    """Tells whether what asks for the attribute only runs when somebody goes through what a call gives, or awaits it."""
    methods = [each for each in owner.locals.get(called.attrname, ()) if isinstance(each, nodes.FunctionDef)]
    return any(isinstance(each, nodes.AsyncFunctionDef) or each.is_generator() for each in methods)


def _is_flagged(node: Any, owner: Any) -> bool:
    """Tells whether a place is only reached when another attribute, which a method sets, says so: ``if self.joined``."""
    set_up = owner.instance_attrs
    asked = (each for test in tests(node) for each in test.nodes_of_class(nodes.Attribute))
    return any(
        _is_self(each.expr)
        and each.attrname != node.attrname
        and any(bound.frame().name != "__init__" for bound in set_up.get(each.attrname, ()))
        for each in asked
    )


def _names_given(owner: Any) -> frozenset[str] | None:
    above = [each for each in owner.ancestors() if each.root() is owner.root()]
    found: frozenset[str] | None = once_a_text("given", lambda: _given(owner, above), owner)
    return found


def _is_asked_for(node: Any, kind: str) -> bool:
    """Tells whether the text comes to a place only where it asked whether an object has the member, or is of another class."""
    said = node.expr.as_string()
    calls = (call for test in tests(node) for call in test.nodes_of_class(nodes.Call))
    asked = [
        call
        for call in calls
        if last_name(call) in _ASKING and call.args and call.args[0].as_string() == said
    ]
    return any(kind not in {last_name(each) for each in _several(call.args[-1])} for call in asked)


def _several(kinds: Any) -> list[Any]:
    return list(kinds.elts) if isinstance(kinds, nodes.Tuple) else [kinds]


def _given(owner: Any, above: list[Any]) -> frozenset[str] | None:
    """The attributes that a class, or those above, give by name and by ``__slots__``; None where they may be any."""
    found: set[str] = set()
    for each in (owner, *above):
        found |= slots_of(each) or set()
        for call in each.nodes_of_class(nodes.Call):
            names = _set_by(call)
            if names is None:
                return None
            found |= names
        if any(map(_is_an_own_entry, each.nodes_of_class(nodes.Subscript))):
            return None
    return frozenset(found)


def _is_an_own_entry(subscript: Any) -> bool:
    """Tells whether an object's table of attributes gets an entry: ``self.__dict__[name] = value``."""
    stored = isinstance(subscript.parent, nodes.Assign) and subscript in subscript.parent.targets
    return stored and _is_own_table(subscript.value)


def _set_by(call: Any) -> set[str] | None:
    """The attributes that a call gives its object; None where it may be any."""
    called = last_name(call)
    if called in _GIVING:
        name = next((each for each in call.args[:2] if isinstance(each, nodes.Const)), None)
        of_self = called == "__setattr__" or (call.args and _is_self(call.args[0]))
        return {str(name.value)} if name is not None else None if of_self else set()
    if called != "update" or not isinstance(call.func, nodes.Attribute):
        return set()
    return None if _is_own_table(call.func.expr) else set()


def _is_own_table(table: Any) -> bool:
    """Tells whether something is an object's table of attributes: ``self.__dict__`` or ``vars(self)``."""
    if isinstance(table, nodes.Attribute):
        return table.attrname == "__dict__" and _is_self(table.expr)
    return isinstance(table, nodes.Call) and last_name(table) == "vars" and any(map(_is_self, table.args))


def _is_self(node: Any) -> bool:
    return getattr(node, "name", "") in {"self", "cls"}


def _is_handed_out(owner: Any) -> bool:
    """Tells whether the module calls a function with a class, and asks for no answer."""
    module = owner.root()
    return owner.name in once_a_text("handed-out", lambda: _handed_out(module), module)


def _handed_out(module: Any) -> frozenset[str]:
    calls = (each.value for each in module.body if isinstance(each, nodes.Expr))
    given = (argument for call in calls if isinstance(call, nodes.Call) for argument in call.args)
    return frozenset(each.name for each in given if isinstance(each, nodes.Name))
