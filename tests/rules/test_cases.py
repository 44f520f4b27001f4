"""Every rule does what its own file says."""

from __future__ import annotations

import pytest

import quality_rules
from quality.analysis import prepare
from quality.model import Limits, Role, Source
from quality.rules import (
    BaseRule,
    Invalid,
    Valid,
    catalogue,
    check_case,
    check_example,
    check_fixed,
    discover_rules,
    rule_cases,
)
from quality_rules import NAMESPACE
from quality_rules._fixes.catalogue import FIXES

RULES = discover_rules(quality_rules)
ENTRIES = catalogue(RULES, NAMESPACE)
CASES = [
    pytest.param(rule, case, id=f"{rule.name}-{type(case).__name__.lower()}-{number}")
    for rule in RULES
    for number, case in enumerate(rule_cases(rule), 1)
]
FIXABLE = {name for fix in FIXES for name in fix.rules}
FIXED_CASES = [
    pytest.param(rule, case, id=f"{rule.name}-{number}")
    for rule in RULES
    for number, case in enumerate(rule.INVALID, 1)
    if f"{NAMESPACE}:{rule.name}" in FIXABLE or case.fixed is not None
]


def as_the_host_does(code: str, role: Role) -> Source:
    source = prepare(code, "sample.py", Limits(), role)
    assert isinstance(source, Source)
    return source


@pytest.mark.parametrize(("rule", "case"), CASES)
def test_a_rule_reports_exactly_what_its_case_says(rule: type[BaseRule], case: Valid | Invalid) -> None:
    check_case(rule, case, as_the_host_does)


@pytest.mark.parametrize(("rule", "case"), FIXED_CASES)
def test_the_fixes_of_a_rule_make_exactly_what_its_case_says(rule: type[BaseRule], case: Invalid) -> None:
    check_fixed(rule, case, FIXES, NAMESPACE, as_the_host_does)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_reports_its_own_example(rule: type[BaseRule]) -> None:
    check_example(rule, as_the_host_does)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_stands_in_the_file_of_its_name_and_dimension(rule: type[BaseRule]) -> None:
    name = rule.name.replace("-", "_")
    assert rule.__module__ == f"quality_rules.{rule.dimension}.{name}"


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_a_rule_has_a_page_with_its_cases(entry) -> None:
    assert entry.documentation.startswith("## What it does\n")
    assert "## Reported" in entry.page
    assert "## Not reported" in entry.page
