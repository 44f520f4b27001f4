"""The page for authors, tried literally: its files, its tests and its commands."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "rules.md"
POLLING = "from time import sleep\n\n\ndef main(ready):\n    while not ready():\n        sleep(5)\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """The files of the page, as an installation leaves them."""
    folder = tmp_path_factory.mktemp("acme")
    text = PAGE.read_text(encoding="utf-8")
    for title, body in re.findall(r'^```\w+ title="(\S+)"\n(.*?)^```$', text, re.DOTALL | re.MULTILINE):
        (folder / title).write_text(body, encoding="utf-8")
    (entry,) = re.findall(r"^\[project\.entry-points\.quality\]\n(.+)$", text, re.MULTILINE)
    info = folder / "acme_rules-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: acme-rules\nVersion: 1.0\n", encoding="utf-8"
    )
    (info / "entry_points.txt").write_text(f"[quality]\n{entry.replace(chr(34), '')}\n", encoding="utf-8")
    (folder / "ours").mkdir()
    (folder / "ours" / "main.py").write_text(POLLING, encoding="utf-8")
    return folder


def run(folder: Path, *command: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_tests_on_the_page_pass(folder):
    assert "5 passed" in run(folder, "pytest", "-q", "-p", "no:cacheprovider")


def test_the_rule_has_its_page_and_its_statistics(folder):
    assert "acme:sleep-in-loop: A loop sleeps" in run(folder, "quality", "explain", "acme:sleep-in-loop")
    assert re.search(
        r"^acme:sleep-in-loop +1 ", run(folder, "quality", "rules", "--stats", "ours"), re.MULTILINE
    )


def test_the_rule_counts_with_the_profile_and_not_without(folder):
    command = ("quality", "check", "ours", "--jobs", "0")
    found = "6:9 warning sleep() in a loop: wait for an event with a time limit"

    assert found in run(folder, *command, "--profile", "acme.toml")
    assert found not in run(folder, *command)
