"""The check of the code that rules show."""

from __future__ import annotations

import dataclasses

import pytest
from quality_fakes import RULE, FakeAnalyzer, plugin

from quality.model import AnalyzerFailure, AnalyzerResult, Case, FailureKind, Source
from quality.testing import check_cases, check_plugin

BAD = Case("def f():\n    pass\n", reported=True)
GOOD = Case("def f():\n    return 1\n", reported=False)


def showing(*cases: Case):
    return dataclasses.replace(RULE, cases=lambda: cases)


def test_cases_that_keep_their_word_pass() -> None:
    check_cases(FakeAnalyzer(), [showing(BAD, GOOD)])


def test_every_broken_word_is_named_with_its_code() -> None:
    broken = showing(dataclasses.replace(BAD, reported=False), dataclasses.replace(GOOD, reported=True))
    with pytest.raises(AssertionError) as caught:
        check_cases(FakeAnalyzer(), [broken])
    assert "fake:pass: is reported here (found: fake:pass):\ndef f():\n    pass" in str(caught.value)
    assert "fake:pass: is not reported here (found: nothing):\ndef f():\n    return 1" in str(caught.value)


def test_a_part_of_the_analyzer_that_did_not_finish_is_named() -> None:
    class Broken(FakeAnalyzer):
        def analyze(self, source: Source) -> AnalyzerResult:
            failure = AnalyzerFailure(self.id, FailureKind.CRASH, "KeyError: 'x'", "fake:pass")
            return dataclasses.replace(super().analyze(source), failures=(failure,))

    with pytest.raises(AssertionError, match=r"fake:pass did not finish \(crash: KeyError: 'x'\)"):
        check_cases(Broken(), [showing(BAD)])


def test_rules_of_other_analyzers_are_left_out() -> None:
    check_cases(FakeAnalyzer("other"), [showing(dataclasses.replace(BAD, reported=False))])


def test_a_plugins_cases_are_checked_with_the_rest_of_it() -> None:
    bad = showing(dataclasses.replace(GOOD, reported=True))
    brought = plugin("p", quality_analyzers=lambda: [FakeAnalyzer()], quality_rules=lambda: [bad]).plugin
    with pytest.raises(AssertionError, match="fake:pass: is not reported here"):
        check_plugin(brought)
