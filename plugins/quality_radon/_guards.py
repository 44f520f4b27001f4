"""Guards: checks that end a unit early, or whose callee does, and what they cost."""

from __future__ import annotations

import ast
import heapq
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from quality.model import children
from quality_radon._checks import is_checking, raises
from quality_radon._cognitive import begins_run
from quality_radon._shape import MOST_BEFORE_LEAVING, is_elif

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quality.model import FunctionNode, Unit

#: More checks than these are a part of the work: a table of answers can be written as checks.
MOST_GUARDS = 3


#: Statements that are no guards and hold none, for speed: most are such.
_PLAIN = frozenset(
    {ast.AugAssign, ast.AnnAssign, ast.Import, ast.ImportFrom, ast.Pass, ast.Raise, ast.Return}
)


class Cost(NamedTuple):
    """What a guard adds to its unit.

    Attributes:
        cognitive: Points of cognitive complexity, never more than it really adds.
        lloc: Statements.
    """

    cognitive: int
    lloc: int


class _Place(NamedTuple):
    """Where a block stands.

    Attributes:
        depth: Levels that make each branch here dearer.
        at_edge: Whether no loop, branch or handler is around it, so that to return is to do no work at all.
    """

    depth: int
    at_edge: bool

    def inside(self) -> _Place:
        return _Place(self.depth + 1, at_edge=False)


class _Locals:
    """The names that a function binds, looked up when the first answer is met: most checks raise.

    Args:
        function: The function.
    """

    def __init__(self, function: FunctionNode) -> None:
        self._function = function

    @cached_property
    def names(self) -> frozenset[str]:
        bound = {name.arg for name in ast.walk(self._function.args) if isinstance(name, ast.arg)}
        inside = (name for name in ast.walk(self._function) if isinstance(name, ast.Name))
        return frozenset(bound | {name.id for name in inside if isinstance(name.ctx, ast.Store)})


def cost_of_guards(unit: Unit) -> Cost:
    """Adds up what a function's guards cost, of each metric the three that cost most; nothing for the module.

    A guard is a check that does not return when it fails:

    - An ``if`` without ``else`` that raises or calls ``abort``, ``exit`` or ``fail``, with at most two simple statements
      before that, or goes on with a loop's next item, after at most one call. Where no loop or branch is around it, it
      may return instead what no local name has a part in, after at most one call, if something other than such a
      return follows: elsewhere that is logic.
    - A loop around one such ``if`` alone, and an ``if`` around one of the checks below alone.
    - A handler of named exceptions that does nothing but leave.
    - ``assert``, and a call of a function that is named as a check (``validate_path``) or makes its argument harmless
      (``escape``), as a statement or as the value of a name.
    """
    node = unit.node
    if isinstance(node, ast.Module):
        return Cost(0, 0)
    guards = list(_guards(node))
    if len(guards) <= 1:
        return guards[0] if guards else Cost(0, 0)
    return Cost(
        sum(heapq.nlargest(MOST_GUARDS, (guard.cognitive for guard in guards))),
        sum(heapq.nlargest(MOST_GUARDS, (guard.lloc for guard in guards))),
    )


def _guards(function: FunctionNode) -> Iterator[Cost]:
    locals_ = _Locals(function)
    pending: list[tuple[Sequence[ast.stmt], _Place]] = [(function.body, _Place(0, at_edge=True))]
    while pending:
        block, place = pending.pop()
        for statement, following in zip(block, [*block[1:], None], strict=False):  # blocks may be empty
            if type(statement) in _PLAIN:
                continue
            found = _found(statement, following, place, locals_)
            yield from found
            if not found or isinstance(statement, ast.Try | ast.TryStar):
                pending += _blocks(statement, place)


def _found(
    statement: ast.stmt, following: ast.stmt | None, place: _Place, locals_: _Locals
) -> Sequence[Cost]:
    """The costs of the guards that a statement is, or whose handlers are."""
    guard: Cost | None = None
    match statement:
        case ast.If():
            guard = _check(statement, following, place, locals_)
        case ast.For() | ast.AsyncFor():
            guard = _checking_loop(statement, following, place, locals_)
        case ast.Try() | ast.TryStar():
            return list(_narrow_handlers(statement, place, locals_))
        case ast.Assert() | ast.Expr() | ast.Assign():
            guard = Cost(0, 1) if is_checking(statement) else None
    return [guard] if guard else []


