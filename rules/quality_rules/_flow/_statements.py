"""What statements do to the values of names."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from quality.model import is_function
from quality_rules._flow._answers import check_item, check_page, check_place
from quality_rules._flow._constants import computed, decided
from quality_rules._flow._containers import remember_items
from quality_rules._flow._expressions import element_of, extended
from quality_rules._flow._guards import TESTS, refine, vet_elements
from quality_rules._flow._names import checks
from quality_rules._flow._state import State
from quality_rules._flow._values import ALL, LISTS, UNKNOWN, VOUCHED, Harm, Value, join, merge

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from quality_rules._flow._run import Run

    Handler = Callable[[Run, Any], None]

#: Loops inside more loops than these are followed once: twice each would double with every loop.
_DEEPEST_LOOP = 2
#: Last words of functions that do not come back.
_ENDINGS = frozenset({"exit", "_exit", "abort"})


def execute(run: Run, statement: ast.stmt) -> None:
    """Follows one statement."""
    handler = HANDLERS.get(type(statement))
    if handler is not None:
        handler(run, statement)


def _branch(run: Run, block: Sequence[ast.stmt], state: State | None = None) -> State:
    """Follows a block from here in a state of its own."""
    outer, branch = run.state, state or State(run.state)
    run.state = branch
    run.execute(block)
    run.state = outer
    return branch


def assignment(run: Run, node: ast.Assign) -> None:
    """``a = b = value``."""
    value = run.value(node.value)
    for target in node.targets:
        if isinstance(target, ast.Subscript):
            check_item(run, target, value)
        run.bind(target, value)
        if isinstance(target, ast.Name) and isinstance(node.value, ast.Dict):
            remember_items(run, target.id, node.value)
    if isinstance(node.value, TESTS) and isinstance(node.targets[0], ast.Name):
        run.tests[node.targets[0].id] = node.value


def annotated(run: Run, node: ast.AnnAssign) -> None:
    """``a: type = value``."""
    if node.value is not None:
        run.bind(node.target, run.value(node.value))


def augmented(run: Run, node: ast.AugAssign) -> None:
    """``a += value``."""
    value = run.value(node.value)
    key = run.key(node.target)
    before = run.value(node.target) if key else UNKNOWN
    if not key:
        run.bind(node.target, value)
    elif isinstance(node.op, ast.Add) and before.tag not in LISTS and value.tag not in {*LISTS, "number"}:
        run.bind(node.target, run.compose((before, value), node.value))
    elif before.items and value.items is not None and not run.exits and isinstance(node.op, ast.Add):
        run.bind(node.target, extended(before, value))
    elif value.tag == "number":
        run.bind(node.target, before._replace(text=None) if before.tag == "number" else before)
    else:
        run.bind(node.target, merge((before, value))._replace(tag=before.tag))


def expression(run: Run, node: ast.Expr) -> None:
    """An expression for what it does."""
    run.value(node.value)
    call = node.value.value if isinstance(node.value, ast.Await) else node.value
    if isinstance(call, ast.Call):
        last = getattr(call.func, "attr", getattr(call.func, "id", ""))
        if _ends(run, call):
            run.state.ended = True
        elif checks(last) and not run.is_own(call.func):
            _doubt_all(run, call)
        elif last == "relative_to" and isinstance(call.func, ast.Attribute):
            _clean_all(run, call.func.value)


def _doubt_all(run: Run, call: ast.Call) -> None:
    """A function that is not seen says that it checks its arguments: nothing is known of them then."""
    for argument in [*call.args, *(keyword.value for keyword in call.keywords)]:
        key = run.key(argument)
        if key and run.state.get(key) is not None:
            run.state.set(key, UNKNOWN._replace(tag=VOUCHED))


def _clean_all(run: Run, node: ast.expr) -> None:
    key = run.key(node)
    known = run.state.get(key) if key else None
    if known is not None:
        for name in (key, *known.basis):
            run.clean(name, Harm.PATH)


def conditional(run: Run, node: ast.If) -> None:
    """``if`` with all its ``elif``, without recursion: each branch starts where the tests before failed."""
    base = run.state
    failed = State(base)
    branches: list[State] = []
    rest: ast.If | None = node
    while rest is not None:
        run.state = failed
        run.value(rest.test)
        truth = decided(run, rest.test)
        passed = State(failed)
        run.state = passed
        refine(run, rest.test, truth=True)
        if truth is not False:
            branches.append(_branch(run, rest.body, passed))
        if truth:
            break
        run.state = failed = State(failed)
        refine(run, rest.test, truth=False)
        block = rest.orelse
        rest = block[0] if len(block) == 1 and isinstance(block[0], ast.If) else None
        if rest is None:
            branches.append(_branch(run, block, State(failed)))
    run.state = base
    base.absorb(branches)


def iteration(run: Run, node: ast.For | ast.AsyncFor) -> None:
    """``for``."""
    value = run.value(node.iter)
    element = element_of(value)

    def enter() -> None:
        run.bind(node.target, element)
        if isinstance(node.target, ast.Name) and value.tag not in LISTS:
            run.characters.add(node.target.id)

    _loop(run, node, enter)
    for test in _tests_of_all(run, node.body):
        vet_elements(run, node.target, node.iter, test, truth=False)


def _tests_of_all(run: Run, body: Sequence[ast.stmt]) -> Iterator[ast.expr]:
    """The tests of a loop's body that no element passes, or that end the function."""
    for statement in body:
        if isinstance(statement, ast.If):
            last = statement.body[-1]
            if isinstance(last, ast.Continue | ast.Break):
                return
            if isinstance(last, ast.Return | ast.Raise) or _is_end(run, last):
                yield statement.test


