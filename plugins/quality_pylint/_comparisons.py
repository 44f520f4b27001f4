"""Which comparisons cannot be of a function, so that pylint need not infer their operands for it."""

from __future__ import annotations

from typing import Any

from astroid import nodes
from astroid.bases import BoundMethod
from pylint.checkers import utils
from pylint.checkers.base.comparison_checker import ComparisonChecker

from quality_pylint._index import is_missing
from quality_pylint._variables import is_unknown

_theirs: Any = ComparisonChecker._check_callable_comparison  # noqa: SLF001 - it infers every operand
#: What never comes to a function where the text has no class that says what operators give.
_VALUES = (
    *(nodes.Const, nodes.JoinedStr, nodes.Compare, nodes.BinOp, nodes.UnaryOp, nodes.AugAssign),
    *(nodes.List, nodes.Tuple, nodes.Set, nodes.Dict, nodes.ListComp, nodes.SetComp, nodes.DictComp),
)
#: Builtins that give numbers and texts.
_OF_VALUES = frozenset({"abs", "float", "int", "len", "ord", "round", "str"})
#: Builtins whose elements are not inferred.
_COUNTING = frozenset({"enumerate", "range", "zip"})
#: How many assignments one behind the other are followed, and how many of one name.
_MOST = 3


def check_callable_comparison(self: Any, node: Any) -> None:
    """Does not infer what is plainly no function, and leaves functions alone that are compared with one another."""
    operands = (node.left, node.ops[0][1])
    if _are_functions(*operands):
        return
    if not is_missing(nodes.ClassDef) or any(
        isinstance(utils.safe_infer(each), nodes.FunctionDef | BoundMethod)
        for each in operands
        if not _is_value(each, _MOST)
    ):
        _theirs(self, node)


def may_be_of_a_value(comparison: Any) -> bool:
    """Tells whether a decorator that is not here makes what it likes of a compared function: a value, as a property does.

    Args:
        comparison: What pylint reports.
    """
    operands = (comparison.left, comparison.ops[0][1])
    functions: list[Any] = [utils.safe_infer(each) for each in operands]
    return any(
        not utils.safe_infer(decorator)
        for each in functions
        if isinstance(each, nodes.FunctionDef | BoundMethod) and each.decorators
        for decorator in each.decorators.nodes
    )


def _are_functions(left: Any, right: Any) -> bool:
    """Tells whether functions are compared on purpose: those that two objects keep, or one that is called here."""
    if isinstance(left, nodes.Attribute) and isinstance(right, nodes.Attribute):
        return bool(left.attrname == right.attrname)
    return any(_is_called(each) for each in (left, right))


def _is_called(node: Any) -> bool:
    """Tells whether a function calls what a name of its own stands for."""
    frame = node.frame() if isinstance(node, nodes.Name) else None
    if not isinstance(frame, nodes.FunctionDef) or node.name not in frame.locals:
        return False
    calls = (call.func for call in frame.nodes_of_class(nodes.Call))
    return any(isinstance(each, nodes.Name) and each.name == node.name for each in calls)


def _is_value(node: Any, depth: int) -> bool:
    """Tells whether an expression is plainly no function, or nothing that can be inferred."""
    if isinstance(node, _VALUES) or _calls(node, _OF_VALUES) or _is_open(node, depth):
        return True
    places: Any = node.lookup(node.name)[1] if isinstance(node, nodes.Name) else ()
    return 0 < len(places) <= depth and all(_holds_value(each, depth - 1) for each in places)


def _holds_value(place: Any, depth: int) -> bool:
    """Tells whether a name is bound to what is plainly no function."""
    above = place.parent
    if isinstance(above, nodes.Assign) and isinstance(place, nodes.AssignName):
        return _is_value(above.value, depth)
    return isinstance(above, nodes.AugAssign) or _is_turn(place, depth)


def _is_open(node: Any, depth: int) -> bool:
    """Tells whether an expression is, or is a part of, what only who calls the function knows."""
    while isinstance(node, nodes.Subscript | nodes.Attribute | nodes.Call):
        node = node.func if isinstance(node, nodes.Call) else next(node.get_children())
    places: Any = node.lookup(node.name)[1] if isinstance(node, nodes.Name) else ()
    return len(places) == 1 and (is_unknown(places[0]) or (depth > 0 and _is_turn(places[0], depth - 1)))


def _is_turn(place: Any, depth: int) -> bool:
    """Tells whether a loop binds a name to what it counts, or to a part of what only who calls knows."""
    above = place.parent
    while isinstance(above, nodes.Tuple):
        above = above.parent
    if not isinstance(above, nodes.For | nodes.Comprehension):
        return False
    return _calls(above.iter, _COUNTING) or _is_open(above.iter, depth)


def _calls(node: Any, names: frozenset[str]) -> bool:
    """Tells whether an expression calls one of these builtins."""
    function: Any = node.func if isinstance(node, nodes.Call) else None
    if not isinstance(function, nodes.Name) or function.name not in names:
        return False
    found: Any = function.lookup(function.name)[0]
    return bool(found.name == "builtins")


#: (Owner, name, what stands in for it.)
OF_COMPARISONS: tuple[tuple[Any, str, Any], ...] = (
    (ComparisonChecker, "_check_callable_comparison", check_callable_comparison),
)


def is_asserted(node: Any) -> bool:
    """``assert list(store) == []`` says more than ``assert not list(store)``."""
    return isinstance(node.statement(), nodes.Assert)


def may_be_no_number(comparison: Any) -> bool:
    """``size != size`` is how one asks for NaN, which alone is no value that equals itself."""
    left = comparison.left
    plain = isinstance(left, nodes.Name) or (
        isinstance(left, nodes.Attribute) and isinstance(left.expr, nodes.Name)
    )
    return bool(comparison.ops[0][0] == "!=" and plain)
