"""The hooks that are called per analysis: a profile's own formula, and observers that change nothing."""

from __future__ import annotations

import pytest
from quality_fakes import PROFILE, analysis, plugin

from quality.model import PluginError, Score, Status
from quality.plugins import load_plugins

ANALYSIS = analysis()
SCORE = Score(Status.MEASURED, "fake", "sha256:0", value=0.5, grade="C")


def observers(*objects):
    return load_plugins((), objects=objects).observers


def test_a_plugin_judges_the_profiles_of_its_own_distribution() -> None:
    mine = plugin("mine", PROFILE.distribution, quality_score=lambda analysis, profile: SCORE)
    assert observers(mine).score(ANALYSIS, PROFILE) is SCORE


def test_a_plugin_never_judges_the_profiles_of_another_distribution() -> None:
    theirs = plugin("theirs", "other-plugin", quality_score=lambda analysis, profile: SCORE)
    assert observers(theirs).score(ANALYSIS, PROFILE) is None


def test_a_plugin_may_leave_judging_to_the_next() -> None:
    first = plugin("a", quality_score=lambda analysis: None)
    second = plugin("b", quality_score=lambda analysis: SCORE)
    assert observers(first, second).score(ANALYSIS, PROFILE) is SCORE


def test_without_a_formula_of_its_own_the_host_judges() -> None:
    assert observers().score(ANALYSIS, PROFILE) is None


def test_a_formula_that_raises_is_named() -> None:
    def raising(analysis, profile):
        raise KeyError("x")

    with pytest.raises(PluginError, match=r"fake-plugin:bad: quality_score raised KeyError"):
        observers(plugin("bad", quality_score=raising)).score(ANALYSIS, PROFILE)


def test_a_formula_that_returns_no_score_is_named() -> None:
    with pytest.raises(PluginError, match=r"returned 0\.9, which is no Score"):
        observers(plugin("bad", quality_score=lambda analysis: 0.9)).score(ANALYSIS, PROFILE)


def test_an_observer_sees_analysis_and_score() -> None:
    seen = []
    watcher = plugin("w", quality_analysis_finished=lambda score, analysis: seen.append((analysis, score)))
    observers(watcher).finished(ANALYSIS, SCORE)
    assert seen == [(ANALYSIS, SCORE)]


def test_an_observer_that_raises_warns_and_keeps_no_other_from_seeing() -> None:
    seen = []

    def raising(score):
        raise KeyError("x")

    objects = [
        plugin("a", quality_analysis_finished=raising),
        plugin("b", quality_analysis_finished=lambda score: seen.append(score)),
    ]
    with pytest.warns(UserWarning, match=r"fake-plugin:a: quality_analysis_finished raised"):
        observers(*objects).finished(ANALYSIS, SCORE)
    assert seen == [SCORE]
