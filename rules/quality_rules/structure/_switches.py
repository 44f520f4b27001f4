"""Chains of ``if`` that ask one thing for its kind."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quality.rules import TERMINAL, last_word, sides_of
from quality_rules.structure._listed import is_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality.rules import Facts

_KINDS = {"isinstance": "type", "hasattr": "attribute"}


@dataclass(frozen=True, slots=True)
class Switch:
    """A chain of tests of one thing.

    Attributes:
        node: The first if.
        subject: What is tested, as code.
        cases: What it is compared with, as code, in order.
        kind: ``type`` for isinstance tests, ``attribute`` for hasattr tests, ``number`` for attributes that are compared with
            integers, ``value`` for other comparisons.
        branches: How many tests there are; one that asks for several cases at once treats them alike.
    """

    node: ast.If
    subject: str
    cases: tuple[str, ...]
    kind: str
    branches: int


def switches(facts: Facts) -> list[Switch]:
    """The chains of two tests or more of a source, in order."""
    found: list[Switch] = []
    inside: set[ast.If] = set()
    for node in facts.of(ast.If):
        if node in inside:
            continue
        subject, kind, case = _test(node.test)
        if not subject:
            continue
        cases, branches = list(case), 1
        for other in following(facts, node):
            other_subject, other_kind, case = _test(other.test)
            if (other_subject, other_kind) != (subject, kind):
                break
            inside.add(other)
            cases += case
            branches += 1
        if len(cases) > 1:
            found.append(Switch(node, subject, tuple(dict.fromkeys(cases)), kind, branches))
    return found


def following(facts: Facts, node: ast.If) -> Iterator[ast.If]:
    """The ifs that go on asking: the elifs, or the next ifs when each leaves."""
    last = node
    while len(last.orelse) == 1 and isinstance(last.orelse[0], ast.If):
        last = last.orelse[0]
        yield last
    if last is not node or node.orelse or not isinstance(node.body[-1], TERMINAL):
        return
    for statement in facts.rest(node):
        if (
            not isinstance(statement, ast.If)
            or statement.orelse
            or not isinstance(statement.body[-1], TERMINAL)
        ):
            return
        yield statement


def _test(test: ast.expr) -> tuple[str, str, tuple[str, ...]]:
    """Subject, kind and cases of a test; an empty subject for any other test."""
    nothing: tuple[str, str, tuple[str, ...]] = ("", "", ())
    if isinstance(test, ast.Call):
        kind = _KINDS.get(test.func.id) if isinstance(test.func, ast.Name) else None
        if kind and len(test.args) == 2 and _is_plain(test.args[0]):  # noqa: PLR2004
            return ast.unparse(test.args[0]), kind, (ast.unparse(test.args[1]),)
        return nothing
    if not isinstance(test, ast.Compare) or len(test.ops) != 1:
        return nothing
    subject, other = sides_of(test)
    if not _is_plain(subject):
        return nothing
    kind, cases = _compared(subject, test.ops[0], other)
    return (ast.unparse(subject), kind, tuple(map(ast.unparse, cases))) if cases else nothing


def _compared(subject: ast.expr, operator: ast.cmpop, other: ast.expr) -> tuple[str, list[ast.expr]]:
    """The kind and the cases of a comparison."""
    if isinstance(operator, ast.Eq) and isinstance(subject, ast.Attribute) and is_number(other):
        return "number", [other]
    if isinstance(operator, ast.Eq | ast.Is) and _is_case(other):
        return "value", [other]
    if isinstance(operator, ast.In) and isinstance(other, ast.Tuple | ast.List | ast.Set):
        return "value", other.elts if all(map(_is_case, other.elts)) else []
    return "value", []


def _is_plain(node: ast.expr) -> bool:
    """Tells whether it is a name or a short chain of attributes, or ``type`` of one."""
    for _ in range(3):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id == "type"
            and node.args
        ):
            node = node.args[0]
        if isinstance(node, ast.Name):
            return True
        if not isinstance(node, ast.Attribute):
            return False
        node = node.value
    return False


def _is_case(node: ast.expr) -> bool:
    """Tells whether it is a word, or a constant or class by its capital letter: a bracket or a comma is no kind of thing."""
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str) and any(map(str.isalnum, node.value))
    return last_word(node)[:1].isupper()
