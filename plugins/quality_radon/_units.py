"""The measures of units that scores are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quality.model import Measure
from quality_radon._cognitive import cognitive
from quality_radon._cyclomatic import cyclomatic
from quality_radon._guards import cost_of_guards
from quality_radon._shape import count_parameters, shape_of

if TYPE_CHECKING:
    from quality.model import Source


def measure_units(source: Source) -> list[Measure]:
    """Measures every unit of a source, eight metrics each."""
    units = source.outline.units
    shapes = [shape_of(unit) for unit in units]
    guards = [cost_of_guards(unit) for unit in units]
    columns = {
        "radon:choices": [shape.choices for shape in shapes],
        "radon:cognitive": cognitive(source),
        "radon:cyclomatic": cyclomatic(source, shapes),
        "radon:guard-cognitive": [guard.cognitive for guard in guards],
        "radon:guard-lloc": [guard.lloc for guard in guards],
        # A case with a condition is an "elif", which is a statement.
        "radon:lloc": [unit.lloc + shape.conditions for unit, shape in zip(units, shapes, strict=True)],
        "radon:nesting": [shape.nesting for shape in shapes],
        "radon:parameters": [count_parameters(unit) for unit in units],
    }
    return [
        Measure(metric, float(value), unit.scope)
        for metric, values in columns.items()
        for unit, value in zip(units, values, strict=True)
    ]
