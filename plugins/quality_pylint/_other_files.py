"""What the other files of a project may have: classes that are made from those of a text."""

from __future__ import annotations

from typing import Any

from astroid import nodes
from pylint.checkers import utils

from quality_pylint._below import is_called, is_of_self
from quality_pylint._decorators import last_name
from quality_pylint._definitions import is_left_open, is_without_answer, methods_called, methods_in
from quality_pylint._turns import may_be_filled


def is_completed(node: Any) -> bool:
    """Tells whether a class may get from one below it what its methods ask ``self`` for.

    Where the text makes objects of the class itself, it has to be complete.

    Args:
        node: What pylint reports.
    """
    owner = utils.node_frame_class(node) if is_of_self(node) else None
    return isinstance(owner, nodes.ClassDef) and not is_called(owner)


def is_of_an_open_class(node: Any) -> bool:
    """Tells whether an object may be one of a class below the one that astroid takes it for, which the text makes none of.

    Args:
        node: What pylint reports.
    """
    own = is_of_self(node) or not isinstance(node, nodes.AssignAttr)
    owner: Any = None if own else utils.safe_infer(node.expr)
    described = getattr(owner, "_proxied", None)
    return isinstance(described, nodes.ClassDef) and not is_called(described)


def is_set_before(node: Any) -> bool:
    """Tells whether a class below may set up an attribute before a method gives it another value: what ``__init__`` reads is not there yet.

    Args:
        node: What pylint reports.
    """
    return is_completed(node) and getattr(node.frame(), "name", "") != "__init__"


def may_be_another(node: Any) -> bool:
    """Tells whether a value is another one by what other files do.

    An attribute that begins as None is given something by others. A class below, or its metaclass, may have the special method
    that is asked of ``self`` or ``cls``.

    Args:
        node: What pylint reports.
    """
    subject = node.func if isinstance(node, nodes.Call) else node
    if may_be_filled(subject):
        return not isinstance(node, nodes.Call)  # that one is a doubt
    if not isinstance(subject, nodes.Name) or not _is_own(subject):
        return False
    owner = utils.node_frame_class(node)
    return isinstance(owner, nodes.ClassDef) and not is_called(owner)


def takes_what_those_below_do(call: Any) -> bool:
    """Tells whether a method of the own object is called that is left to the classes below, which decide what it takes.

    Args:
        call: What pylint reports.
    """
    if not isinstance(call, nodes.Call) or not isinstance(call.func, nodes.Attribute):
        return False
    own = _is_own(call.func.expr)
    return own and any(is_left_open(method) for _, method in methods_in(call))


def answers_below(assigned: Any) -> bool:
    """Tells whether what is called is a method of the own object that says ``return None``: those below may answer something.

    Args:
        assigned: What pylint reports.
    """
    return any(
        is_without_answer(method) and isinstance(called.func, nodes.Attribute) and _is_own(called.func.expr)
        for called, method in methods_called(assigned)
    )


def is_written_elsewhere(call: Any) -> bool:
    """Tells whether a call has no constant behind its first argument: what is wrong with another is what astroid infers.

    Args:
        call: What pylint reports.
    """
    if not isinstance(call, nodes.Call):
        return False
    behind = [*call.args[1:], *(each.value for each in call.keywords)]
    return not any(isinstance(each, nodes.Const) for each in behind or call.args)


def is_of_a_base(call: Any) -> bool:
    """Tells whether ``super`` is asked for what comes behind a class above.

    Args:
        call: What pylint reports.
    """
    owner = utils.node_frame_class(call)
    named: Any = call.args[0] if isinstance(call, nodes.Call) and call.args else None
    if not isinstance(named, nodes.Name) or owner is None:
        return False
    bases = (base.value if isinstance(base, nodes.Subscript) else base for base in owner.bases)
    return named.name in map(last_name, bases)


def _is_own(subject: Any) -> bool:
    return getattr(subject, "name", "") in {"self", "cls"}
