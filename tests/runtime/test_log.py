"""Events for programs."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest

from quality.model import Profile, UsageError
from quality.runtime import Scorer, log_to
from quality.runtime._log import tell


def events(file: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def test_a_run_tells_what_it_lost_and_what_it_did(worker_profile: Profile, tmp_path: Path) -> None:
    file = tmp_path / "events.jsonl"
    with log_to(file), Scorer(worker_profile, workers=1, timeout=0.3) as scorer:
        list(scorer.score_many(["x = 1\n", "SPIN\n"]))
    told = events(file)
    assert [event["event"] for event in told] == [
        *("opened", "text-lost", "worker-replaced", "text-lost", "worker-replaced", "closed")
    ]
    lost = [event for event in told if event["event"] == "text-lost"]
    assert [(event["number"], event["reason"], event["again"]) for event in lost] == [
        (1, "timeout", True),
        (1, "timeout", False),
    ]
    assert told[-1]["texts"] == 2


def test_events_are_appended_and_only_inside_the_block(tmp_path: Path) -> None:
    file = tmp_path / "events.jsonl"
    for number in (1, 2):
        with log_to(file):
            tell("seen", number=number)
        tell("unseen")
    assert [event["number"] for event in events(file)] == [1, 2]


def test_without_a_file_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    with log_to(None):
        tell("loud", level=logging.ERROR)
    assert capfd.readouterr() == ("", "")


def test_a_file_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nowhere"), log_to(tmp_path / "nowhere" / "events"):
        pass


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
def test_a_full_disk_ends_the_log_and_nothing_else() -> None:
    with log_to("/dev/full"):
        with pytest.warns(UserWarning, match="/dev/full takes no more events"):
            tell("first")
        tell("second")
