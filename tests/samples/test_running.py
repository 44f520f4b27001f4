from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from scorer_fakes import FakeScorer, fake_score

from quality.model import UsageError
from quality.samples import ScoreRun, Shard, run_score

LINES = [
    b'{"id": "a", "code": "x  # q=0.5"}',
    b"bad",
    b'{"id": "c", "completion": "nothing"}',
    b'{"id": "d", "code": "y  # q=0.25"}',
]


@pytest.fixture
def samples(tmp_path):
    file = tmp_path / "in.jsonl"
    file.write_bytes(b"\n".join(LINES) + b"\n")
    return file


@pytest.fixture
def whole(samples, tmp_path):
    """The bytes of an undisturbed run."""
    output = tmp_path / "whole.jsonl"
    run_score(samples, output, FakeScorer())
    return output.read_bytes()


class Killed(BaseException):
    """Stands for the end of the process."""


def dying_after(count: int) -> FakeScorer:
    scorer = FakeScorer()

    def judge(code):
        if len(scorer.asked) > count:
            raise Killed
        return fake_score(code)

    scorer.judge = judge
    return scorer


def test_a_run_writes_one_line_per_line_and_says_what_it_did(samples, tmp_path):
    output = tmp_path / "out.jsonl"
    assert run_score(samples, output, FakeScorer()) == ScoreRun(
        measured=2, unmeasured=2, reasons={"bad-input": 1, "no-code": 1}, bad_inputs=1
    )
    read = [json.loads(line) for line in output.read_bytes().splitlines()]
    assert [line["id"] for line in read] == ["a", None, "c", "d"]
    assert [line["status"] for line in read] == ["measured", "unmeasured", "unmeasured", "measured"]
    assert sorted(file.name for file in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]


def test_a_last_line_without_a_newline_is_a_line(samples, whole, tmp_path):
    samples.write_bytes(b"\n".join(LINES))
    run_score(samples, tmp_path / "out", FakeScorer())
    assert (tmp_path / "out").read_bytes() == whole


def test_standard_input_and_output_are_streams_of_bytes(monkeypatch, samples, whole):
    out = io.BytesIO()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(samples.read_bytes())))
    monkeypatch.setattr(sys, "stdout", SimpleNamespace(buffer=out))
    run_score(None, None, FakeScorer())
    assert out.getvalue() == whole


def test_an_interrupted_run_leaves_the_old_output_alone(samples, tmp_path):
    output = tmp_path / "out.jsonl"
    output.write_text("old")
    with pytest.raises(Killed):
        run_score(samples, output, dying_after(2))
    assert output.read_text() == "old"
    assert (tmp_path / "out.jsonl.partial").exists()


def test_a_resumed_run_equals_an_undisturbed_one_wherever_it_was_cut(samples, whole, tmp_path):
    output = tmp_path / "out.jsonl"
    for size in range(len(whole) + 1):
        (tmp_path / "out.jsonl.partial").write_bytes(whole[:size])
        scorer = FakeScorer()
        run = run_score(samples, output, scorer, resume=True)
        assert output.read_bytes() == whole
        assert run.resumed == whole[:size].count(b"\n")
        assert run.bad_inputs == 1
        assert len(scorer.asked) == len(LINES) - run.resumed
        assert not (tmp_path / "out.jsonl.partial").exists()


def test_resuming_goes_on_after_a_real_interruption(samples, whole, tmp_path):
    output = tmp_path / "out.jsonl"
    with pytest.raises(Killed):
        run_score(samples, output, dying_after(3))
    assert run_score(samples, output, FakeScorer(), resume=True).resumed == 3
    assert output.read_bytes() == whole


def test_a_run_that_does_not_resume_starts_afresh(samples, whole, tmp_path):
    (tmp_path / "out.jsonl.partial").write_bytes(b"rubbish\n")
    run_score(samples, tmp_path / "out.jsonl", FakeScorer())
    assert (tmp_path / "out.jsonl").read_bytes() == whole


def test_resuming_without_a_partial_file_starts_afresh(samples, whole, tmp_path):
    run_score(samples, tmp_path / "out.jsonl", FakeScorer(), resume=True)
    assert (tmp_path / "out.jsonl").read_bytes() == whole


@pytest.mark.parametrize(
    ("partial", "message"),
    [
        (lambda whole: whole.splitlines(keepends=True)[3], "made from other samples"),
        (lambda whole: whole + whole, "made from other samples"),
        (lambda whole: b"rubbish\n", "made from other samples"),
    ],
)
def test_the_partial_file_of_other_samples_is_refused(partial, message, samples, whole, tmp_path):
    file = tmp_path / "out.jsonl.partial"
    file.write_bytes(partial(whole))
    with pytest.raises(UsageError, match=message):
        run_score(samples, tmp_path / "out.jsonl", FakeScorer(), resume=True)
    assert not (tmp_path / "out.jsonl").exists()


