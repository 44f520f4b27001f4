"""``--stats``, ``--log`` and the results cache of ``quality check``, as a user meets them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]


def test_an_unchanged_tree_is_judged_from_the_cache_and_a_changed_file_anew(
    quality: Run, tmp_path: Path
) -> None:
    (tmp_path / "good.py").write_text("def double(number):\n    return 2 * number\n")
    (tmp_path / "bad.py").write_text("def f(x, y=[]):\n    return y\n")
    call = ("check", ".", "--no-config", "--cache", "kept", "--stats", "--format", "json")
    first, second = quality(*call), quality(*call)
    assert "2 judged, 0 equal to another, 0 of 2 from the cache" in first.stderr
    assert "0 judged, 0 equal to another, 2 of 2 from the cache" in second.stderr
    assert second.stdout == first.stdout
    whole = [quality(*call[:5], "--format", "json") for _ in range(2)]  # judged from results, then a document
    assert [(each.stdout, each.returncode) for each in whole] == [(first.stdout, first.returncode)] * 2
    (tmp_path / "bad.py").write_text("def f(x, y=None):\n    return y\n")
    assert "1 judged, 0 equal to another, 1 of 2 from the cache" in quality(*call).stderr
    assert "2 judged" in quality("check", ".", "--no-config", "--no-cache", "--stats").stderr


def test_a_sealed_profile_takes_no_result_from_home(quality: Run, tmp_path: Path) -> None:
    (tmp_path / "good.py").write_text("def double(number):\n    return 2 * number\n")
    call = ("check", "good.py", "--no-config", "--profile", "fast", "--stats")
    assert "1 judged" in quality(*call).stderr
    assert "1 judged" in quality(*call).stderr


def test_a_run_says_what_it_did_and_logs_it(quality: Run, tmp_path: Path) -> None:
    lines = (
        '{"id": 1, "code": "x = f()"}\nno JSON\n{"id": 2, "code": "x = f()"}\n{"id": 3, "code": "def ("}\n'
    )
    (tmp_path / "in.jsonl").write_text(lines)
    call = ("score", "in.jsonl", "-o", "out.jsonl", "--profile", "fast", "-j", "1")
    done = quality(*call, "--stats", "--log", "events.jsonl")
    assert "4 results: 2 measured, 2 unmeasured (bad-input 1, syntax-error 1)\n" in done.stderr
    assert "3 judged, 1 equal to another" in done.stderr
    assert "line 1" in done.stderr
    events = [json.loads(line) for line in (tmp_path / "events.jsonl").read_text().splitlines()]
    assert [event["event"] for event in events] == ["opened", "closed"]
    assert events[-1]["texts"] == 4


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
def test_a_full_disk_is_named(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "quality", "score", "--profile", "fast", "-j", "0"]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            command, input=b'{"code": "x = 1"}\n', stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 2
    assert done.stderr.strip() == b"quality: the output cannot be written: No space left on device."


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
@pytest.mark.parametrize(
    "arguments", [("check", "mine.py", "--no-cache", "-j", "0"), ("rules",), ("schema",)]
)
def test_a_full_disk_behind_standard_output_is_named_once(arguments: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text("import os\n")
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "quality", *arguments]
        buffered = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
        done = subprocess.run(
            command, cwd=tmp_path, env=buffered, stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 2
    assert done.stderr.strip() == b"quality: the output cannot be written: No space left on device."


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit here")
def test_results_before_a_full_disk_are_kept_and_continued(quality: Run, tmp_path: Path) -> None:
    """A limit on the size of files stands for the disk."""
    lines = [json.dumps({"id": n, "code": f"x = f({n})"}) for n in range(120)]
    (tmp_path / "in.jsonl").write_text("\n".join(lines))
    call = ("score", "in.jsonl", "-o", "out.jsonl", "--profile", "fast", "-j", "1")
    # Python would keep modules that it compiles under the limit cut off, and nobody could import them any more.
    (tmp_path / "one.jsonl").write_text(lines[0])
    assert quality("score", "one.jsonl", *call[4:]).returncode == 0
    limited = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)); "
        "from quality.cli._app import run; sys.exit(run(sys.argv[1:]))"
    )
    command = [sys.executable, "-c", limited, *call]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "out.jsonl.partial: continue with --resume" in done.stderr
    assert not (tmp_path / "out.jsonl").exists()
    assert quality(*call, "--resume").returncode == 0
    out = (tmp_path / "out.jsonl").read_text().splitlines()
    assert [json.loads(line)["id"] for line in out] == list(range(120))
