"""Evidence from tests in the reports: hostile names, and nothing where there is none."""

from __future__ import annotations

import dataclasses

import pytest

from quality.model import Coverage, Evidence, FailedTest, FunctionCoverage, SuiteResults
from quality.plugins import load_plugins

EVIL = "t::<script>alert(1)</script>`|\x1b[31m"
SUITE = SuiteResults(3, 1, 2, (FailedTest(EVIL, "failure", EVIL),))
COVERAGE = Coverage(
    199,
    200,
    (FunctionCoverage("a.py", EVIL, 3, 1, 9, 12.0), FunctionCoverage("a.py", "gentle", 30, 9, 9, 4.0)),
)


def rendered(format_: str, report) -> str:
    return load_plugins().renderers[format_].render(report)


@pytest.mark.parametrize("format_", ["text", "markdown", "html", "json"])
def test_evidence_is_shown_and_its_names_do_nothing(format_: str, calm_report) -> None:
    shown = rendered(format_, dataclasses.replace(calm_report, evidence=Evidence(SUITE, COVERAGE)))
    assert "\x1b" not in shown
    if format_ != "json":
        assert "3 passed, 1 failed, 2 skipped" in shown
        assert "99 % of 200 statements" in shown
        assert "1 of 9 statements executed, cyclomatic 12, change risk 113" in shown
        assert "gentle" not in shown
    if format_ == "html":
        assert "<script>alert(1)" not in shown
    if format_ == "markdown":
        assert "``t::<script>alert(1)</script>`\\|\\x1b[31m``" in shown


@pytest.mark.parametrize("format_", ["text", "markdown", "html"])
@pytest.mark.parametrize("evidence", [None, Evidence()])
def test_without_evidence_nothing_is_said_of_it(format_: str, evidence, calm_report) -> None:
    shown = rendered(format_, dataclasses.replace(calm_report, evidence=evidence))
    assert shown == rendered(format_, calm_report)
    assert "moves no score" not in shown
    assert "move no score" not in shown
