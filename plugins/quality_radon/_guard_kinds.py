"""Which statements are guards, and what each costs."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

from quality.model import children
from quality_radon._checks import is_checking, is_repair, only_checks, raises, refuses
from quality_radon._cognitive import begins_run
from quality_radon._shape import is_elif

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quality_radon._surroundings import Behind, Locals, Place

#: Statements of ``finally`` that are cleanup.
MOST_CLEANUP = 2
_SIMPLE = (ast.Expr, ast.Assign, ast.Delete)


class Cost(NamedTuple):
    """What a guard adds to its unit.

    Attributes:
        cognitive: Points of cognitive complexity, never more than it really adds.
        lloc: Statements.
    """

    cognitive: int
    lloc: int


class Guard(NamedTuple):
    """A guard.

    Attributes:
        cost: What it adds.
        refuses: Whether it is a branch that raises, and not one that answers or goes on.
    """

    cost: Cost
    refuses: bool = False


def guards_of(statement: ast.stmt, behind: Behind, place: Place, locals_: Locals) -> Sequence[Guard]:
    """The guards that a statement is, or whose branches or handlers are."""
    guard: Guard | None = None
    if isinstance(statement, ast.If):
        if statement.orelse:
            return list(_refusing_branches(statement, place))
        guard = _check(statement, behind, place, locals_) or _repair(statement, behind, place)
    elif isinstance(statement, (ast.For, ast.AsyncFor)):
        guard = _checking_loop(statement, behind, place, locals_)
    elif isinstance(statement, (ast.Try, ast.TryStar)):
        return [*_narrow_handlers(statement, place, locals_), *_cleanup(statement)]
    elif is_checking(statement) or (place.at_edge and locals_.cleans(statement)):
        guard = Guard(Cost(0, 1))
    elif isinstance(statement, (ast.Assign, ast.Return)) and place.at_edge:
        guard = _default(statement.value, locals_)
    return [guard] if guard else []


def _check(statement: ast.If, behind: Behind, place: Place, locals_: Locals) -> Guard | None:
    """An ``if`` without ``else`` that is a guard."""
    *before, last = statement.body
    if refuses(statement.body):
        said = sum(points_of(each, place.depth + 1) for each in statement.body)
        return Guard(Cost(_branch(statement, place) + said, 1 + len(statement.body)), refuses=True)
    if only_checks(statement.body):
        inside = _cost_of_checks(statement.body, place.depth + 1)
        return Guard(Cost(_branch(statement, place) + inside.cognitive, 1 + inside.lloc), refuses=True)
    if len(before) > 1 or not all(isinstance(each, ast.Expr) for each in before):
        return None
    if isinstance(last, ast.Continue):
        is_guard = behind.following() is not None
    elif place.at_edge and _answers(last, locals_):
        work = behind.work(locals_)
        # "if x: return True" before "return False" is the result, not a check before the work.
        is_guard = work is not None and not _ends([work], locals_)
    else:
        return None
    return Guard(Cost(_branch(statement, place), 1 + len(statement.body))) if is_guard else None


def _branch(statement: ast.If, place: Place) -> int:
    """The points of an ``if`` without ``else`` and of its condition."""
    return 1 + place.depth + points_of(statement.test, place.depth)


def _repair(statement: ast.If, behind: Behind, place: Place) -> Guard | None:
    """An ``if`` before the work that does nothing but give the name that it asks about another value."""
    if not place.at_edge or not is_repair(statement) or behind.following() is None:
        return None
    return Guard(Cost(1 + points_of(statement.test, 0), 2))


def _default(value: ast.expr | None, locals_: Locals) -> Guard | None:
    """A value with another for where there is none: ``rows[0] if rows else None``, ``options or {}``.

    The other is one that no local name has a part in: it is what an ``if`` before the work returns, in one expression.
    """
    match value:
        case ast.IfExp(test=test, body=first, orelse=second):
            if locals_.have_part(first) is not locals_.have_part(second):
                return Guard(Cost(1 + points_of(test, 0), 0))
        case ast.BoolOp(op=ast.Or(), values=[first, *_, last]):
            if locals_.have_part(first) and not locals_.have_part(last):
                return Guard(Cost(1, 0))
    return None


def _refusing_branches(statement: ast.If, place: Place) -> Iterator[Guard]:
    """The branches of an ``if`` with ``else`` that only raise: without one, the next takes its place."""
    leads = is_elif(statement, statement.orelse[0])
    if refuses(statement.body):
        own = (1 if leads else 1 + place.depth) + points_of(statement.test, place.depth)
        yield Guard(Cost(own, 1 + len(statement.body)), refuses=True)
    elif not leads and refuses(statement.orelse):
        yield Guard(Cost(1, len(statement.orelse)), refuses=True)


def _cost_of_checks(block: Sequence[ast.stmt], depth: int) -> Cost:
    """What the checks of a block that holds nothing else add, at most a few on at most a few levels."""
    cognitive = lloc = 0
    for statement in block:
        lloc += 1
        if isinstance(statement, ast.If | ast.For | ast.AsyncFor):
            cognitive += 1 + depth
            if isinstance(statement, ast.If):
                cognitive += points_of(statement.test, depth)
            inside = (
                Cost(0, len(statement.body))
                if refuses(statement.body)
                else _cost_of_checks(statement.body, depth + 1)
            )
            cognitive += inside.cognitive
            lloc += inside.lloc
    return Cost(cognitive, lloc)


def _checking_loop(
    statement: ast.For | ast.AsyncFor, behind: Behind, place: Place, locals_: Locals
) -> Guard | None:
    """A loop that only checks each of its items."""
    if statement.orelse:
        return None
    if only_checks(statement.body):
        return Guard(_cost_of_checks([statement], place.depth), refuses=True)
    match statement.body:
        case [ast.If(orelse=[]) as inner]:
            inside = _check(inner, behind, place._replace(depth=place.depth + 1), locals_)
            return inside and Guard(Cost(inside.cost.cognitive + 1 + place.depth, inside.cost.lloc + 1))
    return None


def _narrow_handlers(statement: ast.Try | ast.TryStar, place: Place, locals_: Locals) -> Iterator[Guard]:
    """The handlers of named exceptions that do nothing but leave; the first pays for ``try`` if all do."""
    narrow = [handler for handler in statement.handlers if _is_narrow(handler, locals_)]
    only = len(narrow) == len(statement.handlers) and not statement.finalbody
    for handler in narrow:
        cost = Cost(1 + place.depth, 1 + (only and handler is narrow[0]))
        yield Guard(cost, refuses=raises(handler.body[0]))


def _cleanup(statement: ast.Try | ast.TryStar) -> Iterator[Guard]:
    """What is done whatever happened, and ``try`` with it, if that is there for nothing else."""
    final = statement.finalbody
    if final and len(final) <= MOST_CLEANUP and all(isinstance(each, _SIMPLE) for each in final):
        yield Guard(Cost(0, len(final) + (not statement.handlers)))


def _is_narrow(handler: ast.ExceptHandler, locals_: Locals) -> bool:
    broad = handler.type is None or (
        isinstance(handler.type, ast.Name) and handler.type.id in {"Exception", "BaseException"}
    )
    goes_on = len(handler.body) == 1 and isinstance(handler.body[0], ast.Continue | ast.Break)
    return not broad and (goes_on or _ends(handler.body, locals_))


def _ends(block: Sequence[ast.stmt], locals_: Locals) -> bool:
    """Tells whether a block only raises, or returns the same whatever was computed."""
    return len(block) == 1 and (raises(block[0]) or _answers(block[0], locals_))


def _answers(statement: ast.stmt, locals_: Locals) -> bool:
    return isinstance(statement, ast.Return) and not locals_.have_part(statement)


def points_of(test: ast.expr | ast.stmt, depth: int) -> int:
    """The points of the decisions in a condition or a message, those inside of each other as if they stood beside it."""
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
