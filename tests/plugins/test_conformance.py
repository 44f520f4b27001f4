"""The built-in analyzers and renderers pass what is asked of those of others."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from quality.plugins import find_plugins, load_plugins
from quality.testing import check_analyzer, check_import, check_renderer

PLUGINS = load_plugins([entry for entry in find_plugins() if entry.distribution == "quality"])
ROOT = Path(__file__).parents[2]
MODULES = sorted(entry.found.value for entry in PLUGINS.loaded)


@pytest.mark.parametrize("name", ["bandit", "libcst", "pylint", "radon"])
def test_an_analyzer_keeps_the_contract(name: str) -> None:
    check_analyzer(PLUGINS.analyzers[name], rules=PLUGINS.rules.values())


@pytest.mark.parametrize("name", sorted(PLUGINS.renderers))
def test_a_renderer_keeps_the_contract(name: str) -> None:
    check_renderer(PLUGINS.renderers[name])


@pytest.mark.parametrize("module", MODULES)
def test_a_plugin_imports_nothing_heavy(module: str) -> None:
    check_import(module)


def test_every_package_beside_the_host_is_an_entry_point_and_the_other_way_round() -> None:
    """A new entry point needs a reinstall: ``pip install -e .``."""
    folders = [ROOT / name for name in ("plugins", "rules", "reports")]
    packages = {path.parent.name for folder in folders for path in folder.glob("*/__init__.py")}
    assert packages == set(MODULES)


def test_no_plugin_uses_another() -> None:
    for folder in ("plugins", "rules", "reports"):
        for package in (path.parent for path in (ROOT / folder).glob("*/__init__.py")):
            imported = {
                name.partition(".")[0]
                for path in package.rglob("*.py")
                for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
                if isinstance(node, ast.Import | ast.ImportFrom)
                for name in ([a.name for a in node.names] if isinstance(node, ast.Import) else [node.module])
                if name
            }
            assert not (imported & set(MODULES)) - {package.name}
