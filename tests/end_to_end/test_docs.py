"""The documentation is true: its code runs, and what it says of the program is what the program says."""

from __future__ import annotations

import ast
import importlib.util
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "docs").glob("*.md"))
_CODE = re.compile(r"^(?P<mark><!-- not run -->\n)?```python\n(?P<code>.*?)^```$", re.DOTALL | re.MULTILINE)
_RULE_EXAMPLE = re.compile(r"^    ```", re.MULTILINE)


def blocks(page: Path) -> list[str]:
    found = _CODE.finditer(page.read_text(encoding="utf-8"))
    return [match["code"] for match in found if not match["mark"]]


@pytest.fixture(scope="module")
def generate():
    """The script that fills in the generated parts."""
    spec = importlib.util.spec_from_file_location("generate_docs", ROOT / "docs" / "hooks" / "generate.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    "page", [page for page in [*PAGES, ROOT / "README.md"] if blocks(page)], ids=lambda page: page.stem
)
def test_the_python_code_of_a_page_runs(page: Path) -> None:
    names: dict[str, object] = {"__name__": page.stem}
    for code in blocks(page):
        exec(compile(code, page.name, "exec"), names)


def test_the_plugin_of_the_page_works_where_it_is_installed(tmp_path: Path) -> None:
    page = ROOT / "docs" / "plugins.md"
    *module, _tests = blocks(page)
    entry, profile, *_ = re.findall(
        r"^```toml\n(.*?)^```$", page.read_text("utf-8"), re.DOTALL | re.MULTILINE
    )
    package, info = tmp_path / "quality_example", tmp_path / "example-1.0.dist-info"
    for folder in (package, info):
        folder.mkdir()
    (package / "__init__.py").write_text("\n\n".join(module), "utf-8")
    (package / "example.toml").write_text(profile, "utf-8")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: example\nVersion: 1.0\n", "utf-8")
    (info / "entry_points.txt").write_text(
        f"[quality]\n{entry.splitlines()[1].replace(chr(34), '')}\n", "utf-8"
    )
    (tmp_path / "code.py").write_text("def later():\n    pass\n", "utf-8")
    command = ["check", "code.py", "--profile", "example", "--format", "list", "--jobs", "0"]
    done = subprocess.run(
        [sys.executable, "-m", "quality", *command],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr, done.returncode) == ("1 places\n'code.py':2\n", "", 0)


@pytest.mark.parametrize("page", [*PAGES, ROOT / "README.md"], ids=lambda page: page.stem)
def test_the_generated_parts_are_up_to_date(page: Path, generate) -> None:
    """Otherwise: python docs/hooks/generate.py."""
    text = page.read_text(encoding="utf-8")
    assert generate.fill(text) == text


def test_the_catalogue_lists_every_rule(generate) -> None:
    catalogue = generate.catalogue()
    rules = generate._plugins().rules
    assert [rule_id for rule_id in rules if f"`{rule_id}`" not in catalogue] == []


def test_every_page_is_in_the_navigation() -> None:
    navigation = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    assert [page.name for page in PAGES if f": {page.name}" not in navigation] == []


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [each for name, each in project["optional-dependencies"].items() if name != "dev"]
    requirements = [requirement for part in [project["dependencies"], *extras] for requirement in part]
    named = {re.match(r"[\w-]+", requirement)[0] for requirement in requirements} - {"quality"}
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    reasons = {name for row in re.findall(r"^\| ([^|]+) \|", page, re.MULTILINE) for name in row.split(", ")}
    assert reasons - {"package", "---"} == named


def test_there_are_at_most_eight_dependencies_besides_the_analyzers() -> None:
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    host, _, _ = page.partition("The analyzers.")
    assert len(re.findall(r"^\| [a-z]", host, re.MULTILINE)) - 1 <= 8


def private_names(text: str) -> set[str]:
    """Names with one leading underscore that a module takes from somewhere else than its own package."""
    tree = ast.parse(text)
    own = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    own |= {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    used = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and not (isinstance(node.value, ast.Name) and node.value.id in {"self", "cls"})
    }
    used |= {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and not (node.module or "").startswith(("quality", "__future__"))
        for alias in node.names
    }
    return {name for name in used - own if re.match(r"_[a-zA-Z]", name)}


def test_the_private_names_that_are_used_are_listed() -> None:
    page = (ROOT / "docs" / "trust.md").read_text(encoding="utf-8").partition("## Private names")[2]
    sources = [
        path.read_text(encoding="utf-8")
        for name in ("quality_pylint", "quality_bandit")
        for path in (ROOT / "plugins" / name).glob("*.py")
    ]
    listed = {
        name for row in page.splitlines() if row.startswith("|") for name in re.findall(r"`(\w+)`", row)
    }
    used = set().union(*map(private_names, sources)) - {"_fields"}
    assert used - listed == set()
    assert [name for name in listed if not any(name in source for source in sources)] == []
