"""Of what bandit finds in its own examples nothing is lost but what holds nothing from outside."""

from __future__ import annotations

from pathlib import Path

import pytest

import quality_rules
from quality.model import Source
from quality.rules import RuleRunner, catalogue, discover_rules
from quality_rules._flow import FlowRule

RULES = catalogue([rule for rule in discover_rules(quality_rules) if issubclass(rule, FlowRule)], "quality")
RUNNER = RuleRunner(RULES)


def cleared_in(file: Path) -> dict[str, set[int]]:
    result = RUNNER.run(Source(file.read_text(encoding="utf-8"), file.name))
    assert not result.failures
    lines: dict[str, set[int]] = {}
    for clearance in result.clearances:
        lines.setdefault(clearance.by, set()).update(range(clearance.line, clearance.end_line + 1))
    return lines


@pytest.mark.packages
def test_sql_is_never_cleared_in_the_examples_of_injection(bandit_examples) -> None:
    assert not cleared_in(bandit_examples / "sql_statements.py").get("quality:sql-injection", set()) & set(
        range(5, 35)
    )


@pytest.mark.packages
@pytest.mark.parametrize("line", [114, 119, 154])
def test_html_from_a_file_or_a_caller_is_not_cleared(bandit_examples, line: int) -> None:
    assert line not in cleared_in(bandit_examples / "mark_safe_insecure.py")["quality:cross-site-scripting"]


@pytest.mark.packages
def test_all_constants_that_are_marked_as_safe_are_cleared(bandit_examples) -> None:
    file = bandit_examples / "mark_safe_secure.py"
    lines = cleared_in(file)["quality:cross-site-scripting"]
    marked = [
        n for n, line in enumerate(file.read_text("utf-8").split("\n"), 1) if "safestring.mark_safe(" in line
    ]
    assert len(lines & set(marked)) >= 0.8 * len(marked)
