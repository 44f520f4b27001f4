"""Who opens a package of many files reads there what is in it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import quality
import quality_bandit
import quality_pylint
import quality_radon
import quality_reports

ROOTS = [
    Path(module.__file__).parent
    for module in (quality, quality_bandit, quality_pylint, quality_radon, quality_reports)
]
#: More files than these nobody takes in at a glance.
FEW = 4
#: A file for each thing of one kind, by its name.
ALIKE = {"adapters", "attacks"}


def files_of(package: Path) -> set[str]:
    return {file.stem for file in package.glob("_[a-z]*.py")}


PACKAGES = [
    file.parent
    for root in ROOTS
    for file in sorted(root.rglob("__init__.py"))
    if len(files_of(file.parent)) > FEW and file.parent.name not in ALIKE
]


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.name)
def test_a_package_says_what_its_files_are_for(package: Path) -> None:
    said = ast.get_docstring(ast.parse((package / "__init__.py").read_text(encoding="utf-8"))) or ""
    assert {name for name in files_of(package) if f"``{name}``" not in said} == set()
