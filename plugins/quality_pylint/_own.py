"""Whose an attribute is: what a class, or its module, keeps for itself."""

from __future__ import annotations

from typing import Any

from astroid import nodes
from pylint.checkers import utils

from quality_pylint._index import once_a_text

#: What the standard library's documentation offers under a name of this form.
_OFFERED = {
    "sys": frozenset({"_clear_type_cache", "_current_frames", "_enablelegacywindowsfsencoding", "_getframe"})
}


def is_of_the_own_class(node: Any) -> bool:
    """Tells whether a method asks another object of its own class, or the object that an inner function is given as ``self``.

    What a class keeps for itself is for all of its methods, whichever of its objects they ask: ``other._size`` beside
    ``self._size``. A name that begins with two underscores is no other class's, wherever it stands in a class.

    Args:
        node: What pylint reports.
    """
    if not isinstance(node, nodes.Attribute | nodes.AssignAttr | nodes.DelAttr):
        return False
    if _is_first_parameter(node.expr) or _is_offered(node):
        return True
    owner = utils.node_frame_class(node)
    return owner is not None and node.attrname in once_a_text("own", lambda: _own(owner), owner)


def is_of_the_own_module(node: Any) -> bool:
    """Tells whether a class of the same module has an attribute: what stands together is written together."""
    module = node.root()
    owned: frozenset[str] = once_a_text("owned", lambda: _of_classes(module), module)
    return getattr(node, "attrname", "") in owned


def is_read_of_another(node: Any) -> bool:
    """Tells whether a class reads what it keeps for itself of any object: ``copied.__rows = self.__rows``."""
    owner = utils.node_frame_class(node) if isinstance(node, nodes.AssignAttr) else None
    return owner is not None and node.attrname in once_a_text("read-own", lambda: _read(owner), owner)


def _is_first_parameter(subject: Any) -> bool:
    """Tells whether something is what a function in a function is given as ``self`` or ``cls``."""
    function = subject.frame() if isinstance(subject, nodes.Name) else None
    if not isinstance(function, nodes.FunctionDef) or subject.name not in {"self", "cls"}:
        return False
    return bool(function.argnames()[:1] == [subject.name])


def _is_offered(node: Any) -> bool:
    owner: Any = utils.safe_infer(node.expr)
    return isinstance(owner, nodes.Module) and node.attrname in _OFFERED.get(owner.name, ())


def _own(owner: Any) -> frozenset[str]:
    """The attributes that a class has, or a class above it in the same module."""
    above = (each for each in owner.ancestors() if each.root() is owner.root())
    return frozenset(name for each in (owner, *above) for name in (*each.locals, *each.instance_attrs))


def _of_classes(module: Any) -> frozenset[str]:
    classes = module.nodes_of_class(nodes.ClassDef)
    return frozenset(name for each in classes for name in (*each.locals, *each.instance_attrs))


def _read(owner: Any) -> frozenset[str]:
    return frozenset(each.attrname for each in owner.nodes_of_class(nodes.Attribute))
