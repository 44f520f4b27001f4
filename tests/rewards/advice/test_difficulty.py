"""How hard recorded tasks are."""

from __future__ import annotations

import json

import pytest

from quality.cli._app import run as run_app
from quality.rewards import Terms
from quality.rewards.advice import difficulties, read_recorded


def measured(*lines: dict[str, object]):
    found = read_recorded([json.dumps(line).encode() for line in lines], pytest.fail, {})
    return list(difficulties(found, Terms()))


def line(group, quality, **evidence):
    return {"task_id": group, "code": "x", "quality": quality, **evidence}


def test_a_task_that_some_samples_pass_has_a_signal_and_room():
    (task,) = measured(
        line("t", 0.9, passed=True), line("t", 0.5, passed=True), line("t", 0.9, tests_fraction=0.25)
    )
    assert (task.group, task.samples) == ("t", 3)
    assert task.pass_rate == pytest.approx(2 / 3)
    assert task.tests_fraction == pytest.approx(0.75)
    assert (task.quality, task.room) == (pytest.approx(0.7), pytest.approx(0.2))
    assert task.signal > 0.3


def test_tasks_that_teach_nothing_have_none():
    hard, easy = measured(*[line("hard", 0.9, passed=False)] * 4, *[line("easy", 0.9, passed=True)] * 4)
    assert (hard.pass_rate, hard.quality, hard.room, hard.signal) == (0.0, None, None, 0.0)
    assert (easy.pass_rate, easy.room, easy.signal) == (1.0, 0.0, 0.0)


def test_without_tests_nothing_is_said_of_them():
    (task,) = measured(line("t", 0.9), line("t", None))
    assert (task.pass_rate, task.tests_fraction, task.quality) == (None, None, 0.9)


def test_the_command_writes_a_line_for_each_task(tmp_path, capsys):
    file = tmp_path / "groups.jsonl"
    file.write_text(json.dumps(line("t", 0.9, passed=True)) + "\n" + json.dumps(line("u", 0.9, passed=False)))
    assert run_app(["rewards", "difficulty", str(file)]) == 0
    assert [json.loads(each)["pass_rate"] for each in capsys.readouterr().out.splitlines()] == [1.0, 0.0]
