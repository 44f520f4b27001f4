"""The examples of the messages keep their word."""

from __future__ import annotations

from quality.testing import check_cases
from quality_pylint import PylintAnalyzer, catalogue
from quality_pylint._catalogue import examples


def test_bad_code_gets_exactly_this_message_and_good_code_does_not():
    check_cases(PylintAnalyzer(), catalogue())


def test_every_example_is_of_a_message():
    assert sorted(set(examples()) - {rule.id.removeprefix("pylint:") for rule in catalogue()}) == []
    assert len(examples()) > 300


def test_good_code_comes_with_the_remedy_in_words():
    assert [symbol for symbol, (_, good) in examples().items() if not good.captions] == []


def test_a_page_has_what_it_does_the_manual_and_both_codes():
    rules = {rule.id: rule for rule in catalogue()}
    page = rules["pylint:unused-variable"].page
    assert "Reports pylint's message W0612, `unused-variable`: Variable that nothing uses." in page
    assert "/user_guide/messages/warning/unused-variable.html)" in page
    assert [line for line in page.splitlines() if line.startswith("## ")] == [
        "## What it does",
        "## Why is this bad",
        "## References",
        "## Reported",
        "## Not reported",
    ]


def test_a_message_without_an_example_has_no_section_for_it():
    rules = {rule.id: rule for rule in catalogue()}
    assert rules["pylint:fatal"].cases() == ()
    assert rules["pylint:fatal"].page.endswith("messages/fatal/fatal.html)")
