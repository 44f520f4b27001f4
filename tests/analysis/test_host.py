"""The host: opens what the profile needs or nothing, and judges one source at a time."""

from __future__ import annotations

import dataclasses
from types import SimpleNamespace

import pytest
from quality_fakes import METRICS, OTHER, RULE, RULES, FakeAnalyzer, plugin, plugins, profile

from quality.analysis import Host
from quality.model import (
    AnalyzerUse,
    ConfigurationError,
    FailureKind,
    HostError,
    Option,
    Reason,
    Score,
    Source,
    Status,
)
from quality.plugins import load_plugins

CODE = "def f(x):\n    if x:\n        pass\n"


def crash(_source: Source) -> None:
    raise RuntimeError("oops")


class Unopenable(FakeAnalyzer):
    def open(self, context: object) -> None:
        raise ImportError("no module named tool")


def two(second: FakeAnalyzer, *, required: bool) -> Host:
    """A host with the analyzer ``fake`` and a second one called ``more``."""
    bring = plugin(
        "both",
        quality_analyzers=lambda: [FakeAnalyzer(), second],
        quality_metrics=lambda: METRICS,
        quality_rules=lambda: [RULE],
    )
    uses = (AnalyzerUse("fake"), AnalyzerUse("more", required=required))
    return Host.open(profile(analyzers=uses), load_plugins((), objects=[bring]))


def test_a_source_is_analysed_and_judged() -> None:
    host = Host.open(profile(), plugins())
    analysis = host.examine(CODE)
    assert [each.rule_id for each in analysis.findings] == ["fake:pass"]
    assert analysis.findings[0].fingerprint
    assert analysis.lloc == 3
    score = host.judge([analysis])
    assert score.status is Status.MEASURED
    assert score.fingerprint == host.fingerprint


def test_findings_come_in_their_total_order() -> None:
    host = Host.open(profile(), plugins())
    lines = [each.location.line for each in host.examine("if x:\n    pass\nelse:\n    pass\n").findings]
    assert lines == [2, 4]


def test_a_missing_required_analyzer_means_no_score() -> None:
    with pytest.raises(HostError, match=r"needs the analyzer 'nobody': no plugin brings it"):
        Host.open(profile(analyzers=(AnalyzerUse("nobody"),)), plugins())


def test_the_error_names_the_plugin_that_broke() -> None:
    broken = plugin("torn", quality_analyzers=lambda: 1 / 0)
    with pytest.raises(HostError, match=r"'torn' of fake-plugin.*ZeroDivisionError"):
        Host.open(profile(), load_plugins((), objects=[broken]))


def test_a_required_analyzer_that_does_not_open_means_no_score() -> None:
    with pytest.raises(HostError, match=r"does not open \(ImportError: no module named tool\)"):
        two(Unopenable("more"), required=True)


def test_an_optional_analyzer_that_does_not_open_makes_every_score_partial() -> None:
    host = two(Unopenable("more"), required=False)
    assert host.judge([host.examine(CODE)]).status is Status.PARTIAL


def test_a_lost_optional_analyzer_changes_the_fingerprint() -> None:
    there = two(FakeAnalyzer("more"), required=False)
    assert there.fingerprint != two(Unopenable("more"), required=False).fingerprint


def test_rules_that_are_selected_and_not_there_mean_no_score() -> None:
    with pytest.raises(ConfigurationError, match=r"selects rules that no plugin brings: lost:\*"):
        Host.open(profile(select=("fake:*", "lost:*")), plugins())


def test_rules_that_are_lost_with_a_broken_plugin_mean_no_score() -> None:
    whole = plugin("fake", quality_analyzers=lambda: [FakeAnalyzer()], quality_metrics=lambda: METRICS)
    torn = plugin("torn", quality_rules=lambda: 1 / 0)
    with pytest.raises(HostError, match=r"no plugin brings: fake:\*.*'torn' of fake-plugin"):
        Host.open(profile(select=("fake:*",)), load_plugins((), objects=[whole, torn]))


def test_options_that_are_lost_with_a_broken_plugin_are_not_called_wrong() -> None:
    broken = plugin("torn", quality_rules=lambda: 1 / 0)
    with pytest.raises(HostError, match="torn"):
        Host.open(profile(options={"torn:rule": {"size": 1}}), load_plugins((), objects=[broken]))


def test_curves_over_metrics_that_nobody_measures_mean_no_score() -> None:
    bare = plugin("bare", quality_analyzers=lambda: [FakeAnalyzer()], quality_rules=lambda: [RULE])
    with pytest.raises(HostError, match="metrics that no plugin measures: fake:complexity, fake:lloc"):
        Host.open(profile(), load_plugins((), objects=[bare]))


