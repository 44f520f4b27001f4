"""Attributes that an object has before anybody asks for them."""

from __future__ import annotations

from typing import Any

from astroid import nodes
from pylint.checkers import utils

from quality_pylint._names import is_made_from_another
from quality_pylint._parameters import is_a_fixture

#: Methods that run before the others of an object, or behind them all: what they set is there when it is asked for.
_FIRST = frozenset(
    {
        *("__aenter__", "__aexit__", "__enter__", "__exit__", "__set_name__", "__setstate__"),
        *("setup_class", "setup_method"),
    }
)


def is_set_first(node: Any) -> bool:
    """The method is called before others: by Python, by a test's runner, or by a class that is not known here."""
    method = node.frame()
    if not isinstance(method, nodes.FunctionDef) or not isinstance(method.parent, nodes.ClassDef):
        return _takes_any(getattr(utils.safe_infer(node.expr), "_proxied", None))
    return method.name in _FIRST or is_a_fixture(method) or is_made_from_another(method.parent)


def _takes_any(owner: Any) -> bool:
    """A class that keeps attributes in its own way takes them from anybody."""
    lineage = (owner, *owner.ancestors()) if isinstance(owner, nodes.ClassDef) else ()
    return any("__setattr__" in each.locals for each in lineage if each.root() is owner.root())


def is_set_above(node: Any) -> bool:
    """A class above, which is not seen here, may have set the attribute long before."""
    owner = utils.node_frame_class(node)
    return owner is not None and is_made_from_another(owner)


def is_of_no_setup(node: Any) -> bool:
    """Tells whether a class has no ``__init__``, so that one of its methods may be there for all attributes."""
    owner = utils.node_frame_class(node)
    return owner is not None and "__init__" not in owner.locals
