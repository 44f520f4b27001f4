"""Guards: checks that end a unit early, or whose callee does, and what they cost."""

from __future__ import annotations

import ast
import heapq
from typing import TYPE_CHECKING

from quality_radon._checks import MOST_GUARDS, MOST_REFUSALS
from quality_radon._guard_kinds import Cost, Guard, guards_of, points_of
from quality_radon._shape import is_elif
from quality_radon._surroundings import Behind, Locals, Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quality.model import FunctionNode, Unit

#: Statements that are no guards and hold none, for speed: most are such.
_PLAIN = frozenset({ast.AugAssign, ast.AnnAssign, ast.Import, ast.ImportFrom, ast.Pass, ast.Raise})
#: Statements that may be guards if their value is one of these: a call, what waits for one, or a value with a default.
_CALLS = frozenset({ast.Call, ast.Await})
_DEFAULTING = frozenset({ast.IfExp, ast.BoolOp})
_GIVING = {ast.Expr: _CALLS, ast.Assign: _CALLS | _DEFAULTING, ast.Return: _DEFAULTING}
#: Statements with blocks.
_TRYING = frozenset({ast.Try, ast.TryStar})
_HOLDING = frozenset(
    [
        *(ast.FunctionDef, ast.AsyncFunctionDef, ast.If, ast.For, ast.AsyncFor, ast.While),
        *(*_TRYING, ast.With, ast.AsyncWith, ast.Match),
    ]
)


def cost_of_guards(unit: Unit) -> Cost:
    """Adds up what a function's guards cost, of each metric those that cost most; nothing for the module.

    Up to three guards count, and up to six that refuse. A guard is a check that does not return when it fails:

    - An ``if`` without ``else`` that raises or calls ``abort``, ``exit`` or ``fail``, with at most two simple statements
      before that, or goes on with a loop's next item, after at most one call. Where no loop or branch is around it, it
      may return instead what no local name has a part in, after at most one call, if something other than such a
      return follows, a line for the log, another name for what is there or checks that raise aside: elsewhere that is logic. The branches
      of an ``if`` with ``else`` that raise are guards too.
    - A loop around one such ``if`` alone, and an ``if`` or a loop around nothing but a few of the checks below and of
      those that raise.
    - An ``if`` without ``else`` that gives the name that it asks about another value, where no loop or branch is around
      it: it puts right what the work begins with. So does a value that is assigned or returned with another for where there
      is none (``rows[0] if rows else None``, ``options or {}``), if no local name has a part in that.
    - A handler of named exceptions that does nothing but leave, and up to two simple statements in ``finally``, with ``try`` where
      there is no handler.
    - With an ``if`` goes the statement before it when that gives a name to what is asked about, or counts on, and nothing
      else uses it; with a counter, what sets it to zero.
    - A conversion of a parameter that keeps its name, or one that takes characters out of it, where no loop or branch is
      around it.
    - ``assert``, and a call of a function that is named as a check (``validate_path``) or makes its argument harmless
      (``escape``, ``basename``), as a statement or as a value that is assigned.
    """
    node = unit.node
    if isinstance(node, ast.Module):
        return Cost(0, 0)
    guards = list(_guards(node))
    if len(guards) <= 1:
        return guards[0].cost if guards else Cost(0, 0)
    refusals = [guard.cost for guard in guards if guard.refuses]
    others = [guard.cost for guard in guards if not guard.refuses]
    parts = [(MOST_REFUSALS, refusals), (MOST_GUARDS, others)]
    return Cost(
        sum(sum(heapq.nlargest(most, (cost.cognitive for cost in costs))) for most, costs in parts),
        sum(sum(heapq.nlargest(most, (cost.lloc for cost in costs))) for most, costs in parts),
    )


def _guards(function: FunctionNode) -> Iterator[Guard]:
    locals_ = Locals(function)
    pending: list[tuple[Sequence[ast.stmt], Place]] = [(function.body, Place(0, at_edge=True))]
    while pending:
        block, place = pending.pop()
        before: ast.stmt | None = None
        for number, statement in enumerate(block):
            kind = type(statement)
            giving = _GIVING.get(kind)
            if kind in _PLAIN or (giving is not None and type(statement.value) not in giving):  # type: ignore[attr-defined]
                before = statement
                continue
            found = guards_of(statement, Behind(block, number), place, locals_)
            serving = (
                locals_.serving(before, statement) if len(found) == 1 and isinstance(statement, ast.If) else 0
            )
            if serving:
                yield _with(found[0], before, place, serving)
            else:
                yield from found
            before = None if found else statement
            if _goes_on_below(statement, found):
                pending += _blocks(statement, place)


def _goes_on_below(statement: ast.stmt, found: Sequence[Guard]) -> bool:
    """Tells whether a statement has blocks in which there may be more guards than those that it is."""
    kind = type(statement)
    return kind in _HOLDING and (kind in _TRYING or not found or _has_else(statement))


def _with(guard: Guard, before: ast.stmt | None, place: Place, statements: int) -> Guard:
    """A guard together with the statements that say what it asks about."""
    decisions = points_of(before, place.depth) if before is not None else 0
    return guard._replace(cost=Cost(guard.cost.cognitive + decisions, guard.cost.lloc + statements))


def _has_else(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.If) and bool(statement.orelse)


def _blocks(statement: ast.stmt, place: Place) -> Iterator[tuple[Sequence[ast.stmt], Place]]:
    """The blocks below a statement, and where they stand; those of closures count from their own first level."""
    match statement:
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            yield statement.body, Place(0, at_edge=True)
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


def _below_else(statement: ast.If, place: Place) -> Place:
    """An ``elif`` costs what its ``if`` does, without the levels around them."""
    if statement.orelse and is_elif(statement, statement.orelse[0]):
        return Place(0, at_edge=False)
    return place.inside()