@pytest.mark.parametrize(
    "other",
    [
        b'{"code": "x  # q=0.5", "task": 2}',
        b'{"code": "x  # q=0.5"}',
        b'{"code": "x  # q=0.5", "task": 1, "score": 3}',
        b'{"completion": "x  # q=0.5", "task": 1}',
        b"bad",
    ],
)
def test_the_partial_file_of_samples_without_ids_is_told_by_what_passes_through(other, tmp_path):
    samples, output = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    last = b'{"code": "y  # q=0.25", "task": 1}\n'
    samples.write_bytes(b'{"code": "x  # q=0.5", "task": 1}\n' + last)
    run_score(samples, output, FakeScorer())
    whole = output.read_bytes()
    output.rename(tmp_path / "out.jsonl.partial")
    samples.write_bytes(other + b"\n" + last)
    with pytest.raises(UsageError, match="made from other samples: see line 1"):
        run_score(samples, output, FakeScorer(), resume=True)
    assert (tmp_path / "out.jsonl.partial").read_bytes() == whole


def test_the_partial_file_of_another_profile_is_refused(samples, whole, tmp_path):
    (tmp_path / "out.jsonl.partial").write_bytes(whole[: whole.index(b"\n") + 1])
    with pytest.raises(UsageError, match="another profile"):
        run_score(samples, tmp_path / "out.jsonl", FakeScorer(fingerprint="sha256:other"), resume=True)


def test_resuming_needs_a_file(samples):
    with pytest.raises(UsageError, match="Name it with -o"):
        run_score(samples, None, FakeScorer(), resume=True)


def test_a_missing_input_is_named_and_leaves_nothing_behind(tmp_path):
    with pytest.raises(UsageError, match=r"nowhere\.jsonl cannot be read: No such file"):
        run_score(tmp_path / "nowhere.jsonl", tmp_path / "out", FakeScorer())
    assert not list(tmp_path.iterdir())


def test_a_missing_output_folder_is_named(samples, tmp_path):
    with pytest.raises(UsageError, match="cannot be written: No such file"):
        run_score(samples, tmp_path / "no" / "out", FakeScorer())


def test_a_folder_as_input_is_named(tmp_path):
    with pytest.raises(UsageError, match="cannot be read: Is a directory"):
        run_score(tmp_path, tmp_path / "out", FakeScorer())


def test_an_empty_input_gives_an_empty_output(tmp_path):
    (tmp_path / "in").touch()
    assert run_score(tmp_path / "in", tmp_path / "out", FakeScorer()) == ScoreRun(0, 0)
    assert (tmp_path / "out").read_bytes() == b""


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_device_is_written_and_not_replaced(samples, tmp_path):
    link = tmp_path / "null"
    link.symlink_to(os.devnull)
    run_score(samples, link, FakeScorer())
    assert link.is_symlink()
    assert not Path(os.devnull).is_file()


def test_a_line_over_the_limit_is_skipped_in_pieces(monkeypatch, samples, tmp_path):
    monkeypatch.setattr("quality.samples._formats.LONGEST_LINE", 40)
    monkeypatch.setattr("quality.samples._lines.LONGEST_LINE", 40)
    samples.write_bytes(LINES[0] + b"\n" + b"x" * 500 + b"\n" + LINES[3] + b"\n" + b"y" * 41)
    run_score(samples, tmp_path / "out", FakeScorer())
    read = [json.loads(line) for line in (tmp_path / "out").read_bytes().splitlines()]
    assert [line["id"] for line in read] == ["a", None, "d", None]
    assert read[1]["detail"] == read[3]["detail"] == "the line is longer than 40 bytes"


@pytest.mark.parametrize("count", [1, 2, 3, 5])
def test_the_shards_of_an_input_are_its_lines(samples, whole, tmp_path, count):
    """Numbers of bad lines included."""
    shards = []
    for index in range(1, count + 1):
        run_score(samples, tmp_path / "part", FakeScorer(), shard=Shard(index, count))
        shards.append((tmp_path / "part").read_bytes().splitlines(keepends=True))
    lines = whole.splitlines(keepends=True)
    assert shards == [lines[index::count] for index in range(count)]


def test_a_shard_resumes(samples, tmp_path):
    shard = Shard(2, 2)
    run_score(samples, tmp_path / "all", FakeScorer(), shard=shard)
    whole = (tmp_path / "all").read_bytes()
    (tmp_path / "part.partial").write_bytes(whole[: whole.index(b"\n") + 5])
    run_score(samples, tmp_path / "part", FakeScorer(), shard=shard, resume=True)
    assert (tmp_path / "part").read_bytes() == whole


def test_progress_of_a_file_is_told(tmp_path):
    file = tmp_path / "in.jsonl"
    file.write_bytes(LINES[0] + b"\n" + (LINES[3] + b"\n") * 39)
    told = []
    run_score(file, tmp_path / "out", FakeScorer(), progress=lambda *numbers: told.append(numbers))
    assert told == [(0, 40), (16, 40), (32, 40)]
