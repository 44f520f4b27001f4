from __future__ import annotations

import json
from pathlib import Path

import pytest

from quality.cli._app import run


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "a.py").write_text("grid = [[0] * 8] * 8\n\n\ndef f():\n    return grid\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_table_says_what_each_rule_found_and_on_how_much(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "--stats"]) == 0
    lines = capsys.readouterr().out.splitlines()
    (row,) = [line.split() for line in lines if line.startswith("quality:shared-element ")]
    assert row[1:4] == ["1", "1000.00", "1"]
    assert lines[-1] == "1 source, 1 function, 0 refused"


def test_json_has_the_same_and_keeps_to_the_chosen_dimension(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "a.py", "--stats", "--dimension", "efficiency", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    rules = {timing["rule_id"] for timing in found["timings"]}
    assert "quality:front-of-list-in-loop" in rules
    assert "quality:shared-element" not in rules
    assert (found["sources"], found["functions"], found["failures"]) == (1, 1, [])


def test_paths_alone_are_a_wrong_call(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "a.py"]) == 2
    assert "Add --stats" in capsys.readouterr().err
