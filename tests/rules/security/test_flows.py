"""Programs in which somebody outside chooses what does harm are found, and their safe variants are not."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import quality_rules
from quality.model import Severity, Source
from quality.rules import RuleRunner, catalogue, discover_rules
from quality_rules._flow import FlowRule

RULES = catalogue([rule for rule in discover_rules(quality_rules) if issubclass(rule, FlowRule)], "quality")
RUNNER = RuleRunner(RULES)
PROGRAMS = tomllib.loads(Path(__file__).with_name("flows.toml").read_text(encoding="utf-8"))["programs"]
RANKS = {"none": 0, Severity.NOTE: 1, Severity.WARNING: 2, Severity.ERROR: 3}


@pytest.mark.parametrize("program", [pytest.param(program, id=program["name"]) for program in PROGRAMS])
def test_the_worst_that_is_found_is_what_the_program_does(program) -> None:
    result = RUNNER.run(Source(program["code"], "program.py"))
    worst = max((finding.severity for finding in result.findings), key=RANKS.__getitem__, default="none")
    assert not result.failures
    assert worst == program["worst"], [finding.message for finding in result.findings]
