"""Who opens a folder of rules reads there what is in it, and who opens a rule sees the rule."""

from __future__ import annotations

import ast
import importlib
from pathlib import Path

import pytest

import quality_rules
from quality.rules import BaseRule, discover_rules

ROOT = Path(quality_rules.__file__).parent
RULES = discover_rules(quality_rules)
APART = sorted(file for file in ROOT.glob("*/_cases/*.py") if file.stem != "__init__")
#: More of them would hide the rule (docs/rules.md).
MOST_LINES_OF_CASES = 120
FOLDERS = sorted({file.parent for file in ROOT.rglob("_[a-z]*.py")} | {ROOT})


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_folder_says_what_its_shared_files_are_for(folder: Path) -> None:
    said = ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8"))) or ""
    shared = {file.stem for file in folder.iterdir() if file.stem.startswith("_") and file.stem[1] != "_"}
    assert {name for name in shared if f"``{name}``" not in said} == set()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_is_not_hidden_by_its_cases(rule: type[BaseRule]) -> None:
    text = Path(importlib.import_module(rule.__module__).__file__).read_text(encoding="utf-8")
    nodes = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Assign)]
    cases = [node for node in nodes if "VALID" in ast.unparse(node.targets[0])]
    assert cases
    assert sum((node.end_lineno or 0) - node.lineno + 1 for node in cases) <= MOST_LINES_OF_CASES


@pytest.mark.parametrize("file", APART, ids=lambda file: file.stem)
def test_cases_that_stand_apart_are_those_of_the_rule_of_that_name(file: Path) -> None:
    dimension = file.parent.parent.name
    cases = importlib.import_module(f"quality_rules.{dimension}._cases.{file.stem}")
    (rule,) = (each for each in RULES if each.__module__ == f"quality_rules.{dimension}.{file.stem}")
    assert (rule.VALID, rule.INVALID) == (cases.VALID, cases.INVALID)