def test_a_crash_of_a_required_analyzer_leaves_the_source_without_a_number() -> None:
    host = two(FakeAnalyzer("more", then=crash), required=True)
    score = host.judge([host.examine(CODE)])
    assert (score.status, score.value, score.reason) == (Status.UNMEASURED, None, Reason.CRASH)
    assert score.failures[0].kind is FailureKind.CRASH
    assert "more" in score.detail


def test_a_crash_of_an_optional_analyzer_keeps_what_the_others_found() -> None:
    host = two(FakeAnalyzer("more", then=crash), required=False)
    score = host.judge([host.examine(CODE)])
    assert score.status is Status.PARTIAL
    assert [each.rule_id for each in score.findings] == ["fake:pass"]


def test_a_crash_on_one_source_does_not_reach_the_next() -> None:
    def picky(source: Source) -> None:
        if "bad" in source.text:
            crash(source)

    host = Host.open(profile(), plugins(FakeAnalyzer(then=picky)))
    before = host.examine(CODE)
    host.examine("bad = 1\n")
    assert host.examine(CODE) == before


def test_a_refused_text_is_an_analysis_with_a_reason() -> None:
    analysis = Host.open(profile(), plugins()).examine("def (:")
    assert analysis.reason is Reason.SYNTAX_ERROR
    assert analysis.lloc == 0


def test_an_analyzer_gets_its_own_enabled_rules_only() -> None:
    analyzer = FakeAnalyzer()
    foreign = dataclasses.replace(OTHER, id="fake:foreign", analyzer="someone-else")
    host = Host.open(profile(ignore=("fake:name",)), plugins(analyzer, rules=[*RULES.values(), foreign]))
    assert set(analyzer.context.rules) == {"near:pass", "fake:pass", "twin:pass"}
    assert set(host.rules) == {"near:pass", "fake:pass", "twin:pass", "fake:foreign"}
    assert analyzer.context.sealed


def test_an_analyzer_gets_its_options_with_defaults() -> None:
    analyzer = FakeAnalyzer()
    analyzer.options = (Option("size", 3, "How many."), Option("name", "x", "Which."))
    Host.open(profile(options={"fake": {"size": 5}}), plugins(analyzer))
    assert analyzer.context.options == {"size": 5, "name": "x"}


def test_options_that_nobody_declares_are_refused_all_at_once() -> None:
    with pytest.raises(ConfigurationError) as caught:
        Host.open(profile(options={"fake": {"a": 1, "b": 2}, "fak": {}}), plugins())
    assert len(str(caught.value).splitlines()) == 3


def test_rules_ignored_in_tests_count_in_product_code() -> None:
    host = Host.open(profile(ignore_in_tests=("fake:pass",)), plugins())
    assert host.examine(CODE, role="test").findings == ()
    assert len(host.examine(CODE, role="product").findings) == 1


def test_only_an_unsealed_profile_obeys_directives() -> None:
    code = "if x:\n    pass  # noqa\n"
    marks = [
        Host.open(profile(sealed=sealed), plugins()).examine(code).findings[0].suppressed
        for sealed in (True, False)
    ]
    assert marks == [False, True]


def test_directives_are_listed_in_either() -> None:
    assert len(Host.open(profile(), plugins()).examine("x = 1  # noqa\n").directives) == 1


def own_formula(distribution: str) -> Host:
    score = Score(Status.MEASURED, "anything", "anything", value=0.123, grade="E")
    whole = plugin(
        "whole",
        quality_analyzers=lambda: [FakeAnalyzer()],
        quality_metrics=lambda: METRICS,
        quality_rules=lambda: [RULE],
    )
    formula = plugin("formula", distribution, quality_score=lambda analysis: score)
    return Host.open(profile(), load_plugins((), objects=[whole, formula]))


def test_a_profile_is_judged_by_the_formula_of_its_distribution() -> None:
    host = own_formula("fake-plugin")
    score = host.judge([host.examine(CODE)])
    assert score.value == 0.123
    assert (score.profile, score.fingerprint) == ("fake", host.fingerprint)


def test_a_formula_of_another_distribution_changes_nothing() -> None:
    host, plain = own_formula("stranger"), Host.open(profile(), plugins(rules=[RULE]))
    assert host.judge([host.examine(CODE)]) == plain.judge([plain.examine(CODE)])


def test_observers_hear_of_a_judged_source() -> None:
    seen = []
    watcher = plugin("w", quality_analysis_finished=lambda analysis, score: seen.append((analysis, score)))
    host = Host.open(profile(analyzers=(), dimensions=()), load_plugins((), objects=[watcher]))
    analysis, score = object(), SimpleNamespace()
    host.finished(analysis, score)
    assert seen == [(analysis, score)]
