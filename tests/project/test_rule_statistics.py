from __future__ import annotations

import ast
from pathlib import Path

import pytest

from quality.model import Limits, Rule
from quality.project import FoundFile, rule_statistics
from quality.rules import AstRule


class Calls(AstRule):
    """There is a call."""

    dimension = "clarity"

    def visit_Call(self, call: ast.Call) -> None:
        self.report(call, "a call")


class Breaks(Calls):
    """It raises at the first name."""

    def visit_Name(self, name: ast.Name) -> None:
        raise KeyError(name.id)


def entry(rule: type[AstRule]) -> Rule:
    return Rule(f"t:{rule.name}", "", "clarity", rule.severity, "", "libcst", checker=rule)


@pytest.fixture
def files(tmp_path: Path) -> list[FoundFile]:
    texts = {"a.py": "def f():\n    return g(h())\n", "b.py": "def f(): pass\n", "c.py": "def", "d.py": None}
    for name, text in texts.items():
        if text is not None:
            (tmp_path / name).write_text(text)
    return [FoundFile(name, tmp_path / name, "product") for name in texts]


def test_hits_and_sources_are_counted_per_rule_and_what_cannot_be_run_is_said(files) -> None:
    found = rule_statistics([entry(Calls), entry(Breaks)], files, Limits())
    assert (found.sources, found.refused, found.functions) == (2, 2, 2)
    assert [(t.rule_id, t.hits, t.sources) for t in found.timings] == [("t:breaks", 1, 1), ("t:calls", 2, 1)]
    assert all(timing.seconds > 0 for timing in found.timings)
    assert found.parse_seconds > 0


def test_a_rule_that_raises_is_named_once(files) -> None:
    found = rule_statistics([entry(Breaks)], [*files, *files], Limits())
    assert found.failures == ("rule t:breaks: KeyError: 'g'",)
