"""A third-party plugin: installed into a fresh environment as a distribution of its own, and used."""

from __future__ import annotations

import csv
import importlib
import json
import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

from quality.testing import check_plugin

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "plugin"

CODE = """\
def read(path, mode):
    # TODO: close it
    # TODO(ada): and this
    return open(path).read() if mode else None
"""


@pytest.fixture(scope="session")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of a fresh environment that has the example, and sees this environment's packages."""
    folder = tmp_path_factory.mktemp("fresh")
    venv.create(folder, with_pip=False)
    scheme = {"base": str(folder), "platbase": str(folder)}
    site_packages = Path(sysconfig.get_path("purelib", "venv", scheme))
    here = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    lines = [f"import site; site.addsitedir({path!r})" for path in sorted(here)]
    (site_packages / "outer.pth").write_text("\n".join(lines) + "\n", encoding="utf-8")
    interpreter = Path(sysconfig.get_path("scripts", "venv", scheme)) / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(interpreter), "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "-q", "--no-deps", str(EXAMPLE)], check=True)
    return interpreter


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    path = tmp_path / "code.py"
    path.write_text(CODE, encoding="utf-8")
    return path


def test_the_example_keeps_the_contract_of_plugins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(EXAMPLE))
    check_plugin(importlib.import_module("quality_example"))


def test_its_own_tests_pass_where_it_is_installed(python: Path) -> None:
    command = [str(python), "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests"]
    alone = os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    run = subprocess.run(command, cwd=EXAMPLE, env=alone, capture_output=True, text=True, check=False)
    assert "1 passed" in run.stdout, run.stdout + run.stderr


def test_it_is_listed_with_its_version(quality, python: Path) -> None:
    listed = json.loads(quality("plugins", "--format", "json", python=python).stdout)
    assert {
        "name": "example",
        "version": "1.0.0",
        "distribution": "quality-example",
        "state": "loaded",
        "error": None,
    } in listed


def test_it_is_not_there_without_being_installed(quality) -> None:
    assert "quality-example" not in quality("plugins").stdout


def test_its_profile_is_listed(quality, python: Path) -> None:
    profiles = {
        each["name"]: each
        for each in json.loads(quality("profiles", "--format", "json", python=python).stdout)
    }
    assert profiles["example"]["distribution"] == "quality-example"
    assert profiles["example"]["dimensions"] == {"complexity": 0.6, "upkeep": 0.4}


def test_its_rules_are_explained(quality, python: Path) -> None:
    text = quality("explain", "example:open-without-encoding", python=python).stdout
    assert "The encoding is then the machine's" in text


@pytest.mark.parametrize("jobs", ["0", "1"])
def test_its_analyzer_rule_and_renderer_work_together(quality, python: Path, sample: Path, jobs: str) -> None:
    run = quality("check", sample.name, "--profile", "example", "--format", "csv", "-j", jobs, python=python)
    assert run.returncode == 0, run.stderr
    rows = list(csv.DictReader(run.stdout.splitlines()))
    assert [(row["path"], row["line"], row["column"], row["rule"]) for row in rows] == [
        ("code.py", "2", "5", "example:unowned-marker"),
        ("code.py", "4", "12", "example:open-without-encoding"),
    ]


def test_its_dimension_is_judged(quality, python: Path, sample: Path) -> None:
    run = quality("check", sample.name, "--profile", "example", "--format", "json", python=python)
    (source,) = json.loads(run.stdout)["sources"]
    assert set(source["dimensions"]) == {"complexity", "upkeep"}
    assert source["dimensions"]["upkeep"] < 1
    losses = [part["loss"] for part in source["contributions"]]
    assert sum(losses) == pytest.approx(1 / source["score"] - 1, abs=1e-9)


@pytest.mark.parametrize("profile", ["sample", "project"])
def test_installing_it_changes_no_score_of_a_builtin_profile(
    quality, python: Path, profile: str, human_eval: list[dict[str, str]]
) -> None:
    codes = [CODE, *(task["prompt"] + task["canonical_solution"] for task in human_eval[:5])]
    lines = "".join(json.dumps({"id": n, "code": code}) + "\n" for n, code in enumerate(codes))
    with_it = quality("score", "--profile", profile, python=python, text=lines)
    without = quality("score", "--profile", profile, text=lines)
    assert with_it.returncode == without.returncode == 0, with_it.stderr + without.stderr
    assert with_it.stdout == without.stdout
    assert with_it.stdout.count('"measured"') == len(codes)
