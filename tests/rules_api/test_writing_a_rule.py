"""The page for authors, tried literally."""

from __future__ import annotations

import re
from pathlib import Path

from quality.rules import catalogue, check_case, check_example, rule_cases

PAGE = Path(__file__).parents[2] / "docs" / "rules" / "writing-a-rule.md"


def test_the_rule_on_the_page_for_authors_keeps_its_word() -> None:
    blocks = re.findall(r"^```python\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    namespace: dict[str, object] = {"__name__": "acme"}
    for block in blocks:
        exec(block, namespace)
    rule = namespace["SleepInLoop"]
    for case in rule_cases(rule):
        check_case(rule, case)
    check_example(rule)
    (entry,) = namespace["quality_rules"]()
    assert entry == catalogue([rule], "acme")[0]
    assert [option.name for option in entry.options] == ["shortest"]
