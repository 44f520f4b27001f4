"""Loops, and what ends a turn of one."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality_rules._flow._branches import branch
from quality_rules._flow._compared import without_signs
from quality_rules._flow._expressions import element_of
from quality_rules._flow._guards import clean_names, refine, vet_elements
from quality_rules._flow._state import State
from quality_rules._flow._values import LISTS, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from quality_rules._flow._run import Run

#: Loops inside more loops than these are followed once: twice each would double with every loop.
_DEEPEST_LOOP = 2


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
        match test:
            case ast.Compare(left=ast.Name(id=sign), ops=[ast.In()], comparators=[text]):
                if sign == getattr(node.target, "id", ""):
                    for subject, harms, shown in without_signs(run, text, node.iter):
                        clean_names(run, subject, harms, shown=shown)


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
    return isinstance(call, ast.Call) and run.never_returns(call)


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
    branches = [branch(run, block)]
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
