"""Both tries of a text that hangs fit into a reward's deadline."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from quality.model import Profile
from quality.rewards import QualityReward
from quality.runtime import log_to, try_within
from quality.runtime._worker import GRACE


@pytest.mark.parametrize("deadline", [0.1, 0.5, 1.0, 2.0, 30.0])
def test_two_tries_last_no_longer_than_the_deadline_and_c_code_adds_at_most_its_grace(
    deadline: float,
) -> None:
    assert 0.0 < 2 * try_within(deadline) <= deadline
    if deadline >= 4 * GRACE:
        assert 2 * (try_within(deadline) + GRACE) <= deadline


@pytest.mark.parametrize(("text", "culprit"), [("SPIN", ": worker did not finish"), ("STUBBORN", "")])
def test_a_hanging_completion_is_tried_twice_within_its_deadline_and_costs_itself_only(
    worker_profile: Profile, tmp_path: Path, text: str, culprit: str
) -> None:
    file = tmp_path / "events.jsonl"
    completions = [f"```python\n{code}\n```" for code in ("x = 1", text, "y = 2")]
    with log_to(file), QualityReward(profile=worker_profile, workers=1, timeout=0.4) as reward:
        rewards = reward(completions, passed=[True] * 3)
    assert rewards == [1.0, 0.0, 1.0]
    told = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    lost = [event for event in told if event["event"] == "text-lost"]
    # Each try may use a quarter of the deadline, that is 0.1 s, before the grace. An analyzer that swallows the
    # deadline cannot tell its name any more.
    assert [(event["reason"], event["detail"], event["again"]) for event in lost] == [
        ("timeout", f"not analysed within 0.1 s{culprit}", True),
        ("timeout", f"not analysed within 0.1 s{culprit}", False),
    ]


def test_a_completion_that_crashes_its_worker_is_tried_once_more_and_charged(
    worker_profile: Profile, tmp_path: Path
) -> None:
    file = tmp_path / "events.jsonl"
    with log_to(file), QualityReward(profile=worker_profile, workers=1) as reward:
        assert reward(["```python\nEXIT\n```"], passed=[True]) == [0.0]
    lost = [json.loads(line) for line in file.read_text("utf-8").splitlines() if "text-lost" in line]
    assert [(event["reason"], event["again"]) for event in lost] == [("crash", True), ("crash", False)]
