"""What statements do to the values of names."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from quality.model import is_function
from quality.rules import last_word, targets_of
from quality_rules._flow._answers import check_item, check_page, check_place
from quality_rules._flow._branches import attempt, conditional, selection
from quality_rules._flow._containers import remember_items
from quality_rules._flow._expressions import extended
from quality_rules._flow._guards import TESTS
from quality_rules._flow._loops import iteration, leaving, repetition
from quality_rules._flow._names import checks
from quality_rules._flow._state import State
from quality_rules._flow._values import LISTS, UNKNOWN, VOUCHED, Harm, merge

if TYPE_CHECKING:
    from collections.abc import Callable

    from quality_rules._flow._run import Run

    Handler = Callable[[Run, Any], None]


def execute(run: Run, statement: ast.stmt) -> None:
    """Follows one statement."""
    handler = HANDLERS.get(type(statement))
    if handler is not None:
        handler(run, statement)


def assignment(run: Run, node: ast.Assign | ast.AnnAssign) -> None:
    """``a = b = value``, and ``a: type = value``."""
    if node.value is None:
        return
    value, targets = run.value(node.value), targets_of(node)
    for target in targets:
        if isinstance(target, ast.Subscript):
            check_item(run, target, value)
        run.bind(target, value)
        if isinstance(target, ast.Name) and isinstance(node.value, ast.Dict):
            remember_items(run, target.id, node.value)
    if isinstance(node.value, TESTS) and isinstance(targets[0], ast.Name):
        run.tests[targets[0].id] = node.value


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
        last = last_word(call.func)
        if run.never_returns(call):
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


def definition(run: Run, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
    """A function inside of a function is followed where it stands."""
    for default in [*node.args.defaults, *(d for d in node.args.kw_defaults if d is not None)]:
        run.value(default)
    run.state.set(node.name, run.flow.follow_inner(run, node))


def class_body(run: Run, node: ast.ClassDef) -> None:
    """A class's own statements; its methods are functions of the source."""
    outer, run.state = run.state, State(run.state)
    run.execute([statement for statement in node.body if not is_function(statement)])
    run.flow.attributes.keep_constants(node, run.state.values)
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
    ast.AnnAssign: assignment,
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
