"""The guard: whatever an analyzer does becomes a result or a failure with its name."""

from __future__ import annotations

import dataclasses
import math

import pytest
from quality_fakes import METRIC, RULE, RULES, FakeAnalyzer, finding

from quality.analysis._guard import describe, run_guarded
from quality.model import (
    AnalyzerContext,
    AnalyzerFailure,
    AnalyzerResult,
    FailureKind,
    Finding,
    Measure,
    Rule,
    Scope,
    ScopeKind,
    Severity,
    Source,
)

SOURCE = Source("pass\nx = 1\n")
SCOPE = Scope(ScopeKind.MODULE, "<module>", 1, 2)


def run(analyzer: object) -> AnalyzerResult | AnalyzerFailure:
    return run_guarded(analyzer, SOURCE, RULES, {})


def opened(**arguments: object) -> FakeAnalyzer:
    analyzer = FakeAnalyzer(**arguments)
    analyzer.open(AnalyzerContext(RULES))
    return analyzer


def raising(error: BaseException) -> FakeAnalyzer:
    def then(_source: Source) -> None:
        raise error

    return opened(then=then)


def returning(result: object) -> object:
    analyzer = opened()
    analyzer.analyze = lambda source: result
    return analyzer


def test_a_result_passes_through() -> None:
    result = run(opened())
    assert [each.rule_id for each in result.findings] == ["fake:pass"]


@pytest.mark.parametrize(
    ("error", "kind", "text"),
    [
        (RuntimeError("oops"), FailureKind.CRASH, "RuntimeError: oops"),
        (RecursionError("deep"), FailureKind.CRASH, "RecursionError: deep"),
        (SystemExit(3), FailureKind.CRASH, "SystemExit: 3"),
        (AssertionError(), FailureKind.CRASH, "AssertionError:"),
        (MemoryError(), FailureKind.MEMORY, "out of memory"),
    ],
)
def test_what_an_analyzer_raises_is_a_failure(error: BaseException, kind: FailureKind, text: str) -> None:
    assert run(raising(error)) == AnalyzerFailure("fake", kind, text)


def test_an_interrupt_by_the_user_is_no_failure_of_the_analyzer() -> None:
    with pytest.raises(KeyboardInterrupt):
        run(raising(KeyboardInterrupt()))


def other_rule() -> Rule:
    return Rule("other:thing", "t", "clarity", Severity.NOTE, "w", "other")


def with_field(**field: object) -> Finding:
    return dataclasses.replace(finding(), **field)


@pytest.mark.parametrize(
    ("result", "says"),
    [
        (None, "returned NoneType instead of AnalyzerResult"),
        ([], "returned list instead of AnalyzerResult"),
        (AnalyzerResult(("oops",)), "reported 'oops', which is no Finding"),
        (AnalyzerResult((finding(other_rule()),)), "reported other:thing, which is not enabled"),
        (AnalyzerResult((finding(line=99),)), "reported fake:pass in line 99 of 3"),
        (AnalyzerResult((finding(path="other.py"),)), "in other.py, which is another source"),
        (AnalyzerResult(measures=(3,)), "measured 3, which is no Measure"),
        (AnalyzerResult(measures=(Measure(METRIC, math.nan, SCOPE),)), "measured fake:complexity as nan"),
        (AnalyzerResult(measures=(Measure(METRIC, math.inf, SCOPE),)), "measured fake:complexity as inf"),
        (AnalyzerResult(failures=("oops",)), "'oops', which is no AnalyzerFailure"),
        (AnalyzerResult((with_field(location=5),)), "reported fake:pass with the location 5"),
        (AnalyzerResult((with_field(message=None),)), "reported fake:pass with the message None"),
        (AnalyzerResult((with_field(severity="note"),)), "reported fake:pass with the severity 'note'"),
        (AnalyzerResult((with_field(rule_id=["x"]),)), "reported ['x'] with the rule_id ['x']"),
        (AnalyzerResult((with_field(cwe="CWE-78"),)), "reported fake:pass with the cwe 'CWE-78'"),
        (AnalyzerResult(measures=(Measure(METRIC, 1.0, 5),)), "measured fake:complexity with the scope 5"),
        (AnalyzerResult(measures=(Measure(METRIC, "1", SCOPE),)), "gave what cannot be read: TypeError"),
        (AnalyzerResult(None), "gave what cannot be read: TypeError"),
    ],
)
def test_invalid_output_is_a_failure(result: object, says: str) -> None:
    failure = run(returning(result))
    assert isinstance(failure, AnalyzerFailure)
    assert failure.kind is FailureKind.INVALID_OUTPUT
    assert says in failure.text


def test_the_time_is_added_up_by_analyzer() -> None:
    seconds = {"fake": 100.0}
    run_guarded(opened(), SOURCE, RULES, seconds)
    run_guarded(raising(ValueError()), SOURCE, RULES, seconds)
    assert list(seconds) == ["fake"]
    assert seconds["fake"] > 100.0


def test_a_description_is_one_line_without_folders() -> None:
    error = FileNotFoundError("no /home/someone/project/setup.cfg\nand more")
    assert describe(error) == "FileNotFoundError: no setup.cfg"


def test_a_description_is_bounded() -> None:
    assert len(describe(ValueError("x" * 10_000))) == 300


def test_the_rule_in_the_catalogue_may_be_reported() -> None:
    assert isinstance(run(returning(AnalyzerResult((finding(RULE),)))), AnalyzerResult)
