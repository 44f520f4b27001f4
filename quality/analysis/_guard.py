"""The one place where any exception of an analyzer is caught, and where its output is checked."""

from __future__ import annotations

import math
import re
import time
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING

from quality.model import (
    AnalyzerFailure,
    AnalyzerResult,
    Clearance,
    Confidence,
    FailureKind,
    Finding,
    Location,
    Measure,
    Scope,
    Severity,
    Trace,
)

if TYPE_CHECKING:
    from collections.abc import Collection
    from types import UnionType

    from quality.model import Analyzer, Source

_PATHS = re.compile(r"(?:[A-Za-z]:)?(?:[\\/][\w.@~+-]+)+[\\/]([\w.@~+-]+)")
_LONGEST = 300
_Fields = tuple[tuple[str, "type | UnionType"], ...]
#: Fields of a finding, and of a measure, and what they hold.
_OF_FINDING: _Fields = (
    ("rule_id", str),
    ("message", str),
    ("location", Location),
    ("severity", Severity),
    ("confidence", Confidence),
    ("dimension", str),
    ("cwe", int | None),
)
_OF_MEASURE: _Fields = (("metric", str), ("scope", Scope))
_PARTS_OF_MEASURE = attrgetter("metric", "scope")


class Interrupt(BaseException):
    """Raised from outside to end an analysis, such as a deadline. No guard stops it.

    Attributes:
        analyzer: The id of the analyzer that was at work; empty where none was.
        spent: Seconds of CPU time that this analyzer had taken.
    """

    analyzer: str = ""
    spent: float = 0.0


def run_guarded(
    analyzer: Analyzer, source: Source, rule_ids: Collection[str], seconds: dict[str, float]
) -> AnalyzerResult | AnalyzerFailure:
    """Runs one analyzer on one source.

    Args:
        analyzer: An opened analyzer.
        source: The source.
        rule_ids: Rules it may report.
        seconds: Gets the time it took, added under its id.
    """
    started = time.thread_time()
    try:
        result = analyzer.analyze(source)
    except MemoryError:
        return AnalyzerFailure(analyzer.id, FailureKind.MEMORY, "out of memory")
    except Interrupt as interrupt:
        interrupt.analyzer, interrupt.spent = analyzer.id, time.thread_time() - started
        raise
    except (KeyboardInterrupt, GeneratorExit):
        raise
    except BaseException as error:  # noqa: BLE001 - this is the guard; a panic of Rust code is no Exception
        return AnalyzerFailure(analyzer.id, FailureKind.CRASH, describe(error))
    finally:
        seconds[analyzer.id] = seconds.get(analyzer.id, 0.0) + time.thread_time() - started
    try:
        problem = _invalid(result, source, rule_ids)
    except Exception as error:  # noqa: BLE001 - what a plugin gives may raise wherever it is touched
        problem = f"gave what cannot be read: {describe(error)}"
    return AnalyzerFailure(analyzer.id, FailureKind.INVALID_OUTPUT, problem) if problem else result


def describe(error: BaseException) -> str:
    """An exception in one line, without paths of this machine."""
    text = f"{type(error).__name__}: {error}".strip().split("\n", 1)[0]
    return _PATHS.sub(r"\1", text)[:_LONGEST]


def _invalid(result: object, source: Source, rule_ids: Collection[str]) -> str:
    """What is wrong with an analyzer's output, or an empty text."""
    if not isinstance(result, AnalyzerResult):
        return f"returned {type(result).__name__} instead of AnalyzerResult"
    problems = chain(
        [_wrong_finding(finding, source, rule_ids) for finding in result.findings],
        map(_wrong_measure, result.measures),
        map(_wrong_failure, result.failures),
        map(_wrong_clearance, result.clearances),
        [_wrong_trace(trace, source) for trace in result.traces],
    )
    return next(filter(None, problems), "")


def _wrong_finding(finding: object, source: Source, rule_ids: Collection[str]) -> str:
    if not isinstance(finding, Finding):
        return f"reported {finding!r}, which is no Finding"
    if wrong := _wrong_field(finding, _OF_FINDING):
        return f"reported {finding.rule_id} with {wrong}"
    if finding.rule_id not in rule_ids:
        return f"reported {finding.rule_id}, which is not enabled or not in the catalogue"
    if finding.location.path != source.path:
        return f"reported {finding.rule_id} in {finding.location.path}, which is another source"
    last = len(source.lines)
    if max(finding.location.line, finding.location.end_line) > last:
        return f"reported {finding.rule_id} in line {finding.location.end_line} of {last}"
    return ""


def _wrong_field(part: object, fields: _Fields) -> str:
    """The first field that holds something of another kind; types are no more than hints to who writes a plugin."""
    for name, kind in fields:
        value = getattr(part, name)
        if not isinstance(value, kind):
            return f"the {name} {value!r}"
    return ""


def _wrong_failure(failure: object) -> str:
    return (
        ""
        if isinstance(failure, AnalyzerFailure)
        else f"failed with {failure!r}, which is no AnalyzerFailure"
    )


def _wrong_clearance(clearance: object) -> str:
    return "" if isinstance(clearance, Clearance) else f"cleared {clearance!r}, which is no Clearance"


def _wrong_trace(trace: object, source: Source) -> str:
    if not isinstance(trace, Trace):
        return f"noted {trace!r}, which is no Trace"
    return "" if trace.location.path == source.path else f"noted {trace.key} in another source"


def _wrong_measure(measure: object) -> str:
    if not isinstance(measure, Measure):
        return f"measured {measure!r}, which is no Measure"
    metric, scope = _PARTS_OF_MEASURE(measure)
    if not (isinstance(metric, str) and isinstance(scope, Scope)):
        return f"measured {metric} with {_wrong_field(measure, _OF_MEASURE)}"
    if not math.isfinite(measure.value):
        return f"measured {measure.metric} as {measure.value}"
    return ""
