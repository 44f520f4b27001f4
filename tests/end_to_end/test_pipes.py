"""Output that goes into a pipe, and pipes whose reader has enough."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

QUALITY = (sys.executable, "-m", "quality")
GOOD = "def double(number):\n    return 2 * number\n"
BAD = "def f(x, y=[]):\n    y.append(x)\n    return eval(x)\n"


def left_early(*arguments: str, cwd: Path) -> tuple[int, bytes]:
    """Reads one byte of what the command prints and leaves; says how the command ends and what it complains of."""
    with subprocess.Popen(
        [*QUALITY, *arguments], cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(1)
        process.stdout.close()
        complaint = process.stderr.read()
        return process.wait(60), complaint


def test_a_reader_who_has_enough_is_no_failure(tmp_path: Path) -> None:
    assert left_early("rules", cwd=tmp_path) == (0, b"")


@pytest.mark.parametrize(("bound", "code"), [("1", 0), ("99", 1)])
def test_the_gate_does_not_hang_on_the_reader(bound: str, code: int, tmp_path: Path) -> None:
    for number in range(40):
        (tmp_path / f"bad{number}.py").write_text(BAD)
    call = ("check", ".", "--format", "json", "--fail-under", bound, "-j", "0", "--no-cache")
    assert left_early(*call, cwd=tmp_path) == (code, b"")


def test_every_file_is_fixed_whoever_reads_of_it(tmp_path: Path) -> None:
    """The diffs are larger than what a pipe holds."""
    function = "def f{0}(x, y):\n    if x:\n        if y:\n            g({0})\n            h({0})\n"
    text = "\n\n".join(function.format(number) for number in range(100))
    files = [tmp_path / f"file{number}.py" for number in range(8)]
    for file in files:
        file.write_text(text)
    code, complaint = left_early("fix", ".", "-j", "0", "--profile", "fast", cwd=tmp_path)
    assert code == 0
    assert b"in 8 of 8 files" in complaint
    assert [file.name for file in files if file.read_text() == text] == []


@pytest.mark.parametrize(("columns", "most"), [("50", 50), ("", 100), ("nonsense", 80)])
def test_a_report_in_a_pipe_is_as_wide_as_columns_says(columns: str, most: int, tmp_path: Path) -> None:
    (tmp_path / "bad.py").write_text(BAD)
    environment = {**os.environ, "COLUMNS": columns}
    call = [*QUALITY, "check", "bad.py", "--no-cache", "-j", "0"]
    told = subprocess.run(call, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    assert most - 12 < max(map(len, told.stdout.splitlines())) <= most
    assert "\x1b" not in told.stdout


@pytest.mark.parametrize(
    ("command", "output", "told"),
    [
        (("check", "good.py", "--no-cache"), "/dev/stdout", b"Gate passed."),
        (("score", "in.jsonl"), "/dev/stdout", b'{"id":1,"status":"measured"'),
        (("rank", "in.jsonl"), "-", b'{"id":1,"group":""'),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="needs /dev/stdout")
def test_standard_output_can_be_named(
    command: tuple[str, ...], output: str, told: bytes, tmp_path: Path
) -> None:
    (tmp_path / "good.py").write_text(GOOD)
    (tmp_path / "in.jsonl").write_text('{"id": 1, "code": "x = f()"}\n')
    call = [*QUALITY, *command, "-j", "0", "-o", output]
    assert told in subprocess.run(call, cwd=tmp_path, capture_output=True, check=True).stdout
    assert not (tmp_path / "-").exists()


@pytest.mark.parametrize(
    "call",
    ["check good.py -j 0 --no-cache >&-", "check good.py -j 0 --no-cache 2>&-", "score -j 0 <&- >&- 2>&-"],
)
@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell")
def test_closed_standard_streams_are_no_failure(call: str, tmp_path: Path) -> None:
    (tmp_path / "good.py").write_text(GOOD)
    shell = ["sh", "-c", f'"$0" -m quality {call}', sys.executable]
    done = subprocess.run(shell, cwd=tmp_path, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