def _blocks(statement: ast.stmt, place: _Place) -> Iterator[tuple[Sequence[ast.stmt], _Place]]:
    """The blocks below a statement, and where they stand; those of closures count from their own first level."""
    match statement:
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            yield statement.body, _Place(0, at_edge=True)
        case ast.If():
            yield statement.body, place.inside()
            yield statement.orelse, _below_else(statement, place)
        case ast.For() | ast.AsyncFor() | ast.While():
            yield statement.body, place.inside()
            yield statement.orelse, place._replace(at_edge=False)
        case ast.Try() | ast.TryStar():
            yield statement.body, place
            yield [*statement.orelse, *statement.finalbody], place._replace(at_edge=False)
            for handler in statement.handlers:
                yield handler.body, place.inside()
        case ast.With() | ast.AsyncWith():
            yield statement.body, place
        case ast.Match():
            for case in statement.cases:
                yield case.body, place.inside()


def _below_else(statement: ast.If, place: _Place) -> _Place:
    """An ``elif`` costs what its ``if`` does, without the levels around them."""
    if statement.orelse and is_elif(statement, statement.orelse[0]):
        return _Place(0, at_edge=False)
    return place.inside()


def _check(statement: ast.If, following: ast.stmt | None, place: _Place, locals_: _Locals) -> Cost | None:
    """The cost of an ``if`` that is a guard."""
    if statement.orelse:
        return None
    *before, last = statement.body
    if not before and is_checking(last):
        is_guard = True
    elif isinstance(last, ast.Continue):
        is_guard = (
            following is not None and len(before) <= 1 and all(isinstance(each, ast.Expr) for each in before)
        )
    elif raises(last):
        is_guard = len(before) <= MOST_BEFORE_LEAVING and all(map(_is_simple, before))
    else:
        # "if x: return True" before "return False" is the result, not a check before the work.
        is_guard = (
            place.at_edge
            and len(before) <= 1
            and all(isinstance(each, ast.Expr) for each in before)
            and _answers(last, locals_)
            and following is not None
            and not _ends([following], locals_)
        )
    return (
        Cost(1 + place.depth + _condition(statement.test, place.depth), 1 + len(statement.body))
        if is_guard
        else None
    )


def _checking_loop(
    statement: ast.For | ast.AsyncFor, following: ast.stmt | None, place: _Place, locals_: _Locals
) -> Cost | None:
    """The cost of a loop that only checks each of its items."""
    if statement.orelse or len(statement.body) != 1 or not isinstance(statement.body[0], ast.If):
        return None
    check = _check(statement.body[0], following, place._replace(depth=place.depth + 1), locals_)
    return check and Cost(check.cognitive + 1 + place.depth, check.lloc + 1)


def _narrow_handlers(statement: ast.Try | ast.TryStar, place: _Place, locals_: _Locals) -> Iterator[Cost]:
    """The costs of handlers of named exceptions that do nothing but leave; the first pays for ``try`` if all do."""
    narrow = [handler for handler in statement.handlers if _is_narrow(handler, locals_)]
    only = len(narrow) == len(statement.handlers) and not statement.finalbody
    for handler in narrow:
        yield Cost(1 + place.depth, 1 + (only and handler is narrow[0]))


def _is_narrow(handler: ast.ExceptHandler, locals_: _Locals) -> bool:
    broad = handler.type is None or (
        isinstance(handler.type, ast.Name) and handler.type.id in {"Exception", "BaseException"}
    )
    goes_on = len(handler.body) == 1 and isinstance(handler.body[0], ast.Continue | ast.Break)
    return not broad and (goes_on or _ends(handler.body, locals_))


def _ends(block: Sequence[ast.stmt], locals_: _Locals) -> bool:
    """Tells whether a block only raises, or returns the same whatever was computed."""
    return len(block) == 1 and (raises(block[0]) or _answers(block[0], locals_))


def _answers(statement: ast.stmt, locals_: _Locals) -> bool:
    if not isinstance(statement, ast.Return):
        return False
    used = [node.id for node in ast.walk(statement) if isinstance(node, ast.Name)]
    return not used or locals_.names.isdisjoint(used)


def _is_simple(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Assign | ast.Expr)


def _condition(test: ast.expr, depth: int) -> int:
    """The points of the decisions in a condition, those inside of each other as if they stood beside each other."""
    points = 0
    pending: list[tuple[ast.AST, ast.AST | None]] = [(test, None)]
    while pending:
        node, above = pending.pop()
        if isinstance(node, ast.BoolOp):
            points += begins_run(node, above)
        elif isinstance(node, ast.comprehension):
            points += 1 + depth + len(node.ifs)
        elif isinstance(node, ast.IfExp):
            points += 1 + depth
        pending += [(child, node) for child in children(node)]
    return points
