"""What a user meets who calls it wrongly or brings files that are no sources."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


def run(*arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "quality", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=cwd)
    assert "Traceback" not in done.stdout + done.stderr
    return done


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["check", "--fornat", "json"], "--fornat"),
        (["chek"], "Did you mean 'check'?"),
        (["check", "--timeout", "nan"], "'nan' is no finite number"),
        (["check", "--fail-under", "nan"], "'nan' is no finite number"),
        (["score", "--timeout", "1e9"], "at most 86,400"),
        (["check", "lost.py"], "lost.py"),
        (["check", "--profile", "smple"], "Did you mean 'sample'?"),
        (["check", "--format", "jsn"], "Did you mean 'json'?"),
        (["check", "--config", "lost.toml"], "lost.toml"),
        (["check", ""], "'' is no path"),
        (["check", "-o", "lost/report"], "lost/report cannot be written: No such file or directory."),
        (["score", "lost.jsonl", "-o", "lost/out"], "lost/out cannot be written"),
        (["filter", "lost.jsonl", "--dropped", "lost/out"], "lost/out cannot be written"),
        (["calibrate", "stdlib", "-o", "lost/table.json"], "lost/table.json cannot be written"),
        (["audit", "--card", "lost/card.md"], "lost/card.md cannot be written"),
        (["audit", "--only", "labels"], "'--only labels' measures what --labels names: add it"),
        (["audit", "--only", "pairs", "--labels", "x.jsonl"], "measures what --pairs names"),
        (["fix", "--diff", ""], "'' is no path"),
        (["explain", "pylint:unused-imprt"], "Did you mean 'pylint:unused-import'?"),
        (["explain", "pylint:zzz"], "'quality rules' lists them."),
        (["check", "--fail-under", "high"], "'high' is not a valid number."),
    ],
)
def test_a_wrong_call_exits_with_2_and_says_what_is_wrong(
    arguments: list[str], told: str, tmp_path: Path
) -> None:
    done = run(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert told in done.stderr


LONG = "n" * 300


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", LONG),
        ("check", "mine.py", "-o", LONG),
        ("report", "mine.py", "-o", LONG),
        ("compare", LONG, "mine.py"),
        ("fix", LONG),
        ("rules", "--stats", LONG),
        ("schema", "-o", LONG),
        ("audit", "--only", "pairs", "--pairs", LONG),
        ("audit", "--only", "reliability", "--card", LONG),
        ("calibrate", LONG, "-o", "table.json"),
        ("filter", "in.jsonl", "--dropped", LONG),
    ],
)
def test_a_path_that_the_system_refuses_is_a_wrong_call(arguments: tuple[str, ...], tmp_path: Path) -> None:
    """A name that is too long stands for one in a folder that is not ours: tests may run as root."""
    (tmp_path / "mine.py").write_text("print(1)\n")
    (tmp_path / "in.jsonl").write_text('{"code": "print(1)"}\n')
    done = run(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert LONG in done.stderr
    assert "internal error" not in done.stderr


def test_modules_in_the_working_directory_are_not_imported(tmp_path: Path) -> None:
    for name in ("click", "pluggy", "libcst", "pydantic"):
        (tmp_path / f"{name}.py").write_text("open('ran', 'w')\n")
    assert run("check", "click.py", cwd=tmp_path).returncode == 0
    assert not (tmp_path / "ran").exists()


def test_files_that_are_no_sources_lose_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "good.py").write_text("def double(number):\n    return 2 * number\n")
    (tmp_path / "syntax.py").write_text("def f(:\n")
    (tmp_path / "empty.py").write_text("")
    (tmp_path / "bytes.py").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "latin.py").write_bytes("# coding: latin-1\nx = 'ä'\n".encode("latin-1"))
    (tmp_path / "large.py").write_bytes(b"x" * 10_000_000)
    (tmp_path / "dangling.py").symlink_to("nowhere")
    done = run("check", ".", "--format", "json", "-j", "0", cwd=tmp_path)
    sources = {each["path"]: each["reason"] for each in json.loads(done.stdout)["sources"]}
    assert done.returncode == 1
    assert sources == {
        "bytes.py": "encoding",
        "dangling.py": "bad-input",
        "good.py": None,
        "large.py": "too-large",
        "latin.py": "encoding",
        "syntax.py": "syntax-error",
    }


def test_a_notebook_is_not_judged_as_the_json_that_it_is(tmp_path: Path) -> None:
    (tmp_path / "book.ipynb").write_text('{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}')
    done = run("check", "book.ipynb", "--format", "json", "-j", "0", cwd=tmp_path)
    (source,) = json.loads(done.stdout)["sources"]
    assert done.returncode == 1
    assert (source["reason"], source["score"]) == ("bad-input", None)
    assert "jupyter nbconvert" in source["detail"]


def test_an_empty_package_marker_is_no_source(tmp_path: Path) -> None:
    (tmp_path / "__init__.py").write_text("")
    (tmp_path / "good.py").write_text("def double(number):\n    return 2 * number\n")
    done = run("check", ".", "--format", "json", "-j", "0", cwd=tmp_path)
    assert done.returncode == 0
    assert [each["path"] for each in json.loads(done.stdout)["sources"]] == ["good.py"]


def test_a_file_with_nothing_in_it_is_no_source_beside_others(tmp_path: Path) -> None:
    (tmp_path / "models.py").write_text("# No models yet.\n")
    assert run("check", ".", "-j", "0", cwd=tmp_path).returncode == 1
    (tmp_path / "good.py").write_text("def double(number):\n    return 2 * number\n")
    assert run("check", ".", "-j", "0", cwd=tmp_path).returncode == 0
    assert run("check", ".", "-j", "0", "--profile", "sample", cwd=tmp_path).returncode == 1


def test_the_bound_decides(tmp_path: Path) -> None:
    (tmp_path / "bad.py").write_text("def f(x, y=[]):\n    y.append(x)\n    return eval(x)\n")
    assert run("check", ".", "--fail-under", "99", "-j", "0", cwd=tmp_path).returncode == 1
    assert run("check", ".", "--fail-under", "1", "-j", "0", cwd=tmp_path).returncode == 0


def test_a_report_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "good.py").write_text("x = [1]\nprint(x)\n")
    done = run("check", ".", "-o", "lost/report.txt", "-j", "0", cwd=tmp_path)
    assert done.returncode == 2
    assert "lost/report.txt" in done.stderr


def test_damaged_lines_are_named_in_their_place_and_counted(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_bytes(
        b'{"id": 1, "code": "x = f()"}\nno JSON\n\xff\n{"id": 2, "code": 7}\n'
    )
    done = run("score", "in.jsonl", "-o", "out.jsonl", "-j0", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "3 input lines without a sample: the results say why\n")
    lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert [(line["reason"], line.get("line")) for line in lines] == [
        (None, None),
        *(("bad-input", number) for number in (2, 3, 4)),
    ]


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "mine.py", "-o", "mine.py"),
        ("check", ".", "--format", "json", "-o", "mine.py"),
        ("report", "-o", "mine.py"),
        ("score", "in.jsonl", "-o", "in.jsonl"),
        ("score", "in.jsonl", "-o", "link.jsonl"),
        ("check", "mine.py", "--coverage", "in.jsonl", "-o", "in.jsonl"),
        ("compare", "mine.py", "mine.py", "-o", "mine.py"),
        ("rank", "in.jsonl", "-o", "in.jsonl"),
        ("pairs", "in.jsonl", "-o", "in.jsonl"),
        ("filter", "in.jsonl", "-o", "in.jsonl"),
        ("rewards", "difficulty", "in.jsonl", "-o", "in.jsonl"),
        ("filter", "in.jsonl", "-o", "kept.jsonl", "--dropped", "in.jsonl"),
    ],
)
def test_no_result_is_written_over_what_is_read(arguments: tuple[str, ...], tmp_path: Path) -> None:
    mine = {"mine.py": "print(1)\n", "in.jsonl": '{"code": "print(1)"}\n'}
    for name, text in mine.items():
        (tmp_path / name).write_text(text)
    (tmp_path / "link.jsonl").hardlink_to(tmp_path / "in.jsonl")
    done = run(*arguments, "-j", "0", cwd=tmp_path)
    assert done.returncode == 2
    assert f"{arguments[-1]} is read, and would be lost" in done.stderr
    assert {name: (tmp_path / name).read_text() for name in mine} == mine


def test_what_is_kept_and_what_is_dropped_need_a_file_each(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text('{"code": "print(1)"}\n')
    done = run("filter", "in.jsonl", "-o", "out.jsonl", "--dropped", "./out.jsonl", "-j0", cwd=tmp_path)
    assert done.returncode == 2
    assert "--dropped and -o name the same file" in done.stderr


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "ascii", "utf-8"])
def test_results_are_utf_8_whatever_the_encoding_of_the_streams(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "names.py").write_text("def größe(数):\n    return eval(数)\n", encoding="utf-8")
    (tmp_path / "数.py").write_text("def f(:\n", encoding="utf-8")
    command = [sys.executable, "-m", "quality", "check", ".", "--no-cache", "-j0"]
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (1, b"")
    assert "größe" in done.stdout.decode("utf-8")
    assert "数.py" in done.stdout.decode("utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="a folder in use cannot be deleted there")
def test_a_working_directory_that_was_deleted_is_said(tmp_path: Path) -> None:
    command = f"mkdir gone && cd gone && rmdir ../gone && {Path(sys.executable).parent / 'quality'} check ."
    done = subprocess.run(command, shell=True, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "quality: the working directory does not exist any more. Change to one that does.\n"
    )


def test_a_key_that_no_line_has_is_named(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text('{"id": 1, "task": 1, "code": "print(input())"}\n' * 2)
    told = {
        by: run("rank", "in.jsonl", "--by", by, "-j0", cwd=tmp_path).stderr for by in ("tsk", "task", "id")
    }
    assert told == {"tsk": "no line has the key 'tsk' of --by: all are one group\n", "task": "", "id": ""}
