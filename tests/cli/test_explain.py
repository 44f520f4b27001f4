"""``quality explain``: what is known of a rule."""

from __future__ import annotations

import dataclasses
import json

import pytest
from click.testing import CliRunner

from quality.cli._app import app
from quality.model import Firing
from quality.plugins import load_plugins
from quality.profiles import builtin_profiles


@pytest.fixture
def explain(monkeypatch):
    """Explains with a table and a card that know two rules."""
    firing = {"bandit:B602": Firing(0.25, 0.031), "quality:stub-body": Firing(0.0, 0.0)}
    profiles = {
        name: dataclasses.replace(p, calibration=dataclasses.replace(p.calibration, firing=firing))
        for name, p in builtin_profiles().items()
    }
    monkeypatch.setattr("quality.cli._explain.builtin_profiles", lambda: profiles)
    return lambda *arguments: CliRunner().invoke(app, ["explain", *arguments], standalone_mode=False).stdout


@pytest.fixture
def card(monkeypatch, tmp_path):
    facts = {"pairs": 12, "share": 0.75, "low": 0.4677, "high": 0.9111}
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "card.json").write_text(json.dumps({"rules": {"bandit:B602": {"labels": facts}}}))
    monkeypatch.setattr("quality.audit._committed._CARD", tmp_path / "data" / "card.json")
    return tmp_path / "data" / "card.json"


def test_it_says_how_often_a_rule_fires_and_how_precise_it_is(explain, card):
    text = explain("bandit:B602")
    assert "about 15 minutes to fix, CWE-78" in text
    assert (
        "Profile sample: on. Fires 0.25 times per 1,000 logical lines in the corpus of snippets, in 3.1% of the sources."
        in text
    )
    assert "Precision in the set labels: 75% [47%, 91%] of 12 pairs." in text


def test_what_never_fires_and_what_nobody_measured_are_told_apart(explain, card):
    assert "Does not fire in the corpus of snippets." in explain("quality:stub-body")
    unknown = explain("pylint:unused-import")
    assert "Fires" not in unknown
    assert "Precision" not in unknown


def test_it_shows_the_cases_of_a_rule(explain, card):
    for rule in ("stub-body", "unused-variable", "B602"):
        text = explain(rule)
        for heading in ("## What it does", "## Reported", "## Not reported"):
            assert heading in text


def test_json_has_the_cases_one_by_one(explain, card):
    for rule in ("stub-body", "unused-variable", "B602"):
        facts = json.loads(explain(rule, "--format", "json"))
        assert {case["reported"] for case in facts["cases"]} == {True, False}
        assert all(case["code"] in facts["documentation"] for case in facts["cases"])


def test_a_rule_without_cases_has_no_section_for_them(explain, card):
    assert "eported" not in explain("pylint:fatal")
    assert json.loads(explain("pylint:fatal", "--format", "json"))["cases"] == []


def test_without_a_card_there_is_no_precision(explain, card):
    card.unlink()
    assert "Precision" not in explain("bandit:B602")


def test_json_has_the_same_facts(explain, card):
    facts = json.loads(explain("bandit:B602", "--format", "json"))
    assert (facts["id"], facts["effort"]) == ("bandit:B602", 15)
    assert facts["profiles"]["sample"]["per-kilo-lloc"] == 0.25
    assert facts["precision"] == [
        {"set": "labels", "pairs": 12, "share": 0.75, "low": 0.4677, "high": 0.9111}
    ]


def test_a_measure_of_every_function_has_a_curve_and_does_not_fire(explain):
    curve = builtin_profiles()["sample"].calibration.curves["radon:nesting"]
    line = (
        f"Profile sample: on. Measures each function: {curve.p90:g} scores 0.9, {curve.p50:g} scores 0.5.\n"
    )
    assert line in explain("radon:nesting")
    facts = json.loads(explain("radon:nesting", "--format", "json"))["profiles"]["sample"]
    assert facts["curve"] == {"0.9": curve.p90, "0.5": curve.p50}
    assert facts["per-kilo-lloc"] is None


def test_minutes_are_counted(explain):
    assert "about 1 minute to fix" in explain("pylint:unused-import")


def test_profiles_of_plugins_are_told_too(explain, card, monkeypatch):
    theirs = dataclasses.replace(builtin_profiles()["project"], name="theirs", distribution="their-plugin")
    plugins = load_plugins()
    brought = dataclasses.replace(plugins, profiles={**plugins.profiles, "theirs": theirs})
    monkeypatch.setattr("quality.cli._explain.load_plugins", lambda: brought)
    assert "Profile theirs: on." in explain("bandit:B602")
    assert [*json.loads(explain("bandit:B602", "--format", "json"))["profiles"]][-1] == "theirs"
