"""Guards: checks that end a unit early, or whose callee does, and what they cost."""

from __future__ import annotations

import ast
import heapq
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from quality.model import cached_property, children
from quality_radon._checks import is_aside, is_checking, is_cleaning, is_repair, only_checks, raises, refuses
from quality_radon._cognitive import begins_run
from quality_radon._shape import is_elif

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quality.model import FunctionNode, Unit

#: More checks than these are a part of the work: a table of answers can be written as checks.
MOST_GUARDS = 3
#: What raises gives no answer, so more of it stays a check: a parser refuses what it was not made for, field by field.
MOST_REFUSALS = 6


#: Statements of ``finally`` that are cleanup.
MOST_CLEANUP = 2
_SIMPLE = (ast.Expr, ast.Assign, ast.Delete)

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


class Cost(NamedTuple):
    """What a guard adds to its unit.

    Attributes:
        cognitive: Points of cognitive complexity, never more than it really adds.
        lloc: Statements.
    """

    cognitive: int
    lloc: int


class _Guard(NamedTuple):
    """A guard.

    Attributes:
        cost: What it adds.
        refuses: Whether it is a branch that raises, and not one that answers or goes on.
    """

    cost: Cost
    refuses: bool = False


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


class _Behind(NamedTuple):
    """What stands behind a statement, looked for when somebody asks.

    Attributes:
        block: The block that both are in.
        place: The place of the statement in it.
    """

    block: Sequence[ast.stmt]
    place: int

    def following(self) -> ast.stmt | None:
        """The next statement that does not only say something, or name what is there; where all do, the next.

        A branch or loop does more, so nothing is looked at for two of them.
        """
        block, first = self.block, self.place + 1
        behind = (block[each] for each in range(first, len(block)))
        other = next((statement for statement in behind if not is_aside(statement)), None)
        return other or (block[first] if first < len(block) else None)

    def work(self, locals_: _Locals) -> ast.stmt | None:
        """The next statement that does not only refuse, or say what is asked for that, either; where all do, the next.

        At most as many checks are passed over as may be free.
        """
        block, place, checks = self.block, self.place + 1, 0
        while place < len(block) and checks < MOST_GUARDS + MOST_REFUSALS:
            statement = block[place]
            after = block[place + 1] if place + 1 < len(block) else None
            if _only_refuses(statement):
                checks += 1
            elif not is_aside(statement) and not (
                after is not None and _only_refuses(after) and locals_.serving(statement, after)
            ):
                return statement
            place += 1
        return self.following()


class _Locals:
    """The names that a function binds, looked up when the first answer is met: most checks raise.

    Args:
        function: The function.
    """

    def __init__(self, function: FunctionNode) -> None:
        self._function = function

    @cached_property
    def _uses(self) -> Counter[str]:
        return Counter(node.id for node in ast.walk(self._function) if isinstance(node, ast.Name))

    def serving(self, statement: ast.stmt | None, check: ast.stmt) -> int:
        """How many statements only say what a check asks about, and nothing else uses it.

        That is the one before it when it gives a name to it, or counts on, with what sets the counter to zero.
        """
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)]):
                return int(self._only_in(check, name, elsewhere=1))
            case ast.AugAssign(target=ast.Name(id=name)):
                return 2 * self._only_in(check, name, elsewhere=2)
        return 0

    def _only_in(self, check: ast.stmt, name: str, *, elsewhere: int) -> bool:
        inside = sum(isinstance(node, ast.Name) and node.id == name for node in ast.walk(check))
        return inside > 0 and self._uses[name] == elsewhere + inside

    def cleans(self, statement: ast.stmt) -> bool:
        """Tells whether a statement puts right what the function is given: ``name = name.strip()``, ``size = int(size)``."""
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call() as call):
                return is_cleaning(call, name) and name in self._parameters
        return False

    def have_part(self, node: ast.AST) -> bool:
        """Tells whether a local name stands in an expression or statement."""
        used = [each.id for each in ast.walk(node) if isinstance(each, ast.Name)]
        return bool(used) and not self._names.isdisjoint(used)

    @cached_property
    def _names(self) -> frozenset[str]:
        inside = (name for name in ast.walk(self._function) if isinstance(name, ast.Name))
        return self._parameters | {name.id for name in inside if isinstance(name.ctx, ast.Store)}

    @cached_property
    def _parameters(self) -> frozenset[str]:
        """Those of functions inside, too: to stand in another function makes a check no other."""
        return frozenset(place.arg for place in ast.walk(self._function) if isinstance(place, ast.arg))


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


