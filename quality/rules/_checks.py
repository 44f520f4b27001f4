"""Checks that hold a rule to its own word; the tests of a rule package are one loop over them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quality.model import Source
from quality.rules._cases import Invalid, Valid
from quality.rules._catalogue import catalogue
from quality.rules._documentation import example_of, sections_of
from quality.rules._runner import RuleRunner

if TYPE_CHECKING:
    from quality.model import Finding
    from quality.rules._base import BaseRule


def rule_cases(rule: type[BaseRule]) -> tuple[Valid | Invalid, ...]:
    """All cases of a rule: VALID, INVALID, and the code under Use instead.

    Raises:
        ValueError: When the docstring lacks a section or the rule has no VALID or INVALID case.
    """
    if not (rule.VALID and rule.INVALID):
        raise ValueError(f"rule {rule.__name__} needs at least one VALID and one INVALID case")
    _, sections = sections_of(rule)
    instead = Valid(example_of(sections["Use instead"]), "the code under Use instead")
    return (*rule.VALID, *rule.INVALID, instead)


def check_case(rule: type[BaseRule], case: Valid | Invalid) -> None:
    """Runs a rule over a case.

    Raises:
        AssertionError: When it reports something else than the case says, or fails. The message shows both.
    """
    wanted = list(case.expected) if isinstance(case, Invalid) else []
    found = [describe(finding) for finding in run_rule(rule, case)]
    if found != wanted:
        shown = "\n".join(["expected:", *wanted, "found:", *found, "in:", case.code])
        raise AssertionError(f"rule {rule.name} does not do what its case says\n{shown}")


def check_example(rule: type[BaseRule]) -> None:
    """Holds a rule to the code under its heading Example.

    Raises:
        AssertionError: When the rule does not report it.
    """
    _, sections = sections_of(rule)
    if not run_rule(rule, Valid(example_of(sections["Example"]))):
        raise AssertionError(f"rule {rule.name} does not report its own example")


def run_rule(rule: type[BaseRule], case: Valid | Invalid) -> tuple[Finding, ...]:
    """The findings of one rule in a case, in their total order.

    Raises:
        AssertionError: When the rule fails.
    """
    (entry,) = catalogue([rule], "case")
    result = RuleRunner([entry], {entry.id: case.options}).run(Source(case.code, role=case.role))
    if result.failures:
        raise AssertionError(result.failures[0].text)
    return tuple(sorted(result.findings, key=lambda finding: finding.order))


def describe(finding: Finding) -> str:
    """A finding as the cases write it: ``line:column-end_line:end_column message``."""
    place = finding.location
    return f"{place.line}:{place.column}-{place.end_line}:{place.end_column} {finding.message}"
