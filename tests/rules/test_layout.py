"""Who opens a folder of rules reads there what is in it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import quality_rules

ROOT = Path(quality_rules.__file__).parent
FOLDERS = sorted({file.parent for file in ROOT.rglob("_[a-z]*.py")} | {ROOT})


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_folder_says_what_its_shared_files_are_for(folder: Path) -> None:
    said = ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8"))) or ""
    shared = {file.stem for file in folder.iterdir() if file.stem.startswith("_") and file.stem[1] != "_"}
    assert {name for name in shared if f"``{name}``" not in said} == set()
