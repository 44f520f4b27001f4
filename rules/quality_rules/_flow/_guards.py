"""What a test proves of the names in it."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.rules import last_word
from quality_rules._flow._compared import bounded, equal, member, nothing_left, without_any
from quality_rules._flow._names import asks_for_kind, tells_danger, tells_fitness
from quality_rules._flow._parts import names_in
from quality_rules._flow._paths import leaves_no_folder, path_sign
from quality_rules._flow._proofs import BEGINS_WITH_ONE, BEGINS_WITH_SLASH, DOUBT, MOST_CASES
from quality_rules._flow._told import by_type, fits, found_nothing, of_address, told_by_method
from quality_rules._flow._values import ALL, LISTS, URL_HARMS, Harm

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quality_rules._flow._proofs import Proof
    from quality_rules._flow._run import Run

#: Expressions that say whether something is so.
TESTS = (ast.Call, ast.Compare, ast.BoolOp, ast.UnaryOp, ast.BinOp)
#: More tests that have names are not looked up for one test.
_MOST_NAMED = 12


def refine(run: Run, test: ast.expr, *, truth: bool) -> None:
    """Notes in the state what follows from a test that came out so."""
    slashed: set[str] = set()
    for node, harms, shown in _proofs(run, test, truth=truth):
        if harms == DOUBT:
            for key in names_in(run, node):
                run.doubt(key)
        elif harms in {BEGINS_WITH_SLASH, BEGINS_WITH_ONE}:
            # Only both together keep a URL on this site.
            mark = f"{harms} {run.key(node)}"
            slashed.add(mark)
            if f"{BEGINS_WITH_SLASH + BEGINS_WITH_ONE - harms} {run.key(node)}" in slashed:
                clean_names(run, node, Harm.REDIRECT, shown=True)
        else:
            clean_names(run, node, harms, shown=shown)


def clean_names(run: Run, node: ast.expr, harms: int, *, shown: bool) -> None:
    """Notes that the names that an expression is made of are harmless to these from here on."""
    for key in names_in(run, node):
        run.clean(key, harms, shown=shown)


def vet_elements(run: Run, target: ast.expr, container: ast.expr, test: ast.expr, *, truth: bool) -> None:
    """A test came out so for every element of something: what is proven of the element is proven of the whole."""
    for _, harms, shown in _of_elements(run, target, container, test, truth=truth):
        clean_names(run, container, harms, shown=shown)


def _of_elements(
    run: Run, target: ast.expr, container: ast.expr, test: ast.expr, *, truth: bool
) -> Iterator[Proof]:
    if isinstance(target, ast.Name):
        for node, harms, shown in _proofs(run, test, truth=truth):
            if harms > 0 and target.id in {*names_in(run, node)}:
                yield container, harms, shown


def _proofs(run: Run, test: ast.expr, *, truth: bool, asked: set[str] | None = None) -> Iterator[Proof]:
    pending = [(test, truth)]
    asked = set() if asked is None else asked
    while pending:
        node, holds = pending.pop()
        if isinstance(node, ast.Name) and not holds:
            yield node, ALL, True  # It is empty.
        inside = _tests_in(run, node, holds=holds, asked=asked)
        if inside:
            pending.extend(inside)
        elif isinstance(node, ast.BoolOp):
            yield from _in_any_case(run, node.values, truth=holds, asked=asked)
        elif isinstance(node, ast.Compare) and len(node.ops) == 1:
            yield from _compared(run, node, holds=holds)
        elif isinstance(node, ast.Compare) and holds:
            yield from bounded(run, node, holds=True)
        elif isinstance(node, ast.Call):
            yield from _told(run, node) if holds else _denied(run, node)
        elif isinstance(node, ast.Attribute):
            yield from of_address(node, holds=holds)
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub) and not holds:
            yield from nothing_left(run, node.left, node.right)


def _tests_in(run: Run, node: ast.expr, *, holds: bool, asked: set[str]) -> list[tuple[ast.expr, bool]]:
    """The tests that all came out in a known way when this one did."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return [(node.operand, not holds)]
    if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.And) is holds:
        return [(operand, holds) for operand in node.values]
    if isinstance(node, ast.NamedExpr):
        return [(node.value, holds)]
    if (
        isinstance(node, ast.Name)
        and node.id in run.tests
        and len(asked) < _MOST_NAMED
        and node.id not in asked
    ):
        asked.add(node.id)  # A test may name itself.
        return [(run.tests[node.id], holds)]
    return []


def _in_any_case(run: Run, tests: Sequence[ast.expr], *, truth: bool, asked: set[str]) -> Iterator[Proof]:
    """What each of several tests proves, when one of them came out so."""
    common: dict[str, Proof] | None = None
    for test in tests[:MOST_CASES]:
        proven: dict[str, Proof] = {}
        for node, harms, shown in _proofs(run, test, truth=truth, asked=asked):
            known = proven.get(run.key(node), (node, 0, True))
            if harms > 0 and run.key(node):
                proven[run.key(node)] = (node, known[1] | harms, known[2] and shown)
        if common is None:
            common = proven
        else:
            common = {key: _either(common[key], proven[key]) for key in common.keys() & proven.keys()}
        if not common:
            return
    if common is not None and len(tests) <= MOST_CASES:
        yield from (common[key] for key in sorted(common))


def _either(one: Proof, other: Proof) -> Proof:
    """What is proven of an expression in either of two cases."""
    (node, harms, shown), (_, others, seen) = one, other
    return node, harms & others, shown and seen