def _is_end(run: Run, statement: ast.stmt) -> bool:
    call = statement.value if isinstance(statement, ast.Expr) else None
    return isinstance(call, ast.Call) and _ends(run, call)


def _ends(run: Run, call: ast.Call) -> bool:
    """Tells whether a function does not come back; one of this source may, whatever it is called."""
    last = getattr(call.func, "attr", getattr(call.func, "id", ""))
    return (last in _ENDINGS or run.origin(call.func) == "frappe.throw") and not run.is_own(call.func)


def repetition(run: Run, node: ast.While) -> None:
    """``while``."""

    def enter() -> None:
        run.value(node.test)
        refine(run, node.test, truth=True)

    _loop(run, node, enter)


def _loop(run: Run, node: ast.For | ast.AsyncFor | ast.While, enter: Callable[[], None]) -> None:
    """Follows a loop's body, again when what it left behind differs from what it began with."""
    run.exits.append([])
    run.breaks.append([])
    broken: list[dict[str, Value]] = []
    for _ in range(2 if len(run.exits) <= _DEEPEST_LOOP else 1):
        before = run.state
        turn = State(before)
        run.state = turn
        enter()
        run.execute(node.body)
        run.state = before
        changes = {
            name: value
            for name, value in turn.changes_since(before).items()
            if _differs(before.get(name), value)
        }
        broken += [state.changes_since(before) for state in run.breaks[-1]]
        before.absorb([turn, *run.exits[-1], State(before)])
        run.exits[-1].clear()
        run.breaks[-1].clear()
        if not changes:
            break
    run.exits.pop()
    run.breaks.pop()
    if node.orelse:
        _otherwise(run, node.orelse, broken)


def _otherwise(run: Run, block: Sequence[ast.stmt], broken: Sequence[dict[str, Value]]) -> None:
    """``else`` behind a loop: where the loop was left by ``break``, what was known there holds."""
    base = run.state
    branches = [_branch(run, block)]
    for changes in broken:
        branches.append(State(base))
        branches[-1].values.update(changes)
    base.absorb(branches)


def _differs(before: Value | None, value: Value) -> bool:
    """Tells whether a turn changed what is known; which number it is counts nowhere in a loop."""
    if before is not None and before.tag == value.tag == "number":
        return before.taints != value.taints
    return before != value


def leaving(run: Run, node: ast.Break | ast.Continue) -> None:
    """``break`` and ``continue``: what is known here holds behind the loop."""
    if run.exits:
        run.exits[-1].append(State(run.state))
        if isinstance(node, ast.Break):
            run.breaks[-1].append(run.exits[-1][-1])
    run.state.ended = True


def attempt(run: Run, node: Any) -> None:
    """``try``: handlers start with what was known before or behind the body."""
    base = run.state
    body = _branch(run, node.body)
    handlers: list[State] = []
    for handler in node.handlers:
        start = State(base)
        _blend(start, body)
        if handler.name:
            start.set(handler.name, UNKNOWN)
        handlers.append(_branch(run, handler.body, start))
    if not body.ended:
        run.state = body
        run.execute(node.orelse)
        run.state = base
    base.absorb([body, *handlers])
    ended, base.ended = base.ended, False
    run.execute(node.finalbody)
    base.ended = base.ended or ended


def _blend(start: State, body: State) -> None:
    """The state in the middle of a body: each name has its value from before it or behind it."""
    if start.base is None:
        return
    for name, value in body.changes_since(start.base).items():
        before = start.base.get(name)
        start.set(name, value if before is None else join(before, value))


def context(run: Run, node: ast.With | ast.AsyncWith) -> None:
    """``with``."""
    for item in node.items:
        value = run.value(item.context_expr)
        if item.optional_vars is not None:
            run.bind(item.optional_vars, value)
    run.execute(node.body)


