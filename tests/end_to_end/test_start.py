"""Starting costs little: what is heavy is imported when it is used."""

from __future__ import annotations

import importlib.metadata
import subprocess
import sys

import pytest

import quality as package
from quality.testing import HEAVY_MODULES, check_import

DEPENDENCIES = ("click", "jinja2", "pluggy", "pydantic", "rich")


def modules_after(code: str) -> set[str]:
    tail = "; import sys; sys.stdout.write('\\n' + ' '.join(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code + tail], capture_output=True, text=True, check=True)
    return set(run.stdout.splitlines()[-1].split())


def test_importing_quality_imports_no_analyzer_and_no_dependency() -> None:
    check_import("quality", [*HEAVY_MODULES, *DEPENDENCIES])


def test_the_version_needs_click_alone() -> None:
    loaded = modules_after("from quality.cli._app import run; run(['--version'])")
    assert loaded & {*HEAVY_MODULES, *DEPENDENCIES} == {"click"}


@pytest.mark.parametrize(
    "module",
    [
        "quality.model",
        "quality.plugins",
        "quality.profiles",
        "quality.rules",
        "quality.runtime",
        "quality.rewards",
    ],
)
def test_no_part_of_the_host_imports_an_analyzer(module: str) -> None:
    check_import(module)


@pytest.mark.parametrize("name", package.__all__)
def test_every_public_name_is_there_and_documented(name: str) -> None:
    assert getattr(package, name).__doc__
    assert name in dir(package)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = package.nonsense


def test_the_version_is_that_of_the_distribution(quality) -> None:

    assert quality("--version").stdout == f"quality {importlib.metadata.version('quality')}\n"