def _denied(run: Run, node: ast.Call) -> Iterator[Proof]:
    """A call that came out false."""
    if isinstance(node.func, ast.Attribute) and node.func.attr == "startswith" and node.args:
        parts = node.args[0].elts if isinstance(node.args[0], ast.Tuple) else node.args[:1]
        begins = {path_sign(run, part) for part in parts}
        if "//" in begins:
            yield node.func.value, BEGINS_WITH_ONE, True
        elif ".." in begins:
            yield from leaves_no_folder(run, node.func.value)
        elif _are_formulas(run, parts):
            yield node.func.value, int(Harm.CELL | Harm.OPTION), True
        elif "-" in begins or "--" in begins:
            yield node.func.value, int(Harm.OPTION), True
    elif run.origin(node.func) == "any":
        yield from _of_all(run, node, truth=False)
        yield from without_any(run, node)
    elif isinstance(node.func, ast.Attribute) and node.func.attr == "search" and node.args:
        yield from found_nothing(run, node, node.func)
    elif isinstance(node.func, ast.Attribute) and node.func.attr == "difference" and len(node.args) == 1:
        yield from nothing_left(run, node.func.value, node.args[0])
    else:
        last = last_word(node.func)
        if tells_danger(last) and not run.is_own(node.func):
            yield from ((argument, ALL, False) for argument in node.args)
        else:
            yield from _asked(run, node, last)


def _are_formulas(run: Run, parts: Sequence[ast.expr]) -> bool:
    """Tells whether these are the beginnings of formulas; in a spreadsheet most begin with an equals sign."""
    values = [value for part in parts for value in (run.seen(part).items or (run.seen(part),))]
    return any(value.text == "=" for value in values)


def _asked(run: Run, node: ast.Call, function: str) -> Iterator[Proof]:
    """Something that is not seen was asked about a value: whatever it said, less is certain."""
    if asks_for_kind(function) and not run.is_own(node.func):
        yield from ((argument, DOUBT, False) for argument in node.args)


def _of_all(run: Run, node: ast.Call, *, truth: bool) -> Iterator[Proof]:
    """``all(... for each in container)``, or not ``any`` of it."""
    every = node.args[0] if len(node.args) == 1 else None
    if isinstance(every, ast.GeneratorExp | ast.ListComp) and len(every.generators) == 1:
        clause = every.generators[0]
        if isinstance(clause.target, ast.Name) and run.seen(clause.iter).tag not in LISTS:
            run.characters.add(clause.target.id)
        if not clause.ifs:
            yield from _of_elements(run, clause.target, clause.iter, every.elt, truth=truth)


def _of_each(run: Run, node: ast.Call) -> Iterator[Proof]:
    """``any(test of a text and each)``: whichever it was, the same is proven of the text."""
    some = node.args[0] if len(node.args) == 1 else None
    if isinstance(some, ast.GeneratorExp | ast.ListComp) and len(some.generators) == 1:
        each = getattr(some.generators[0].target, "id", "")
        for subject, harms, shown in _proofs(run, some.elt, truth=True):
            if run.key(subject) not in {"", each}:
                yield subject, harms, shown


def _compared(run: Run, node: ast.Compare, *, holds: bool) -> Iterator[Proof]:
    left, operator, right = node.left, node.ops[0], node.comparators[0]
    yield from bounded(run, node, holds=holds)
    if isinstance(operator, (ast.NotIn, ast.NotEq, ast.IsNot)):
        holds = not holds
    if isinstance(operator, ast.In | ast.NotIn):
        yield from member(run, left, right, holds=holds)
    elif isinstance(operator, ast.LtE) and holds:
        if isinstance(left, ast.Call) and run.origin(left.func) == "set" and left.args:
            yield left.args[0], ALL, run.seen(right).is_safe
    elif isinstance(operator, (ast.Eq, ast.NotEq, ast.Is, ast.IsNot)):
        if holds:
            yield from equal(run, left, right)
            yield from equal(run, right, left)
        else:
            yield from _matched(run, left, right)
            if isinstance(left, ast.Subscript) and path_sign(run, right) == "-":
                yield left.value, int(Harm.OPTION), True
            # What it was cut into at the slashes is no way up.
            if run.seen(left).tag == "word" and path_sign(run, right) == "..":
                yield left, int(Harm.PATH), False


def _matched(run: Run, left: ast.expr, right: ast.expr) -> Iterator[Proof]:
    """``match is not None``."""
    if isinstance(right, ast.Constant) and right.value is None:
        test = run.tests.get(left.id) if isinstance(left, ast.Name) else left
        if isinstance(test, ast.Call):
            yield from _told(run, test)


def _told(run: Run, node: ast.Call) -> Iterator[Proof]:
    """A call that came out true."""
    name = run.origin(node.func)
    last = name.rpartition(".")[2] or getattr(node.func, "attr", "")
    if name in {"re.fullmatch", "re.match", "re.search"} and len(node.args) > 1:
        yield from fits(run, node.args[0], last, node.args[1])
    elif name == "isinstance" and len(node.args) > 1:
        yield node.args[0], *by_type(node.args[1])
    elif name == "all":
        yield from _of_all(run, node, truth=True)
    elif name == "any":
        yield from _of_each(run, node)
    elif last == "compare_digest":
        signed = (part for part in node.args if isinstance(part, ast.Call))
        yield from ((part, int(Harm.OBJECTS), True) for part in signed)
    elif isinstance(node.func, ast.Attribute):
        yield from told_by_method(run, node, node.func)
    for argument, proven in run.flow.proven(run, node, truth=True):
        yield argument, proven.harms, proven.shown
    given = [*node.args, *(keyword.value for keyword in node.keywords)]
    if last in {"url_has_allowed_host_and_scheme", "is_safe_url"}:
        yield from ((argument, URL_HARMS, True) for argument in given)
    elif tells_fitness(last) and not run.is_own(node.func):
        yield from ((argument, ALL, False) for argument in given)
    else:
        yield from _asked(run, node, last)
