"""What a text asks about before it uses it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from astroid import nodes
from pylint.checkers import utils

from quality_pylint._index import once_a_text

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Functions that give the names that are bound.
_NAMESPACES = frozenset({"dir", "globals", "locals", "vars"})
#: No more conditions of an ``and`` are looked at.
_MOST = 8


def is_asked_first(subject: Any) -> bool:
    """Tells whether something that is None as far as the text shows is only used where it was asked whether it is.

    It is an attribute, or a name that is bound to a choice: astroid leaves out what it does not know of one. ``getattr`` with a
    default is a choice too.

    Args:
        subject: What is used.
    """
    may_differ = isinstance(subject, nodes.Attribute) or _is_chosen(subject)
    return may_differ and is_none(subject) and was_asked(subject, subject.as_string())


def _is_chosen(name: Any) -> bool:
    """Tells whether a name is bound to ``a if b else c``, ``a or b``, ``getattr(a, b, c)``, an attribute, or what a function gives."""
    bound: Any = name.lookup(name.name)[1] if isinstance(name, nodes.Name) else ()
    values = [each.parent.value for each in bound if isinstance(each.parent, nodes.Assign)]
    return any(
        isinstance(value, nodes.IfExp | nodes.BoolOp | nodes.Attribute | nodes.Call) for value in values
    )


def was_asked(place: Any, said: str) -> bool:
    """Tells whether a function comes to a place only when it asked about a name or an attribute.

    Args:
        place: The node.
        said: What is asked about, as it is written.
    """
    frame = place.frame()
    if any(said in names_in(test) for test in tests(place)):
        return True
    left: dict[str, int] = once_a_text("left", lambda: _left_when(frame), frame)
    return said in left and left[said] < place.fromlineno


def is_asked_again(name: Any) -> bool:
    """Tells whether the condition under which a name is bound is asked again where the name is read, or a flag that is set there.

    Args:
        name: What is read.
    """
    asked = {part.as_string() for test in tests(name) for part in _parts(test)}
    enough = {each.as_string() for test in _bound_under(name) for each in _alternatives(test)}
    return not asked.isdisjoint(enough | _flags(name))


def is_looked_up(name: Any) -> bool:
    """Tells whether a name is only read where the text saw that it is bound: ``if "name" in locals()``.

    Args:
        name: What is read.
    """
    comparisons = (each for test in tests(name) for each in test.nodes_of_class(nodes.Compare))
    return any(
        each.ops[0][0] == "in"
        and isinstance(each.left, nodes.Const)
        and each.left.value == getattr(name, "name", None)
        and isinstance(each.ops[0][1], nodes.Call)
        and each.ops[0][1].func.as_string() in _NAMESPACES
        for each in comparisons
    )


def is_bound_by_choice(name: Any) -> bool:
    """Tells whether a name that an import under ``try`` binds is read where a flag says so that the same ``try`` sets.

    Args:
        name: What is read.
    """
    attempts = {id(_attempt(each)) for each in name.root().locals.get(getattr(name, "name", ""), ())}
    flags = (flag for test in tests(name) for flag in test.nodes_of_class(nodes.Name))
    bound = (each for flag in flags for each in name.root().locals.get(flag.name, ()))
    return any(_attempt(each) is not None and id(_attempt(each)) in attempts for each in bound)


def _attempt(bound: Any) -> Any:
    """The ``try`` that binds a name, in itself or in a handler."""
    above = bound.statement().parent
    above = above.parent if isinstance(above, nodes.ExceptHandler) else above
    return above if isinstance(above, nodes.Try) else None


def is_bound_either_way(name: Any) -> bool:
    """Tells whether a name is bound under a condition and under its opposite, one after the other: ``if not a``, ``elif a``.

    Args:
        name: What is read.
    """
    asked = {_without_not(test) for test in _bound_under(name)}
    return any((said, not denied) in asked for said, denied in asked)


def _without_not(test: Any) -> tuple[str, bool]:
    """A condition as it is written, without ``not`` in front, and whether that was there."""
    denied = isinstance(test, nodes.UnaryOp) and test.op == "not"
    return (test.operand if denied else test).as_string(), denied


def _alternatives(test: Any) -> list[Any]:
    """A condition, and those of which one is enough for it."""
    return [test, *test.values] if isinstance(test, nodes.BoolOp) and test.op == "or" else [test]


def _flags(name: Any) -> frozenset[str]:
    """The names that get True in the blocks that bind a name."""
    bound: Any = name.frame().locals.get(getattr(name, "name", ""), ())
    blocks = [each.statement().parent for each in bound if isinstance(each, nodes.AssignName)]
    flags = (
        target.name
        for block in blocks
        if isinstance(block, nodes.If | nodes.ExceptHandler)
        for each in block.get_children()
        if isinstance(each, nodes.Assign) and getattr(each.value, "value", None) is True
        for target in each.targets
        if isinstance(target, nodes.AssignName)
    )
    return frozenset(flags)


def is_about_the_same(name: Any) -> bool:
    """Tells whether a condition, where a name is read or before, is about something that decided whether the name is bound.

    Args:
        name: What is read.
    """
    return any(was_asked(name, said) for test in _bound_under(name) for said in names_in(test))


def _bound_under(name: Any) -> list[Any]:
    """The conditions under which a function binds a name."""
    bound: Any = name.frame().locals.get(getattr(name, "name", ""), ())
    return [test for each in bound if isinstance(each, nodes.AssignName) for test in tests(each)]


def _parts(test: Any) -> list[Any]:
    """A condition, and those that it joins with ``and``."""
    return [test, *test.values] if isinstance(test, nodes.BoolOp) and test.op == "and" else [test]


def _left_when(frame: Any) -> dict[str, int]:
    """What a test says without which a function, or a turn of a loop, goes no further → the first line of such a test."""
    found: dict[str, int] = {}
    for each in frame.nodes_of_class((nodes.Assert, nodes.If)):
        if isinstance(each, nodes.Assert) or isinstance(
            each.body[-1], nodes.Return | nodes.Raise | nodes.Continue
        ):
            for said in names_in(each.test):
                found.setdefault(said, each.fromlineno)
    return found


def is_none(node: Any) -> bool:
    """Tells whether something is None, or NotImplemented, as far as the text shows."""
    value = utils.safe_infer(node)
    return isinstance(value, nodes.Const) and value.value in {None, NotImplemented}


def tests(node: Any) -> Iterator[Any]:
    """The conditions that decide whether a function comes to a place."""
    below, above = node, node.parent
    while above is not None and not isinstance(above, nodes.FunctionDef | nodes.ClassDef):
        if isinstance(above, nodes.If | nodes.IfExp | nodes.While) and below is not above.test:
            yield above.test
        elif isinstance(above, nodes.BoolOp):
            first = [id(each) for each in above.values[:_MOST]]
            before = first.index(id(below)) if id(below) in first else _MOST
            yield from above.values[:before]
        below, above = above, above.parent


def names_in(test: Any) -> frozenset[str]:
    """The names and attributes in a condition, as they are written."""
    found: frozenset[str] = once_a_text(
        "said",
        lambda: frozenset(each.as_string() for each in test.nodes_of_class((nodes.Attribute, nodes.Name))),
        test,
    )
    return found
