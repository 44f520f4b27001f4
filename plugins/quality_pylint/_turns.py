"""What an earlier turn of a loop bound, or other code."""

from __future__ import annotations

from typing import Any

from astroid import bases, nodes
from pylint.checkers import utils

from quality_pylint._asked import is_asked_first, is_none
from quality_pylint._decorators import is_made_by_others, is_result_of_others
from quality_pylint._index import once_a_text

#: Messages that a value cannot be used so, which pylint reports of None.
OF_VALUES = frozenset(
    {
        "unsubscriptable-object",
        "unsupported-assignment-operation",
        "unsupported-delete-operation",
        "unsupported-membership-test",
        "not-an-iterable",
        "not-a-mapping",
        "not-callable",
        "not-context-manager",
        "unpacking-non-sequence",
        "invalid-unary-operand-type",
        "raising-bad-type",
    }
)
#: Such messages about whatever astroid infers, where it is used and not where it is written.
OF_INFERRED = frozenset(
    {
        "bad-reversed-sequence",
        "invalid-sequence-index",
        "invalid-slice-index",
        "non-iterator-returned",
        "not-async-context-manager",
        "unhashable-member",
        "unsupported-binary-operation",
    }
)


def is_bound_elsewhere(symbol: str, node: Any) -> bool:
    """Tells whether a message may be about None where something else is bound, by other code or a turn of the loop before.

    So it is about a function of which a decorator of another package made something else, ``cached_property`` of Django.

    pylint asks what is bound above a place, and not in the other branch of an ``if``. In a loop that is not all: in
    ``best = None``, ``for row in rows``, ``if best is None or row[0] > best[0]``, ``best = row`` it takes ``best``
    for None for ever.

    Args:
        symbol: The message.
        node: What pylint reports.
    """
    if symbol not in OF_VALUES:
        return False
    subject = node.func if isinstance(node, nodes.Call) else node
    subject = subject.value if isinstance(subject, nodes.Assign) else subject
    subject = subject.exc if isinstance(subject, nodes.Raise) else subject
    known = (is_asked_first, is_made_by_others, is_result_of_others, _is_filled_elsewhere, _is_an_item)
    asked = any(ask(subject) for ask in known) or (
        isinstance(node, nodes.Raise) and isinstance(subject, nodes.Subscript)  # what was put there since
    )
    if asked or not isinstance(subject, nodes.Name):
        return asked
    scope = subject.scope()
    if is_deep_in_items(subject) or subject.name in once_a_text(
        "nonlocals", lambda: _nonlocals(scope), scope
    ):
        return True
    bound = [each for each in scope.locals.get(subject.name, ()) if isinstance(each, nodes.AssignName)]
    later = [each.lineno for each in bound if not _is_none(each)]
    if len(later) == len(bound):
        return False
    above = subject.parent
    while above is not None and above is not scope:
        if isinstance(above, nodes.For | nodes.While):
            first, last = above.lineno or 0, above.end_lineno or above.lineno or 0
            if any(first <= (line or 0) <= last for line in later):
                return True
        above = above.parent
    return False


def may_be_filled(subject: Any) -> bool:
    """Tells whether something is an attribute that a class gives None, for its objects or classes below to give something else.

    Args:
        subject: What is used.
    """
    return isinstance(subject, nodes.Attribute) and is_none(subject)


def _is_an_item(subject: Any) -> bool:
    """Tells whether something is an item of an object with items of its own: which, depends on the key."""
    bound: Any = subject.lookup(subject.name)[1] if isinstance(subject, nodes.Name) else ()
    values = [subject, *(each.parent.value for each in bound if isinstance(each.parent, nodes.Assign))]
    return any(
        isinstance(each, nodes.Subscript) and type(utils.safe_infer(each.value)) is bases.Instance
        for each in values
    )


def _is_filled_elsewhere(subject: Any) -> bool:
    """Tells whether an attribute that begins as None is given something else in the text."""
    if not may_be_filled(subject):
        return False
    module = subject.root()
    given: frozenset[str] = once_a_text("given-later", lambda: _given_later(module), module)
    return subject.attrname in given


def _given_later(module: Any) -> frozenset[str]:
    """The attributes that assignments, and bodies of classes, give something else than None."""
    attributes = [each for each in module.nodes_of_class(nodes.AssignAttr) if not _is_none(each)]
    names = [each for each in module.nodes_of_class(nodes.AssignName) if not _is_none(each)]
    of_classes = (each.name for each in names if isinstance(each.frame(), nodes.ClassDef))
    return frozenset([*(each.attrname for each in attributes), *of_classes])


def is_deep_in_items(name: Any) -> bool:
    """Tells whether a name is bound inside of a tuple of ``for key, (name, other) in table.items()``.

    astroid takes the values of a dictionary for its pairs there, and so one part of a value for another.

    Args:
        name: What is used.
    """
    bound = name.lookup(name.name)[1] if isinstance(name, nodes.Name) else ()
    return any(_is_deep_in_items(each) for each in bound)


def _is_deep_in_items(bound: Any) -> bool:
    depth, above = 0, bound.parent
    while isinstance(above, nodes.Tuple | nodes.List):
        depth, above = depth + 1, above.parent
    looped = above.iter if isinstance(above, nodes.For | nodes.Comprehension) and depth > 1 else None
    return (
        isinstance(looped, nodes.Call)
        and isinstance(looped.func, nodes.Attribute)
        and looped.func.attrname == "items"
    )


def _nonlocals(scope: Any) -> frozenset[str]:
    """The names that functions in a function bind there."""
    return frozenset(name for each in scope.nodes_of_class(nodes.Nonlocal) for name in each.names)


def _is_none(name: Any) -> bool:
    """Tells whether a name is bound to None."""
    statement = name.parent
    return (
        isinstance(statement, nodes.Assign | nodes.AnnAssign)
        and isinstance(statement.value, nodes.Const)
        and statement.value.value is None
    )
