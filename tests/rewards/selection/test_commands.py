"""The commands with the real analyzers."""

from __future__ import annotations

import json

import pytest

from quality.cli._app import run as run_app

GOOD = "def f(x):\n    return x is None\n"
BAD = "def f(x, y=[]):\n    try:\n        return x == None\n    except:\n        pass\n"
STUB = "def f(x):\n    pass\n"


@pytest.fixture
def samples(tmp_path):
    file = tmp_path / "in.jsonl"
    lines = [
        {"id": name, "task_id": "t", "prompt": "p", "code": code, "passed": True}
        for name, code in (("bad", BAD), ("good", GOOD), ("stub", STUB))
    ]
    file.write_text("\n".join(map(json.dumps, lines)) + "\n")
    return file


def read(path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def run(*arguments) -> int:
    return run_app([str(argument) for argument in arguments])


def test_rank_writes_the_best_first_and_says_what_came_last(samples, tmp_path, capsys):
    assert run("rank", samples, "-o", tmp_path / "out", "-j0") == 0
    assert [(line["id"], line["rank"]) for line in read(tmp_path / "out")] == [
        ("good", 1),
        ("bad", 2),
        ("stub", 3),
    ]
    assert capsys.readouterr().err == "1 sample came last: pretends\n"


def test_pairs_writes_what_the_better_one_does_better(samples, tmp_path, capsys):
    assert run("pairs", samples, "-o", tmp_path / "out", "-j0") == 0
    (pair,) = read(tmp_path / "out")
    assert (pair["prompt"], pair["chosen"], pair["rejected"]) == ("p", GOOD, STUB)
    assert pair["reasons"][0] == "pretends"
    assert capsys.readouterr().err.endswith("1 pair\n")


def test_filter_keeps_lines_and_counts_what_went(samples, tmp_path, capsys):
    options = ["--min-score", "0.9", "--dropped", tmp_path / "dropped"]
    assert run("filter", samples, "-o", tmp_path / "out", "-j0", *options) == 0
    assert (tmp_path / "out").read_bytes() == samples.read_bytes().splitlines(keepends=True)[1]
    assert [(line["id"], line["reason"]) for line in read(tmp_path / "dropped")] == [
        ("bad", "score"),
        ("stub", "pretends"),
    ]
    assert capsys.readouterr().err == "1 of 3 lines kept\n  1 dropped: pretends\n  1 dropped: score\n"


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ("secure=1", "there is no dimension 'secure'. Did you mean 'security'?"),
        ("security", "has no number. Write security=0.8."),
        ("security=2", "should be 0 to 1"),
        ("security=nan", "should be 0 to 1"),
    ],
)
def test_a_wrong_demand_is_named(samples, option, message, capsys):
    assert run("filter", samples, "--min-dimension", option, "-j0") == 2
    assert message in capsys.readouterr().err


def test_a_missing_file_and_a_missing_folder_are_named(samples, tmp_path, capsys):
    assert run("rank", tmp_path / "nowhere", "-j0") == 2
    assert "cannot be read: No such file" in capsys.readouterr().err
    assert run("rank", samples, "-o", tmp_path / "no" / "out", "-j0") == 2
    assert "cannot be written: No such file" in capsys.readouterr().err
