"""The examples of bandit's tests keep their word."""

from __future__ import annotations

from quality.testing import check_cases
from quality_bandit import BanditAnalyzer, quality_rules
from quality_bandit._catalogue import examples

#: Its examples would show what the reader's screen must not.
NOT_SHOWN = {"B613"}


def test_bad_code_is_found_by_exactly_this_test_and_good_code_is_not():
    check_cases(BanditAnalyzer(), quality_rules())


def test_every_test_but_one_has_an_example():
    known = {rule.id.removeprefix("bandit:") for rule in quality_rules()}
    assert set(examples()) == known - NOT_SHOWN


def test_a_page_ends_with_both_codes():
    rules = {rule.id: rule for rule in quality_rules()}
    _, _, cases = rules["bandit:B602"].page.partition("## Reported")
    assert "shell=True" in cases.partition("## Not reported")[0]
    assert "shell=True" not in cases.partition("## Not reported")[2]
