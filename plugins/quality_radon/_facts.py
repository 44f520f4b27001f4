"""What people ask for and no score uses: Halstead, raw line counts, Maintainability Index."""

from __future__ import annotations

import tokenize
from typing import TYPE_CHECKING, Any

from radon.metrics import h_visit_ast, mi_compute
from radon.raw import analyze
from radon.visitors import ComplexityVisitor

from quality.model import Measure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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

#: radon tokenizes a statement again for every line of it: a second of work, measured on Python 3.11.
_RAW_BUDGET = 20_000_000
#: The same measurement: a token costs as much as so many characters.
_TOKEN_COST = 80

_BETWEEN = {tokenize.COMMENT, tokenize.NL, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}

#: Where ``str.splitlines``, which radon uses, breaks lines and Python's parser does not.
_NO_LINE_ENDS = str.maketrans(dict.fromkeys("\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029", " "))


def measure_facts(source: Source) -> list[Measure]:
    """Measures Halstead per unit, and raw counts and the Maintainability Index of the whole source.

    Halstead at the module's scope is that of the whole source too, as radon reports it. Raw counts and what
    rests on them are left out where radon would take too long.
    """
    report = h_visit_ast(source.tree)
    measures = list(measure_halstead(source, report))
    if raw_cost(source) <= _RAW_BUDGET:
        measures.extend(_measure_raw(source, report.total.volume))
    return measures


def measure_halstead(source: Source, report: Any) -> Iterator[Measure]:
    """Gives the units radon's values; both know functions in order of appearance."""
    halstead = [*(values for _, values in report.functions), report.total]
    for unit, values in zip(source.outline.units, halstead, strict=True):
        for name in _HALSTEAD:
            yield Measure(f"radon:halstead-{name}", float(getattr(values, name)), unit.scope)


def _measure_raw(source: Source, volume: float) -> Iterator[Measure]:
    raw = analyze(source.text.translate(_NO_LINE_ENDS))
    scope = source.outline.units[-1].scope
    for name, metric in _RAW.items():
        yield Measure(metric, float(getattr(raw, name)), scope)
    complexity = ComplexityVisitor.from_ast(source.tree).total_complexity
    # Without comments: with them, a comment raises the index more than any improvement of the code.
    index = mi_compute(volume, complexity, raw.lloc, comments=0)
    yield Measure("radon:maintainability-index", float(index), scope)


def raw_cost(source: Source) -> int:
    """Estimates what radon's raw counts cost, in characters tokenized."""
    cost = 0
    for statement in _logical_lines(source.tokens):
        first, last = statement[0].start[0], statement[-1].end[0]
        characters = sum(map(len, source.lines[first - 1 : last]))
        cost += (last - first + 1) * (_TOKEN_COST * len(statement) + characters)
    return cost


def _logical_lines(tokens: Iterable[tokenize.TokenInfo]) -> Iterator[list[tokenize.TokenInfo]]:
    """Groups tokens by statement, what stands between statements aside."""
    statement: list[tokenize.TokenInfo] = []
    for token in tokens:
        if statement or token.type not in _BETWEEN:
            statement.append(token)
        if token.type == tokenize.NEWLINE:
            yield statement
            statement = []
