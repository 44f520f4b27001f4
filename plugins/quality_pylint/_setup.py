"""Attributes that an object has before anybody asks for them."""

from __future__ import annotations

from typing import Any

from astroid import nodes
from pylint.checkers import utils

from quality_pylint._index import once_a_text
from quality_pylint._names import is_made_from_another
from quality_pylint._parameters import is_a_fixture

#: Methods that run before the others of an object, or behind them all: what they set is there when it is asked for.
_FIRST = frozenset(
    {
        *("__aenter__", "__aexit__", "__enter__", "__exit__", "__set_name__", "__setstate__"),
        *("setup_class", "setup_method"),
    }
)
#: What an estimator is asked for when it was fitted.
_ASKED_OF_ESTIMATORS = frozenset({"predict", "transform"})


def is_set_first(node: Any) -> bool:
    """The method is called before others: by Python, by a test's runner, or by a class that is not known here."""
    method = node.frame()
    if not isinstance(method, nodes.FunctionDef) or not isinstance(method.parent, nodes.ClassDef):
        owner = getattr(node, "expr", None)  # a call of ``setattr`` has none
        return owner is not None and _takes_any(getattr(utils.safe_infer(owner), "_proxied", None))
    return (
        method.name in _FIRST
        or is_a_fixture(method)
        or _is_learned(node, method)
        or is_made_from_another(method.parent)
        or method.name in once_a_text("set-up", lambda: _set_up(method.parent), method.parent)
    )


def _is_learned(node: Any, method: Any) -> bool:
    """What an estimator learns has a name with ``_`` behind it, and is there once it was fitted: so scikit-learn asks."""
    learned = getattr(node, "attrname", "").endswith("_") and method.name in {"fit", "partial_fit"}
    return learned and not _ASKED_OF_ESTIMATORS.isdisjoint(method.parent.locals)


def _set_up(owner: Any) -> frozenset[str]:
    """The methods that ``__init__`` calls on its object, and those that they call: before them there is no object to use."""
    found = {"__init__"}
    pending = ["__init__"]
    while pending:
        for method in owner.locals.get(pending.pop(), ()):
            called = _called_on_self(method) - found if isinstance(method, nodes.FunctionDef) else set()
            found |= called
            pending += called
    return frozenset(found)


def _called_on_self(method: Any) -> set[str]:
    own = method.argnames()[:1]
    called = (call.func for call in method.nodes_of_class(nodes.Call))
    attributes = (each for each in called if isinstance(each, nodes.Attribute))
    return {each.attrname for each in attributes if [getattr(each.expr, "name", None)] == own}


def _takes_any(owner: Any) -> bool:
    """A class that keeps attributes in its own way takes them from anybody."""
    lineage = (owner, *owner.ancestors()) if isinstance(owner, nodes.ClassDef) else ()
    return any("__setattr__" in each.locals for each in lineage if each.root() is owner.root())


def is_of_no_setup(node: Any) -> bool:
    """Tells whether a class has no ``__init__``, so that one of its methods may be there for all attributes."""
    owner = utils.node_frame_class(node)
    return owner is not None and "__init__" not in owner.locals
