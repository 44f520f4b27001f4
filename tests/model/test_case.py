from __future__ import annotations

from quality.model import Case, Rule, Severity

REPORTED = Case("print(1)\n", reported=True, captions=("1:1 loud",), fixed="log(1)\n")
FINE = Case("log(1)\n", reported=False, captions=("It is logged:",))


def rule(*cases: Case, documentation: str = "") -> Rule:
    return Rule(
        "acme:x",
        "X",
        "clarity",
        Severity.NOTE,
        "It is.",
        "acme",
        documentation=documentation,
        cases=lambda: cases,
    )


def test_a_page_is_the_documentation_and_then_the_cases() -> None:
    assert rule(FINE, REPORTED, documentation="## What it does\n\nIt looks.\n").page == (
        "## What it does\n\nIt looks.\n\n"
        "## Reported\n\n1:1 loud\n\n```python\nprint(1)\n```\n\nFixed:\n\n```python\nlog(1)\n```\n\n"
        "## Not reported\n\nIt is logged:\n\n```python\nlog(1)\n```"
    )


def test_without_cases_there_are_no_sections_for_them() -> None:
    assert rule(documentation="It looks.\n").page == "It looks."
    assert rule().page == ""


def test_only_who_asks_for_the_page_makes_the_cases() -> None:
    def fail() -> tuple[Case, ...]:
        raise AssertionError("nobody asked")

    entry = Rule("acme:x", "X", "clarity", Severity.NOTE, "It is.", "acme", cases=fail)
    assert entry == rule()
    assert "fail" not in repr(entry)
