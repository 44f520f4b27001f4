"""Who opens a package of many files reads there what is in it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import quality

ROOT = Path(quality.__file__).parent


@pytest.mark.parametrize("package", ["analysis", "audit", "model", "rewards", "rules", "runtime"])
def test_a_package_says_what_its_files_are_for(package: str) -> None:
    folder = ROOT / package
    said = ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8"))) or ""
    files = {file.stem for file in folder.glob("_[a-z]*.py")}
    assert {name for name in files if f"``{name}``" not in said} == set()
