"""The hooks, installed and run by the real pre-commit in a repository of their own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHIPPED = (
    ".pre-commit-hooks.yaml",
    "LICENSE",
    "README.md",
    "pyproject.toml",
    "quality",
    "plugins",
    "rules",
    "reports",
)

GOOD = "def add(first: int, second: int) -> int:\n    return first + second\n"
BAD = 'import subprocess\n\n\ndef run(name):\n    subprocess.call("rm " + name, shell=True)\n    return eval(name)\n'

pytestmark = [
    pytest.mark.packages,
    pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed"),
]


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """One cache for all tests, so that pre-commit installs the hooks once; nobody's git settings."""
    home = tmp_path_factory.mktemp("home")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PRE_COMMIT"))}
    return {
        **kept,
        "PRE_COMMIT_HOME": str(home / "pre-commit"),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": "A",
        "GIT_AUTHOR_EMAIL": "a@example.org",
        "GIT_COMMITTER_NAME": "A",
        "GIT_COMMITTER_EMAIL": "a@example.org",
    }


def git(folder: Path, environment: dict[str, str], *arguments: str) -> str:
    command = ["git", "-c", "protocol.file.allow=always", *arguments]
    return subprocess.run(
        command, cwd=folder, env=environment, check=True, capture_output=True, text=True
    ).stdout.strip()


@pytest.fixture(scope="session")
def hooks(tmp_path_factory: pytest.TempPathFactory, environment: dict[str, str]) -> tuple[Path, str]:
    """A repository with what this project ships, and its revision."""
    folder = tmp_path_factory.mktemp("hooks")
    for name in SHIPPED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, folder / name)
    git(folder, environment, "init", "-q")
    git(folder, environment, "add", "-A")
    git(folder, environment, "commit", "-q", "-m", "all")
    return folder, git(folder, environment, "rev-parse", "HEAD")


@pytest.fixture
def commit(
    tmp_path: Path, hooks: tuple[Path, str], environment: dict[str, str]
) -> Callable[..., subprocess.CompletedProcess[str]]:
    """``commit("quality", {"a.py": "..."}, args)`` → pre-commit's run over the staged files."""

    def run(hook: str, files: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
        folder, revision = hooks
        git(tmp_path, environment, "init", "-q")
        config = f"repos:\n- repo: {folder}\n  rev: {revision}\n  hooks:\n  - id: {hook}\n    args: {list(arguments)}\n"
        for name, text in {**files, ".pre-commit-config.yaml": config}.items():
            (tmp_path / name).write_text(text, encoding="utf-8")
        git(tmp_path, environment, "add", "-A")
        return subprocess.run(
            [sys.executable, "-m", "pre_commit", "run", "--color", "never"],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_good_changed_files_pass(commit) -> None:
    result = commit("quality", {"good.py": GOOD, "notes.txt": "def (\n"})
    assert result.returncode == 0, result.stdout + result.stderr
    assert "Passed" in result.stdout


def test_a_changed_file_that_does_not_parse_fails_with_its_name(commit) -> None:
    result = commit("quality", {"good.py": GOOD, "broken.py": "def (:\n"})
    assert result.returncode == 1
    assert "broken.py could not be measured: syntax-error (line 1" in result.stdout


def test_only_changed_files_are_judged(commit, tmp_path: Path, environment: dict[str, str]) -> None:
    git(tmp_path, environment, "init", "-q")
    (tmp_path / "old.py").write_text("def (:\n", encoding="utf-8")
    git(tmp_path, environment, "add", "-A")
    git(tmp_path, environment, "commit", "-q", "-m", "old")
    assert commit("quality", {"new.py": GOOD}).returncode == 0


def test_no_python_file_means_no_run(commit) -> None:
    assert "Skipped" in commit("quality", {"notes.txt": "nothing\n"}).stdout


def test_the_project_gate_judges_the_whole_tree(commit) -> None:
    files = {"good.py": GOOD, "bad.py": BAD}
    failed = commit("quality-project", files, "--fail-under", "95")
    assert failed.returncode == 1
    assert "below 95" in failed.stdout
    assert commit("quality-project", files, "--fail-under", "1").returncode == 0


def test_the_project_gate_runs_without_a_changed_python_file(commit) -> None:
    result = commit("quality-project", {"notes.txt": "nothing\n"})
    assert "Skipped" not in result.stdout
