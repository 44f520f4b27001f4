"""Cognitive complexity, by complexipy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from complexipy import code_complexity

from quality.model import MODULE_SCOPE
from quality_radon._hoist import hides_code, hoist

if TYPE_CHECKING:
    from quality.model import Source, Unit
    from quality_radon._shape import Shape


def cognitive(source: Source, shapes: list[Shape]) -> list[int]:
    """Returns the complexity of every unit, in the order of the outline.

    complexipy adds the complexity of inner functions to the outer one, as wanted, but does not look into the
    bodies of classes. A unit with such code is measured a second time with it in place of the class statement,
    and the larger value counts.

    Raises:
        ValueError: When complexipy cannot parse the text, or sees other functions than Python's parser.
    """
    units = source.outline.units
    *functions, module = _blocks(source.text)
    if len(functions) != len(units) - 1:
        raise ValueError(f"complexipy sees {len(functions)} functions, the syntax tree has {len(units) - 1}")
    values = [_of_function(unit, block) for unit, block in zip(units[:-1], functions, strict=True)]
    values.append(module.complexity)
    return [
        max(value, _hoisted(unit)) if hides_code(unit, shape.classes) else value
        for unit, shape, value in zip(units, shapes, values, strict=True)
    ]


def _blocks(text: str) -> list[Any]:
    """Returns complexipy's blocks: outermost functions in order of their first lines, then the module."""
    report = code_complexity(text, check_script=True, no_ignore=True, with_plans=False)
    return sorted(report.functions, key=lambda block: (block.name == MODULE_SCOPE, block.line_start))


def _of_function(unit: Unit, block: Any) -> int:
    """Units and blocks are the same functions in the same order; this makes sure."""
    if not block.line_start <= unit.scope.line <= block.line_end:
        raise ValueError(f"complexipy sees no function {unit.scope.name} in line {unit.scope.line}")
    return int(block.complexity)


def _hoisted(unit: Unit) -> int:
    return max(int(block.complexity) for block in _blocks(hoist(unit)))
