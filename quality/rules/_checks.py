"""Checks that hold a rule to its own word; the tests of a rule package are one loop over them."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

from quality.model import Source
from quality.rules._base import AstRule
from quality.rules._cases import Invalid, Valid
from quality.rules._catalogue import catalogue
from quality.rules._documentation import example_of, sections_of
from quality.rules._runner import RuleRunner

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from quality.model import Finding, Role, Trace
    from quality.rules._base import BaseRule
    from quality.rules._fix import Fix

    MakeSource = Callable[[str, Role], Source]

#: A fix that never comes to an end is not one.
_MOST_ROUNDS = 10


def rule_cases(rule: type[BaseRule]) -> tuple[Valid | Invalid, ...]:
    """All cases of a rule: VALID, INVALID, and the code under Use instead.

    Raises:
        ValueError: When the docstring lacks a section or the rule has no VALID or INVALID case.
    """
    if not (rule.VALID and rule.INVALID):
        raise ValueError(f"rule {rule.__name__} needs at least one VALID and one INVALID case")
    _, sections = sections_of(rule)
    instead = Valid(example_of(sections["Use instead"]), options=rule.INVALID[0].options)
    return (*rule.VALID, *rule.INVALID, instead)


def plain_source(code: str, role: Role) -> Source:
    """A source as a test gives it: nothing is checked or blanked."""
    return Source(code, role=role)


def check_case(rule: type[BaseRule], case: Valid | Invalid, make_source: MakeSource = plain_source) -> None:
    """Runs a rule over a case.

    Args:
        rule: The rule.
        case: One of its cases.
        make_source: Makes the source from the case's code.

    Raises:
        AssertionError: When it reports something else than the case says, or fails. The message shows both.
    """
    wanted = list(case.expected) if isinstance(case, Invalid) else []
    found = [describe(finding) for finding in run_rule(rule, case, make_source)]
    if found != wanted:
        shown = "\n".join(["expected:", *wanted, "found:", *found, "in:", case.code])
        raise AssertionError(f"rule {rule.name} does not do what its case says\n{shown}")


def check_example(rule: type[BaseRule], make_source: MakeSource = plain_source) -> None:
    """Holds a rule to the code under its heading Example, with the options of its first INVALID case.

    Args:
        rule: The rule.
        make_source: Makes the source from the example.

    Raises:
        AssertionError: When the rule does not report it.
    """
    _, sections = sections_of(rule)
    options = rule.INVALID[0].options if rule.INVALID else {}
    if not run_rule(rule, Valid(example_of(sections["Example"]), options=options), make_source):
        raise AssertionError(f"rule {rule.name} does not report its own example")


def check_fixed(
    rule: type[BaseRule],
    case: Invalid,
    fixes: Iterable[Fix],
    namespace: str,
    make_source: MakeSource = plain_source,
) -> None:
    """Fixes an INVALID case as ``quality fix`` does: in rounds, until nothing is left to fix.

    Args:
        rule: The rule.
        case: One of its cases.
        fixes: Those that the plugin brings; the others' rules are not asked for.
        namespace: The word before the colon of the rule's id.
        make_source: Makes the source from the case's code.

    Raises:
        AssertionError: When the result is not the code that the case says, or, where it says none, the fixes
            change the code. The message shows both.
    """
    from quality.rules.fixing import apply_fixes  # imports libcst

    own = [fix for fix in fixes if f"{namespace}:{rule.name}" in fix.rules]
    code = case.code
    for _ in range(_MOST_ROUNDS):
        findings = run_rule(rule, dataclasses.replace(case, code=code), make_source, namespace)
        fixed = apply_fixes(code, findings, own)
        if not fixed.applied:
            break
        code = fixed.text
    wanted = case.code if case.fixed is None else case.fixed
    if code != wanted:
        shown = f"expected:\n{wanted}\nfixed:\n{code}"
        raise AssertionError(f"the fixes of rule {rule.name} do not do what its case says\n{shown}")


def run_rule(
    rule: type[BaseRule],
    case: Valid | Invalid,
    make_source: MakeSource = plain_source,
    namespace: str = "case",
) -> tuple[Finding, ...]:
    """The findings of one rule in a case, in their total order.

    Args:
        rule: The rule.
        case: The code and the options.
        make_source: Makes the source from the code.
        namespace: The word before the colon of the rule's id.

    Raises:
        AssertionError: When the rule fails.
    """
    (entry,) = catalogue([rule], namespace)
    runner = RuleRunner([entry], {entry.id: case.options})
    found: list[Finding] = []
    traces: list[Trace] = []
    for path, code in _files_of(case.code):
        source = make_source(code, case.role)
        source.path = path or source.path
        result = runner.run(source)
        if result.failures:
            raise AssertionError(result.failures[0].text)
        found += result.findings
        traces += result.traces
    if traces and issubclass(rule, AstRule):
        found += rule.across(entry, traces)
    return tuple(sorted(found, key=lambda finding: finding.order))


def _files_of(code: str) -> list[tuple[str, str]]:
    """Path and text of the files of a case; one without a path unless it has lines ``# file: PATH``."""
    first, *parts = re.split(r"^# file: (\S+)\n", code, flags=re.MULTILINE)
    return list(zip(parts[::2], parts[1::2], strict=True)) if parts else [("", first)]


def describe(finding: Finding) -> str:
    """A finding as the cases write it: ``line:column-end_line:end_column message``."""
    place = finding.location
    return f"{place.line}:{place.column}-{place.end_line}:{place.end_column} {finding.message}"
