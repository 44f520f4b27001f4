"""Statements of whose blocks one is run: what is known behind them holds for each."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from quality_rules._flow._constants import computed, decided
from quality_rules._flow._guards import refine
from quality_rules._flow._state import State
from quality_rules._flow._values import ALL, UNKNOWN, Value, join

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quality_rules._flow._run import Run


def branch(run: Run, block: Sequence[ast.stmt], state: State | None = None) -> State:
    """Follows a block from here in a state of its own."""
    outer, branch = run.state, state or State(run.state)
    run.state = branch
    run.execute(block)
    run.state = outer
    return branch


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
            branches.append(branch(run, rest.body, passed))
        if truth:
            break
        run.state = failed = State(failed)
        refine(run, rest.test, truth=False)
        block = rest.orelse
        rest = block[0] if len(block) == 1 and isinstance(block[0], ast.If) else None
        if rest is None:
            branches.append(branch(run, block, State(failed)))
    run.state = base
    base.absorb(branches)


def attempt(run: Run, node: Any) -> None:
    """``try``: handlers start with what was known before or behind the body."""
    base = run.state
    body = branch(run, node.body)
    handlers: list[State] = []
    for handler in node.handlers:
        start = State(base)
        _blend(start, body)
        if handler.name:
            start.set(handler.name, UNKNOWN)
        handlers.append(branch(run, handler.body, start))
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
        branches.append(branch(run, case.body, start))
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
