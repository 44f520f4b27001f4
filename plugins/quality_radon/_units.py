"""The measures of units that scores are made of."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from quality.model import Measure
from quality.rules import pieces_of
from quality_radon._assigned import assigned_besides
from quality_radon._cognitive import cognitive
from quality_radon._cyclomatic import cyclomatic
from quality_radon._guards import cost_of_guards
from quality_radon._kept import kept_parameters
from quality_radon._shape import count_parameters, shape_of

if TYPE_CHECKING:
    import ast
    from collections.abc import Iterator, Mapping

    from quality.model import FunctionNode, Source

#: Statements that a piece of a function has for being one: its first line, and the call.
_LINK = 2


def measure_units(source: Source) -> list[Measure]:
    """Measures every unit of a source, eight metrics each: of what it says, in whatever longer words."""
    source = source.plain
    units = source.outline.units
    shapes = [shape_of(unit) for unit in units]
    guards = [cost_of_guards(unit) for unit in units]
    besides = assigned_besides(source.nodes)
    columns = {
        "radon:choices": [shape.choices for shape in shapes],
        "radon:cognitive": cognitive(source),
        "radon:cyclomatic": cyclomatic(source, shapes),
        "radon:guard-cognitive": [guard.cognitive for guard in guards],
        "radon:guard-lloc": [
            guard.lloc + kept_parameters(unit) for unit, guard in zip(units, guards, strict=True)
        ],
        # A case with a condition is an "elif", which is a statement, and so is what an assignment does besides.
        "radon:lloc": [
            unit.lloc + shape.conditions + besides[unit.node]
            for unit, shape in zip(units, shapes, strict=True)
        ],
        "radon:nesting": [shape.nesting for shape in shapes],
        "radon:parameters": [count_parameters(unit) for unit in units],
    }
    for piece, whole in _pieces(source):
        _put_back(columns, piece, whole)
    return [
        Measure(metric, float(value), unit.scope)
        for metric, values in columns.items()
        for unit, value in zip(units, values, strict=True)
    ]


def _pieces(source: Source) -> list[tuple[int, int]]:
    """Places of the units that are pieces of others, with those others; pieces of pieces come first."""
    places: dict[ast.AST, int] = {unit.node: place for place, unit in enumerate(source.outline.units)}
    pairs = _inner_first(pieces_of(source.nodes))
    return [(places[piece], places[whole]) for piece, whole in pairs if piece in places and whole in places]


def _inner_first(found: Mapping[ast.FunctionDef, FunctionNode]) -> Iterator[tuple[ast.AST, ast.AST]]:
    """The pieces with what they are pieces of, each behind its own; those that are pieces of each other last."""
    wholes: dict[ast.AST, ast.AST] = dict(found.items())
    left = Counter(wholes.values())
    ready = [piece for piece in wholes if not left[piece]]
    for piece in ready:
        whole = wholes[piece]
        yield piece, whole
        left[whole] -= 1
        if not left[whole] and whole in wholes:
            ready.append(whole)
    yield from ((piece, whole) for piece, whole in wholes.items() if left[piece])


def _put_back(columns: Mapping[str, list[int]], piece: int, whole: int) -> None:
    """Adds to a unit what one of its pieces holds: to cut a function makes it no simpler."""
    for metric in ("radon:cognitive", "radon:cyclomatic"):
        columns[metric][whole] += columns[metric][piece]
    sizes, levels = columns["radon:lloc"], columns["radon:nesting"]
    sizes[whole] += max(sizes[piece] - _LINK, 0)
    levels[whole] = max(levels[whole], levels[piece])
