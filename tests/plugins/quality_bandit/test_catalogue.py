from __future__ import annotations

import re

import pytest
from pylint import checkers
from pylint.lint import PyLinter

from quality.model import Rule
from quality_bandit import quality_rules
from quality_bandit._checks import import_bandit, load_checks

HEADINGS = ["What it does", "Why is this bad", "Use instead", "References"]
RULES = {rule.id: rule for rule in quality_rules()}


@pytest.fixture(scope="module")
def manager():
    import_bandit()
    from bandit.core import extension_loader  # only after its import was fenced

    return extension_loader.MANAGER


@pytest.fixture(params=sorted(RULES))
def rule(request: pytest.FixtureRequest) -> Rule:
    return RULES[request.param]


def test_every_test_of_bandit_has_an_entry(manager):
    known = {f"bandit:{identity}" for identity in [*manager.plugins_by_id, *manager.blacklist_by_id]}
    assert len(known) > 70
    assert sorted(known - set(RULES)) == []
    assert sorted(set(RULES) - known) == []


def test_entries_agree_with_bandits_lists(manager):
    for identity, listed in manager.blacklist_by_id.items():
        rule = RULES[f"bandit:{identity}"]
        level = {"LOW": "note", "MEDIUM": "warning", "HIGH": "error"}[listed["level"]]
        assert (rule.severity, rule.confidence, rule.cwe) == (level, "high", listed["cwe"]), identity


def test_pages_are_where_bandit_says(manager):
    from bandit.core.docs_utils import get_url  # only after its import was fenced

    for identity in [*manager.plugins_by_id, *manager.blacklist_by_id]:
        assert f"({get_url(identity)})" in RULES[f"bandit:{identity}"].documentation


def test_the_only_check_of_whole_texts_looks_for_characters_outside_of_ascii():
    import_bandit()
    checks = load_checks({rule_id.removeprefix("bandit:") for rule_id in RULES})
    assert [check.id for check in checks["File"]] == ["B613"]


def test_an_entry_is_complete(rule):
    assert rule.analyzer == "bandit"
    assert rule.dimension in {"security", "reliability"}
    assert rule.effort > 0
    assert rule.cwe
    assert not rule.title.endswith(".")
    assert rule.why.endswith(".")


def test_its_page_has_the_headings(rule):
    headings = re.findall(r"^## (.+)$", rule.documentation, re.MULTILINE)
    assert [heading for heading in headings if heading != "Weight"] == HEADINGS
    assert ("Weight" in headings) == (rule.weight != 1)


def test_what_only_asks_for_a_look_weighs_little():
    for identity in ("B404", "B603", "B607"):
        assert RULES[f"bandit:{identity}"].weight <= 0.1


def test_swallowed_exceptions_and_asserts_are_about_reliability():
    about = {rule.id.removeprefix("bandit:") for rule in RULES.values() if rule.dimension == "reliability"}
    assert about == {"B101", "B110", "B112", "B113"}


def test_equivalents_exist():
    linter = PyLinter()
    checkers.initialize(linter)
    known = {f"pylint:{message.symbol}" for message in linter.msgs_store.messages} | set(RULES)
    named = {name for rule in RULES.values() for name in rule.equivalents}
    assert {name for name in named - known if not name.startswith("quality:")} == set()


def test_rules_are_known_by_the_codes_of_flake8_bandit_too():
    assert RULES["bandit:B301"].aliases == ("S301",)