def result(run: Run, node: ast.Return) -> None:
    """``return``."""
    if node.value is not None:
        value = run.value(node.value)
        # A page may come with a status behind it.
        page = node.value.elts[0] if isinstance(node.value, ast.Tuple) and node.value.elts else node.value
        check_page(run, page, run.seen(page) if page is not node.value else value)
        if run.finds_file:
            check_place(run, node.value, value)
        run.give(value)
    run.leaves.leave(run, node.value)
    run.state.ended = True


def ending(run: Run, node: ast.Raise) -> None:
    """``raise``."""
    if node.exc is not None:
        run.value(node.exc)
    run.state.ended = True


def claim(run: Run, node: ast.Assert) -> None:
    """``assert``, which proves nothing: optimisation removes it."""
    run.value(node.test)


def removal(run: Run, node: ast.Delete) -> None:
    """``del``."""
    for target in node.targets:
        if isinstance(target, ast.Name):
            run.bind(target, UNKNOWN)


def selection(run: Run, node: ast.Match) -> None:
    """``match``: what is captured is a part of the subject."""
    subject = run.value(node.subject)
    part = Value(subject.taints, subject.unknown)
    last = node.cases[-1]
    complete = isinstance(last.pattern, ast.MatchAs) and last.pattern.pattern is None and last.guard is None
    branches = [] if complete else [State(run.state)]
    fixed = computed(run, node.subject) if run.decides and not run.exits else None
    for case in node.cases:
        taken = _is_taken(case, fixed)
        if taken is False:
            continue
        start = State(run.state)
        outer, run.state = run.state, start
        for pattern in ast.walk(case.pattern):
            captured = getattr(pattern, "name", None) or getattr(pattern, "rest", None)
            if isinstance(captured, str):
                start.set(captured, part)
        _clean_literal(run, node.subject, case.pattern)
        if case.guard is not None:
            run.value(case.guard)
            refine(run, case.guard, truth=True)
        run.state = outer
        branches.append(_branch(run, case.body, start))
        if taken:
            break
    run.state.absorb(branches)


def _is_taken(case: ast.match_case, subject: int | str | None) -> bool | None:
    """Tells whether a case fits a subject that is known; None when that is not known."""
    options = case.pattern.patterns if isinstance(case.pattern, ast.MatchOr) else [case.pattern]
    values = [option.value if isinstance(option, ast.MatchValue) else None for option in options]
    if subject is None or case.guard is not None:
        return None
    if not all(isinstance(value, ast.Constant) for value in values):
        return True if isinstance(case.pattern, ast.MatchAs) and case.pattern.pattern is None else None
    return any(isinstance(value, ast.Constant) and value.value == subject for value in values)


def _clean_literal(run: Run, subject: ast.expr, pattern: ast.pattern) -> None:
    options = pattern.patterns if isinstance(pattern, ast.MatchOr) else [pattern]
    key = run.key(subject)
    if key and all(isinstance(option, ast.MatchValue | ast.MatchSingleton) for option in options):
        run.clean(key, ALL)


def definition(run: Run, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
    """A function inside of a function is followed where it stands."""
    for default in [*node.args.defaults, *(d for d in node.args.kw_defaults if d is not None)]:
        run.value(default)
    run.state.set(node.name, run.flow.follow_inner(run, node))


def class_body(run: Run, node: ast.ClassDef) -> None:
    """A class's own statements; its methods are functions of the source."""
    outer, run.state = run.state, State(run.state)
    run.execute([statement for statement in node.body if not is_function(statement)])
    run.flow.classes.note_constants(node, run.state.values)
    for method in node.body:
        if is_function(method) and run.facts.function(node) is not None:
            run.flow.follow_inner(run, method, node)
    run.state = outer
    if run.facts.function(node) is not None:
        run.state.set(node.name, UNKNOWN)


def shared(run: Run, node: ast.Global | ast.Nonlocal) -> None:
    """``global`` and ``nonlocal``: others may bind the name at any time."""
    for name in node.names:
        run.state.set(name, UNKNOWN)


HANDLERS: dict[type[ast.AST], Handler] = {
    ast.Assign: assignment,
    ast.AnnAssign: annotated,
    ast.AugAssign: augmented,
    ast.Expr: expression,
    ast.If: conditional,
    ast.For: iteration,
    ast.AsyncFor: iteration,
    ast.While: repetition,
    ast.Break: leaving,
    ast.Continue: leaving,
    ast.Try: attempt,
    ast.TryStar: attempt,
    ast.With: context,
    ast.AsyncWith: context,
    ast.Return: result,
    ast.Raise: ending,
    ast.Assert: claim,
    ast.Delete: removal,
    ast.Match: selection,
    ast.FunctionDef: definition,
    ast.AsyncFunctionDef: definition,
    ast.ClassDef: class_body,
    ast.Global: shared,
    ast.Nonlocal: shared,
}
