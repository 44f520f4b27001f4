from __future__ import annotations

import importlib
import sys
import textwrap

import pytest

from quality.model import Rule, Severity
from quality.rules import AstRule, Invalid, Valid, catalogue, check_case, check_example, rule_cases, rule_page
from quality.rules import discover_rules as discover


def test_an_entry_says_what_the_class_says(no_print) -> None:
    (entry,) = catalogue([no_print], "acme")
    assert entry.id == "acme:no-print"
    assert entry.title == "Output is printed"
    assert entry.why == "A library must not write."
    assert entry.analyzer == "libcst"
    assert (entry.dimension, entry.effort, entry.cwe) == ("clarity", 3, 1)
    assert entry.equivalents == ("pylint:bad-builtin",)
    assert entry.checker is no_print


def test_entries_are_sorted_and_names_are_unique(no_print, broken) -> None:
    assert [entry.id for entry in catalogue([no_print, broken], "t")] == ["t:broken", "t:no-print"]
    with pytest.raises(ValueError, match="two rules are called 't:no-print'"):
        catalogue([no_print, no_print], "t")


@pytest.mark.parametrize(
    "text", ["", "Title.", "Title.\n\n## Example\nx\n", "T.\n\n## What it does\n\n## Why is this bad\nx\n"]
)
def test_a_docstring_without_its_sections_is_refused(text: str) -> None:
    rule = type("Bare", (AstRule,), {"__doc__": text, "dimension": "clarity"})
    with pytest.raises(ValueError, match="rule Bare: its docstring needs a title and the sections"):
        catalogue([rule], "t")


def test_a_page_has_the_sections_the_metadata_and_the_cases(no_print) -> None:
    (entry,) = catalogue([no_print], "acme")
    page = rule_page(entry)
    assert page.endswith(f"\n\n{entry.page}\n")
    headings = [line for line in page.split("\n") if line.startswith("#")]
    assert headings == [
        "# acme:no-print",
        "## What it does",
        "## Why is this bad",
        "## Example",
        "## Use instead",
        "## Reported",
        "## Not reported",
    ]
    assert "| option `allowed` | How many are allowed. Default: `0`. |" in page
    assert "With `allowed = 1`:" in page
    assert "It is logged:\n\n```python\nlog.info('x')\n```" in page


def test_a_rule_of_another_analyzer_has_a_short_page() -> None:
    page = rule_page(Rule("pylint:x", "X is bad", "clarity", Severity.NOTE, "It is.", "pylint"))
    assert page.startswith("# pylint:x\n\nX is bad.\n")
    assert page.endswith("## Why is this bad\n\nIt is.\n")


def test_a_rule_of_another_analyzer_is_shown_as_its_plugin_describes_it() -> None:
    entry = Rule("pylint:x", "X is bad", "clarity", Severity.NOTE, "It is.", "pylint", documentation="See X.")
    assert rule_page(entry).endswith("|\n\nSee X.\n")


def test_cases_are_the_rules_own_and_the_code_to_use_instead(no_print) -> None:
    cases = rule_cases(no_print)
    assert [type(case).__name__ for case in cases] == ["Valid", "Valid", "Invalid", "Valid"]
    assert cases[-1].code == 'log.info("done")\n'
    for case in cases:
        check_case(no_print, case)
    check_example(no_print)


def test_a_rule_without_cases_is_refused(broken) -> None:
    with pytest.raises(ValueError, match="at least one VALID and one INVALID case"):
        rule_cases(broken)


def test_a_case_that_is_not_kept_fails_with_both_sides(no_print, broken) -> None:
    with pytest.raises(AssertionError, match=r"expected:\n1:1-1:2 x\nfound:\nin:"):
        check_case(no_print, Invalid("x", ("1:1-1:2 x",)))
    with pytest.raises(AssertionError, match=r"found:\n1:1-1:8 print\(\) writes"):
        check_case(no_print, Valid("print()"))
    with pytest.raises(AssertionError, match="rule case:broken: KeyError"):
        check_case(broken, Valid("x"))


def test_an_example_that_is_not_reported_fails(no_print) -> None:
    quiet = type("Quiet", (AstRule,), {"__doc__": no_print.__doc__, "dimension": "clarity"})
    with pytest.raises(AssertionError, match="rule quiet does not report its own example"):
        check_example(quiet)


def test_rules_are_found_in_the_modules_of_a_package(tmp_path, monkeypatch, no_print) -> None:
    package = tmp_path / "acme_found_rules"
    (package / "clarity").mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "clarity" / "__init__.py").touch()
    text = """
        from quality.rules import AstRule, CstRule

        class Zed(AstRule): ...
        class Alpha(CstRule): ...
        class _Base(AstRule): ...
        """
    (package / "clarity" / "some.py").write_text(textwrap.dedent(text))
    (package / "_private.py").write_text("raise RuntimeError")
    monkeypatch.syspath_prepend(tmp_path)
    try:
        found = discover(importlib.import_module("acme_found_rules"))
        assert [rule.name for rule in found] == ["alpha", "zed"]
    finally:
        for name in [name for name in sys.modules if name.startswith("acme_found_rules")]:
            del sys.modules[name]
