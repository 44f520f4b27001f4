"""What the other files of a project may have: classes that are made from those of a text."""

from __future__ import annotations

from collections import Counter
from typing import Any

from astroid import nodes
from pylint.checkers import utils

from quality_pylint._asked import tests
from quality_pylint._below import is_called, is_of_self
from quality_pylint._decorators import last_name
from quality_pylint._definitions import is_left_open, is_without_answer, methods_called, methods_in
from quality_pylint._index import once_a_text
from quality_pylint._names import is_made_from_another
from quality_pylint._turns import may_be_filled

_FUNCTIONS = (nodes.FunctionDef, nodes.Lambda)
#: As many statements may read a name that is forgotten.
_FEW = 2


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

    So does a class below, where a method of an abstract one makes objects: ``cls(...)``.

    Args:
        call: What pylint reports.
    """
    if not isinstance(call, nodes.Call):
        return False
    if isinstance(call.func, nodes.Name):
        owner = utils.node_frame_class(call) if _is_own(call.func) else None
        return owner is not None and bool(utils.class_is_abstract(owner))
    if not isinstance(call.func, nodes.Attribute):
        return False
    own = _is_own(call.func.expr)
    return own and any(is_left_open(method) for _, method in methods_in(call))


def answers_below(assigned: Any) -> bool:
    """Tells whether what is called is a method of the own object that says ``return None``, or that one below answers something in place of.

    Args:
        assigned: What pylint reports.
    """
    return any(
        isinstance(called.func, nodes.Attribute)
        and _is_own(called.func.expr)
        and (is_without_answer(method) or _is_answered_below(method))
        for called, method in methods_called(assigned)
    )


def _is_answered_below(method: Any) -> bool:
    """Tells whether a class of the text has a method in place of one above that returns something."""
    owner = method.parent.frame()
    others = (
        other
        for described in method.root().body
        if isinstance(described, nodes.ClassDef) and method.name in described.locals
        if any(above is owner for above in described.ancestors())
        for other in described.locals[method.name]
    )
    return any(
        isinstance(other, nodes.FunctionDef)
        and any(each.value is not None for each in other.nodes_of_class(nodes.Return))
        for other in others
    )


def is_bound_by_the_module(name: Any) -> bool:
    """Tells whether a function reads a name that only the module binds: what calls it, and when, other files say.

    Args:
        name: What pylint reports.
    """
    scope = name.scope()
    if not isinstance(scope, _FUNCTIONS):
        return False
    around = [scope, *(each for each in scope.node_ancestors() if isinstance(each, _FUNCTIONS))]
    return name.name in name.root().locals and not any(name.name in each.locals for each in around)


def is_on_condition(node: Any) -> bool:
    """Tells whether a condition, which callers may know more of, decides whether a place is come to.

    Args:
        node: What pylint reports.
    """
    return next(tests(node), None) is not None


def is_made_otherwise(call: Any) -> bool:
    """Tells whether a class is called that is made from one of another file, whose metaclass may take what it is given.

    Args:
        call: What pylint reports.
    """
    called: Any = (
        utils.safe_infer(call.func, compare_constructors=True) if isinstance(call, nodes.Call) else None
    )
    return isinstance(called, nodes.ClassDef) and is_made_from_another(called)


def is_of_the_library(call: Any) -> bool:
    """Tells whether the standard library is called, whose later versions take more than the one that judges.

    Args:
        call: What pylint reports.
    """
    called: Any = utils.safe_infer(call.func) if isinstance(call, nodes.Call) else None
    method = getattr(called, "_proxied", called)
    return method is not None and method.root() is not call.root()


def is_completed_elsewhere(call: Any) -> bool:
    """Tells whether a class has a base in another file, which may have the methods that it lacks.

    Args:
        call: What pylint reports.
    """
    called: Any = utils.safe_infer(call.func) if isinstance(call, nodes.Call) else None
    classes = [called, *called.ancestors()] if isinstance(called, nodes.ClassDef) else []
    return any(each.root() is call.root() and is_made_from_another(each) for each in classes)


def is_run_with_names(name: Any) -> bool:
    """Tells whether a file that cannot be imported reads a name that nothing gives it: whoever runs it does.

    So it is with a configuration, a recipe of a build tool, or a table of definitions: several of its statements read it, so that
    it would fail at the first.

    Args:
        name: What pylint reports.
    """
    module = name.root()
    read: Counter[str] = once_a_text("read-by-statements", lambda: _read_by_statements(module), module)
    return read.get(getattr(name, "name", ""), 0) > _FEW


def _read_by_statements(module: Any) -> Counter[str]:
    """How many statements outside of functions and classes read each name."""
    names = (each for each in module.nodes_of_class(nodes.Name) if each.frame() is module)
    return Counter(name for name, _ in {(each.name, each.statement().lineno) for each in names})


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