def _guards(function: FunctionNode) -> Iterator[_Guard]:
    locals_ = _Locals(function)
    pending: list[tuple[Sequence[ast.stmt], _Place]] = [(function.body, _Place(0, at_edge=True))]
    while pending:
        block, place = pending.pop()
        before: ast.stmt | None = None
        for number, statement in enumerate(block):
            kind = type(statement)
            giving = _GIVING.get(kind)
            if kind in _PLAIN or (giving is not None and type(statement.value) not in giving):  # type: ignore[attr-defined]
                before = statement
                continue
            found = _found(statement, _Behind(block, number), place, locals_)
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


def _goes_on_below(statement: ast.stmt, found: Sequence[_Guard]) -> bool:
    """Tells whether a statement has blocks in which there may be more guards than those that it is."""
    kind = type(statement)
    return kind in _HOLDING and (kind in _TRYING or not found or _has_else(statement))


def _with(guard: _Guard, before: ast.stmt | None, place: _Place, statements: int) -> _Guard:
    """A guard together with the statements that say what it asks about."""
    decisions = _condition(before, place.depth) if before is not None else 0
    return guard._replace(cost=Cost(guard.cost.cognitive + decisions, guard.cost.lloc + statements))


def _has_else(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.If) and bool(statement.orelse)


def _found(statement: ast.stmt, behind: _Behind, place: _Place, locals_: _Locals) -> Sequence[_Guard]:
    """The guards that a statement is, or whose branches or handlers are."""
    guard: _Guard | None = None
    if isinstance(statement, ast.If):
        if statement.orelse:
            return list(_refusing_branches(statement, place))
        guard = _check(statement, behind, place, locals_) or _repair(statement, behind, place)
    elif isinstance(statement, (ast.For, ast.AsyncFor)):
        guard = _checking_loop(statement, behind, place, locals_)
    elif isinstance(statement, (ast.Try, ast.TryStar)):
        return [*_narrow_handlers(statement, place, locals_), *_cleanup(statement)]
    elif is_checking(statement) or (place.at_edge and locals_.cleans(statement)):
        guard = _Guard(Cost(0, 1))
    elif isinstance(statement, (ast.Assign, ast.Return)) and place.at_edge:
        guard = _default(statement.value, locals_)
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


def _check(statement: ast.If, behind: _Behind, place: _Place, locals_: _Locals) -> _Guard | None:
    """An ``if`` without ``else`` that is a guard."""
    *before, last = statement.body
    if refuses(statement.body):
        said = sum(_condition(each, place.depth + 1) for each in statement.body)
        return _Guard(Cost(_branch(statement, place) + said, 1 + len(statement.body)), refuses=True)
    if only_checks(statement.body):
        inside = _cost_of_checks(statement.body, place.depth + 1)
        return _Guard(Cost(_branch(statement, place) + inside.cognitive, 1 + inside.lloc), refuses=True)
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
    return _Guard(Cost(_branch(statement, place), 1 + len(statement.body))) if is_guard else None


def _only_refuses(statement: ast.stmt) -> bool:
    """Tells whether a statement is an ``if`` that raises, or is nothing."""
    return isinstance(statement, ast.If) and not statement.orelse and refuses(statement.body)


def _branch(statement: ast.If, place: _Place) -> int:
    """The points of an ``if`` without ``else`` and of its condition."""
    return 1 + place.depth + _condition(statement.test, place.depth)


