"""Cognitive complexity: how hard the control flow of a unit is to follow.

The measure of G. A. Campbell, *Cognitive Complexity: A new way of measuring understandability*, SonarSource, 2018. Every
decision counts, wherever in an expression it stands: what is not looked at is where code would be hidden.
"""

from __future__ import annotations

import ast
from collections import Counter
from typing import TYPE_CHECKING, Any, TypeVar, cast

from quality.model import is_function
from quality.rules import body_of, is_choice, is_filtered, is_junction
from quality_radon._shape import is_elif, is_for_types

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from quality.model import FunctionNode, Nodes, Source, Unit

_Kind = TypeVar("_Kind", bound=ast.AST)
#: With conditions, the decisions that cost a point, and another for each level around them.
_NESTING = (
    ast.For,
    ast.AsyncFor,
    ast.While,
    ast.ExceptHandler,
    ast.Match,
    ast.IfExp,
    ast.comprehension,
)


def cognitive(source: Source) -> list[int]:
    """Returns the complexity of every unit, in the order of the outline.

    Branches, loops, handlers, comprehensions, conditional expressions and their like, a condition as index, cost a
    point, and one more for each level around them: another of these, or a function inside of the unit's own. ``elif``,
    ``else``, a condition of a case or a comprehension, each run of one boolean operator, which ``all((a, b))`` is as well, and a unit that calls itself
    cost one. Imports for type checkers alone decide nothing. The body of a class counts as if it stood in the class's place.
    """
    nodes, units = source.nodes, source.outline.units
    points: Counter[ast.AST] = Counter()
    for node in _nesting(nodes):
        unit, level = _place(node, nodes.parents)
        points[unit] += _cost(node, level, nodes.parents)
    for node in _flat(nodes):
        points[_place(node, nodes.parents)[0]] += 1
    points.update(_recursive(nodes, units))
    return [points[unit.node] for unit in units]


def _nesting(nodes: Nodes) -> Iterator[ast.AST]:
    """Yields the decisions that cost more on deeper levels."""
    yield from (node for node in _all(nodes, ast.If) if not is_for_types(node))
    for kind in _NESTING:
        yield from nodes.kinds.get(kind, ())
    yield from filter(is_choice, _all(nodes, ast.Subscript))


def _place(node: ast.AST, parents: Mapping[ast.AST, ast.AST]) -> tuple[ast.AST, int]:
    """The outermost function around a node, or the module, and the levels between."""
    level = 0
    unit: ast.AST | None = None
    inner: FunctionNode | None = None
    child, parent = node, parents.get(node)
    while parent is not None:
        if is_function(parent):
            unit = parent
            if isinstance(child, ast.stmt):
                level += inner is not None and not _is_wrapper(parent)
                inner = parent
        elif (deeper := _DEEPER.get(type(parent))) is not None:
            level += deeper(child, parent)
        child, parent = parent, parents.get(parent)
    return unit or child, level


def _is_behind(statement: ast.stmt, block: Sequence[ast.stmt]) -> bool:
    """Tells whether a statement stands in the last block of its parent."""
    return bool(block) and (statement.lineno, statement.col_offset) >= (block[0].lineno, block[0].col_offset)


#: What opens levels → tells of a part of it on how many it stands. A filter in what a loop goes through opens one.
_DEEPER: dict[type[ast.AST], Callable[[Any, Any], int]] = {
    **dict.fromkeys(
        [ast.For, ast.AsyncFor, ast.While],
        lambda child, loop: (
            (isinstance(child, ast.stmt) and not _is_behind(child, loop.orelse)) * (1 + is_filtered(loop))
        ),
    ),
    **dict.fromkeys(
        [ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp],
        lambda child, _: not isinstance(child, ast.comprehension),
    ),
    **dict.fromkeys([ast.ExceptHandler, ast.match_case], lambda child, _: isinstance(child, ast.stmt)),
    ast.If: lambda child, branch: isinstance(child, ast.stmt) and not is_elif(branch, child),
    ast.IfExp: lambda child, choice: child is not choice.test,
    ast.Subscript: lambda child, index: child is index.value and is_choice(index),
    ast.comprehension: lambda child, clause: child is not clause.iter,
    ast.Lambda: lambda child, function: child is function.body,
}


def _is_wrapper(function: FunctionNode) -> bool:
    """Tells whether a function only holds another: a decorator, or what makes one."""
    match body_of(function):
        case [ast.FunctionDef() | ast.AsyncFunctionDef(), ast.Return()]:
            return True
    return False


def _cost(node: ast.AST, level: int, parents: Mapping[ast.AST, ast.AST]) -> int:
    """The points of a decision on a level."""
    if isinstance(node, ast.comprehension):
        return 1 + level + len(node.ifs)
    if not isinstance(node, ast.If):
        return 1 + level
    otherwise = bool(node.orelse) and not is_elif(node, node.orelse[0])
    return (1 if is_elif(parents[node], node) else 1 + level) + otherwise


def _flat(nodes: Nodes) -> Iterator[ast.AST]:
    """Yields the decisions that cost the same on every level."""
    for node in _all(nodes, ast.BoolOp):
        if begins_run(node, nodes.parents[node]):
            yield node
    yield from filter(is_junction, _all(nodes, ast.Call))
    yield from (case for case in _all(nodes, ast.match_case) if case.guard is not None)


def begins_run(node: ast.BoolOp, above: ast.AST | None) -> bool:
    """Tells whether a boolean operator is another than the one around it, which a reader has to keep apart."""
    return not (isinstance(above, ast.BoolOp) and type(above.op) is type(node.op))


def _all(nodes: Nodes, kind: type[_Kind]) -> Sequence[_Kind]:
    """The nodes of one type."""
    return cast("Sequence[_Kind]", nodes.kinds.get(kind, ()))


def _recursive(nodes: Nodes, units: Sequence[Unit]) -> set[ast.AST]:
    """The functions that call themselves."""
    methods = {unit.node: "." in unit.scope.name for unit in units if is_function(unit.node)}
    names = {function.name for function in methods}
    found: set[ast.AST] = set()
    for call in _all(nodes, ast.Call):
        match call.func:
            case ast.Name(id=name):
                by_owner = False
            case ast.Attribute(value=ast.Name(id="self" | "cls"), attr=name):
                by_owner = True
            case _:
                continue
        if name in names:
            unit, _ = _place(call, nodes.parents)
            if is_function(unit) and unit.name == name and methods[unit] is by_owner:
                found.add(unit)
    return found
