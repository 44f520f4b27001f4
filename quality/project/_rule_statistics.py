"""What rules cost and bring on real code."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quality.analysis import Refusal, prepare
from quality.model import Source, is_function
from quality.plugins import aside
from quality.project._judging import read_file
from quality.rules import RuleRunner

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quality.model import Limits, Rule
    from quality.project._files import FoundFile
    from quality.rules import RuleTiming


@dataclass(frozen=True, slots=True)
class RuleStatistics:
    """What rules cost and brought on some sources.

    Attributes:
        timings: One entry per rule, by rule id.
        sources: Sources that were run.
        refused: Sources that could not be read or parsed, or are beyond the limits.
        functions: Outermost functions and methods in the sources.
        parse_seconds: What making the syntax trees took.
        failures: Failures by the rule they name, each rule once.
    """

    timings: tuple[RuleTiming, ...]
    sources: int
    refused: int
    functions: int
    parse_seconds: float
    failures: tuple[str, ...]


def rule_statistics(rules: Iterable[Rule], files: Iterable[FoundFile], limits: Limits) -> RuleStatistics:
    """Runs rules over files in this process, without deadlines: for code you trust.

    Args:
        rules: Catalogue entries of rules written with ``quality.rules``.
        files: The sources.
        limits: What is refused.
    """
    runner = RuleRunner(rules, timed=True)
    refused = sources = functions = 0
    parse_seconds = 0.0
    failures: dict[str, None] = {}
    for prepared in _prepare_all(files, limits):
        if isinstance(prepared, Refusal):
            refused += 1
            continue
        sources += 1
        parse_seconds += _parse_seconds(prepared)
        functions += sum(is_function(unit.node) for unit in prepared.outline.units)
        with aside():
            failures.update(dict.fromkeys(failure.text for failure in runner.run(prepared).failures))
    return RuleStatistics(runner.timings(), sources, refused, functions, parse_seconds, tuple(failures))


def _prepare_all(files: Iterable[FoundFile], limits: Limits) -> Iterator[Source | Refusal]:
    for file in files:
        data = read_file(file, limits.characters)
        yield Refusal(*data) if isinstance(data, tuple) else prepare(data, file.path, limits, file.role)


def _parse_seconds(source: Source) -> float:
    """What the syntax tree of a source costs, measured by making another one."""
    again = Source(source.text)
    start = time.perf_counter()
    _ = again.tree
    return time.perf_counter() - start