def _repair(statement: ast.If, behind: _Behind, place: _Place) -> _Guard | None:
    """An ``if`` before the work that does nothing but give the name that it asks about another value."""
    if not place.at_edge or not is_repair(statement) or behind.following() is None:
        return None
    return _Guard(Cost(1 + _condition(statement.test, 0), 2))


def _default(value: ast.expr | None, locals_: _Locals) -> _Guard | None:
    """A value with another for where there is none: ``rows[0] if rows else None``, ``options or {}``.

    The other is one that no local name has a part in: it is what an ``if`` before the work returns, in one expression.
    """
    match value:
        case ast.IfExp(test=test, body=first, orelse=second):
            if locals_.have_part(first) is not locals_.have_part(second):
                return _Guard(Cost(1 + _condition(test, 0), 0))
        case ast.BoolOp(op=ast.Or(), values=[first, *_, last]):
            if locals_.have_part(first) and not locals_.have_part(last):
                return _Guard(Cost(1, 0))
    return None


def _refusing_branches(statement: ast.If, place: _Place) -> Iterator[_Guard]:
    """The branches of an ``if`` with ``else`` that only raise: without one, the next takes its place."""
    leads = is_elif(statement, statement.orelse[0])
    if refuses(statement.body):
        own = (1 if leads else 1 + place.depth) + _condition(statement.test, place.depth)
        yield _Guard(Cost(own, 1 + len(statement.body)), refuses=True)
    elif not leads and refuses(statement.orelse):
        yield _Guard(Cost(1, len(statement.orelse)), refuses=True)


def _cost_of_checks(block: Sequence[ast.stmt], depth: int) -> Cost:
    """What the checks of a block that holds nothing else add, at most a few on at most a few levels."""
    cognitive = lloc = 0
    for statement in block:
        lloc += 1
        if isinstance(statement, ast.If | ast.For | ast.AsyncFor):
            cognitive += 1 + depth
            if isinstance(statement, ast.If):
                cognitive += _condition(statement.test, depth)
            inside = (
                Cost(0, len(statement.body))
                if refuses(statement.body)
                else _cost_of_checks(statement.body, depth + 1)
            )
            cognitive += inside.cognitive
            lloc += inside.lloc
    return Cost(cognitive, lloc)


def _checking_loop(
    statement: ast.For | ast.AsyncFor, behind: _Behind, place: _Place, locals_: _Locals
) -> _Guard | None:
    """A loop that only checks each of its items."""
    if statement.orelse:
        return None
    if only_checks(statement.body):
        return _Guard(_cost_of_checks([statement], place.depth), refuses=True)
    match statement.body:
        case [ast.If(orelse=[]) as inner]:
            inside = _check(inner, behind, place._replace(depth=place.depth + 1), locals_)
            return inside and _Guard(Cost(inside.cost.cognitive + 1 + place.depth, inside.cost.lloc + 1))
    return None


def _narrow_handlers(statement: ast.Try | ast.TryStar, place: _Place, locals_: _Locals) -> Iterator[_Guard]:
    """The handlers of named exceptions that do nothing but leave; the first pays for ``try`` if all do."""
    narrow = [handler for handler in statement.handlers if _is_narrow(handler, locals_)]
    only = len(narrow) == len(statement.handlers) and not statement.finalbody
    for handler in narrow:
        cost = Cost(1 + place.depth, 1 + (only and handler is narrow[0]))
        yield _Guard(cost, refuses=raises(handler.body[0]))


def _cleanup(statement: ast.Try | ast.TryStar) -> Iterator[_Guard]:
    """What is done whatever happened, and ``try`` with it, if that is there for nothing else."""
    final = statement.finalbody
    if final and len(final) <= MOST_CLEANUP and all(isinstance(each, _SIMPLE) for each in final):
        yield _Guard(Cost(0, len(final) + (not statement.handlers)))


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
    return isinstance(statement, ast.Return) and not locals_.have_part(statement)


def _condition(test: ast.expr | ast.stmt, depth: int) -> int:
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
