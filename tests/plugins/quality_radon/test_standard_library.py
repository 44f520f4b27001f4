"""Equal to the tools' own numbers on the standard library's top-level modules."""

from __future__ import annotations

import ast
import functools
import importlib.util
import sysconfig
from pathlib import Path
from typing import Any

import pytest
from complexipy import code_complexity
from radon.complexity import add_inner_blocks
from radon.metrics import h_visit, h_visit_ast

from quality.model import Source, Unit
from quality_radon._cognitive import cognitive
from quality_radon._cyclomatic import cyclomatic
from quality_radon._facts import measure_halstead
from quality_radon._shape import shape_of

LIBRARY = Path(sysconfig.get_path("stdlib"))


@functools.cache
def modules() -> list[Source]:
    sources = [Source(path.read_text(encoding="utf-8"), path.name) for path in sorted(LIBRARY.glob("*.py"))]
    assert len(sources) > 100
    return sources


@pytest.fixture(scope="module", params=range(4))
def sources(request: pytest.FixtureRequest) -> list[Source]:
    """A fourth of the modules."""
    return modules()[request.param :: 4]


@functools.cache
def own_visitor() -> Any:
    """radon's visitor as radon has it: in the module that the plugin uses, most nodes are passed over."""
    spec = importlib.util.find_spec("radon.visitors")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.ComplexityVisitor


def has_inner_class(unit: Unit) -> bool:
    return any(isinstance(node, ast.ClassDef) for node in ast.walk(unit.node))


def test_cyclomatic_complexity_is_radons_of_all_blocks_in_the_unit(sources: list[Source]) -> None:
    compared = 0
    for source in sources:
        units = source.outline.units
        found = own_visitor().from_ast(source.tree).blocks
        blocks = [block for block in add_inner_blocks(found) if block.letter != "C"]
        values = cyclomatic(source, [shape_of(unit) for unit in units])
        for unit, value in zip(units[:-1], values, strict=False):
            lines = range(unit.scope.line, unit.scope.end_line + 1)
            expected = sum(block.complexity for block in blocks if block.lineno in lines)
            if has_inner_class(unit):  # radon leaves these out
                assert value >= expected, (source.path, unit.scope)
            else:
                assert value == expected, (source.path, unit.scope)
                compared += 1
    assert compared > 1000


def test_cognitive_complexity_is_complexipys_where_that_looks(sources: list[Source]) -> None:
    """It sees no decision in an operand, an index or a keyword argument, and takes any function of that name for recursion."""
    equal = more = less = 0
    for source in sources:
        report = code_complexity(source.text, check_script=True, no_ignore=True, with_plans=False)
        others = {
            (block.name.replace("::", "."), block.line_end): block.complexity for block in report.functions
        }
        for unit, value in zip(source.outline.units[:-1], cognitive(source), strict=False):
            if not has_inner_class(unit):
                other = others[unit.scope.name, unit.scope.end_line]
                equal += value == other
                more += value > other
                less += value < other
    assert equal > 1000
    assert 0 < more < equal / 10
    assert less < equal / 100


def test_halstead_is_radons(sources: list[Source]) -> None:
    for source in sources:
        report = h_visit(source.text)
        names = [unit.scope.name.rpartition(".")[2] for unit in source.outline.units[:-1]]
        assert [name for name, _ in report.functions] == names
        expected = [*(values for _, values in report.functions), report.total]
        measured = [m.value for m in measure_halstead(source, h_visit_ast(source.tree))]
        assert measured == [v for r in expected for v in (r.volume, r.difficulty, r.effort)]
