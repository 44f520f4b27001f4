"""What people ask for and no score uses: Halstead, raw line counts, Maintainability Index."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from radon.metrics import h_visit_ast, mi_compute
from radon.visitors import ComplexityVisitor

from quality.model import Measure
from quality_radon._raw import raw_counts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality.model import Source

_HALSTEAD = ("volume", "difficulty", "effort")
_RAW = {
    "loc": "radon:loc",
    "lloc": "radon:raw-lloc",
    "sloc": "radon:sloc",
    "comments": "radon:comments",
    "multi": "radon:multi",
    "blank": "radon:blank",
}


def measure_facts(source: Source) -> list[Measure]:
    """Measures Halstead per unit, and raw counts and the Maintainability Index of the whole source.

    Halstead at the module's scope is that of the whole source too, as radon reports it.
    """
    report = h_visit_ast(source.tree)
    measures = list(measure_halstead(source, report))
    measures.extend(_measure_raw(source, report.total.volume))
    return measures


def measure_halstead(source: Source, report: Any) -> Iterator[Measure]:
    """Gives the units radon's values; both know functions in order of appearance."""
    halstead = [*(values for _, values in report.functions), report.total]
    for unit, values in zip(source.outline.units, halstead, strict=True):
        for name in _HALSTEAD:
            yield Measure(f"radon:halstead-{name}", float(getattr(values, name)), unit.scope)


def _measure_raw(source: Source, volume: float) -> Iterator[Measure]:
    raw = raw_counts(source)
    scope = source.outline.units[-1].scope
    for name, metric in _RAW.items():
        yield Measure(metric, float(getattr(raw, name)), scope)
    complexity = ComplexityVisitor.from_ast(source.tree).total_complexity
    # Without comments: with them, a comment raises the index more than any improvement of the code.
    index = mi_compute(volume, complexity, raw.lloc, comments=0)
    yield Measure("radon:maintainability-index", float(index), scope)
