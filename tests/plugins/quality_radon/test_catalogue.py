from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import pytest
from pylint import checkers
from pylint.lint import PyLinter

from quality_radon import quality_metrics, quality_rules

if TYPE_CHECKING:
    from quality.model import Rule

HEADINGS = ["What it does", "Why is this bad", "Example", "Use instead", "References"]


@pytest.fixture(params=list(quality_rules()), ids=lambda rule: rule.id)
def rule(request: pytest.FixtureRequest) -> Rule:
    return request.param


def test_the_causes_are_metrics():
    rules = [rule.id for rule in quality_rules()]
    assert rules == ["radon:cognitive", "radon:lloc", "radon:nesting", "radon:parameters"]
    assert set(rules) <= {metric.id for metric in quality_metrics()}


def test_a_cause_belongs_to_complexity(rule):
    assert rule.dimension == "complexity"
    assert rule.analyzer == "radon"
    assert rule.effort > 0


def test_its_page_has_the_headings(rule):
    assert re.findall(r"^## (.+)$", rule.documentation, re.MULTILINE) == HEADINGS


def test_its_examples_parse(rule):
    examples = re.findall(r"```python\n(.*?)```", rule.documentation, re.DOTALL)
    assert len(examples) == 2
    for example in examples:
        ast.parse(example)


def test_its_equivalents_exist_in_pylint(rule):
    linter = PyLinter()
    checkers.initialize(linter)
    linter.load_plugin_modules(["pylint.extensions.mccabe"])
    known = {message.symbol for message in linter.msgs_store.messages}
    assert {name.removeprefix("pylint:") for name in rule.equivalents} <= known
