# ruff: noqa: FBT003 - whether a sample passes is what these tests are about
from __future__ import annotations

import json
import math
import statistics

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scorer_fakes import STUB, FakeScorer

from quality.cli._app import run
from quality.rewards import Terms
from quality.rewards.advice import SETTINGS, advantages, read_recorded, simulate, to_json, to_text

BY_NAME = {setting.name: setting for setting in SETTINGS}
NAN = math.nan


def line(group: str, passed: object, quality: float | None, **keys) -> bytes:
    return json.dumps({"task_id": group, "passed": passed, "quality": quality, **keys}).encode()


def simulated(*lines: bytes, **arguments):
    return simulate(read_recorded(lines, pytest.fail, ()), Terms(**arguments))


def by_setting(simulation):
    return {report.setting.name: report for report in simulation.settings}


@pytest.mark.parametrize(
    ("name", "groups", "expected"),
    [
        ("none", [[1.0, 0.0], [0.5, 0.5]], [[0.5, -0.5], [0.0, 0.0]]),
        ("group", [[1.0, 0.0]], [[0.5 / (math.sqrt(0.5) + 1e-4), -0.5 / (math.sqrt(0.5) + 1e-4)]]),
        ("rloo", [[1.0, 0.0, 0.5]], [[0.75, -0.75, 0.0]]),
        ("none", [[1.0, NAN, 0.0]], [[0.5, 0.0, -0.5]]),
        ("group", [[1.0, NAN]], [[0.0, 0.0]]),
        ("group", [[NAN, NAN]], [[0.0, 0.0]]),
        ("rloo", [[1.0, NAN]], [[0.0, 0.0]]),
    ],
)
def test_advantages_are_those_of_the_trainer(name, groups, expected):
    found = advantages(BY_NAME[name], groups, groups, groups, 0.15)
    assert found == [pytest.approx(group) for group in expected]


def test_scaling_by_the_batch_divides_by_the_deviation_of_all_rewards():
    groups = [[1.0, 0.0], [0.9, 0.8]]
    spread = statistics.stdev([1.0, 0.0, 0.9, 0.8])
    found = advantages(BY_NAME["batch"], groups, groups, groups, 0.15)
    assert found[1] == pytest.approx([0.05 / (spread + 1e-4), -0.05 / (spread + 1e-4)])


def test_split_columns_are_normalised_apart_and_added_with_their_weights():
    tests, quality = [[1.0, 1.0, 0.0]], [[0.9, 0.7, NAN]]
    found = advantages(BY_NAME["gdpo"], tests, tests, quality, 0.5)[0]
    left = [(value - 2 / 3) / (statistics.stdev(tests[0]) + 1e-4) for value in tests[0]]
    right = [(value - 0.8) / (statistics.stdev([0.9, 0.7]) + 1e-4) for value in (0.9, 0.7)]
    sums = [left[0] + 0.5 * right[0], left[1] + 0.5 * right[1], left[2]]
    middle = statistics.fmean(sums)
    assert found == pytest.approx([(value - middle) / (statistics.stdev(sums) + 1e-4) for value in sums])


def test_dividing_by_the_groups_deviation_makes_quality_as_large_as_tests():
    found = by_setting(
        simulated(
            *(line("mixed", passed, 0.5) for passed in (True, False, True, False)),
            *(line("right", True, quality) for quality in (0.70, 0.72, 0.75, 0.77)),
        )
    )
    assert found["group"].by_quality > 1.0
    assert found["none"].by_quality < 0.02
    assert found["none"].by_tests == pytest.approx(0.85 + 0.15 * 0.5)


def test_all_wrong_groups_are_silent_where_failing_samples_get_nothing():
    lines = [line("wrong", False, quality) for quality in (0.1, 0.5, 0.9)]
    for mode in ("floor", "abstain", "fraction"):
        assert {report.silent for report in simulated(*lines, on_failure=mode).settings} == {1}


def test_a_setting_that_ranks_wrong_above_right_is_seen():
    crowd = [line("t", True, 0.9)] * 255 + [line("t", True, 0.0)] + [line("t", False, 0.9)] * 256
    simulation = simulated(*crowd, weight=0.45, on_failure="floor")
    found = by_setting(simulation)
    assert found["group"].wrong_above_right == 0
    assert found["gdpo"].wrong_above_right == 256
    assert found["gdpo"].margin < 0.0
    assert "! gdpo: a wrong sample gets no less than a right one in 256 pairs" in to_text(simulation)


SAMPLES = st.lists(
    st.tuples(
        st.sampled_from("ab"),
        st.sampled_from([True, False, 0.5]),
        st.none() | st.integers(0, 100).map(lambda n: n / 100),
    ),
    max_size=14,
)


@given(SAMPLES, st.sampled_from(["fraction", "floor"]))
@settings(max_examples=80)
def test_summed_rewards_keep_every_right_sample_above_every_wrong_one(samples, mode):
    simulation = simulated(*(line(*sample) for sample in samples), on_failure=mode)
    found = by_setting(simulation)
    assert all(found[name].wrong_above_right == 0 for name in ("group", "batch", "none", "rloo"))
    assert all(
        math.isfinite(value)
        for report in simulation.settings
        for group in report.advantages
        for value in group
    )
    json.loads(to_json(simulation), parse_constant=pytest.fail)
    assert to_text(simulation).endswith("\n")


def test_lengths_are_those_of_right_samples_within_their_groups():
    lines = [
        line("t", True, quality, length=length) for quality, length in ((0.9, 10), (0.5, 20), (0.1, 10**400))
    ]
    found = by_setting(simulated(*lines, line("t", False, 0.9, length=1)))
    assert found["none"].length == pytest.approx(-1.0)
    assert "shorter right samples get more" in to_text(simulated(*lines))


def test_codes_are_scored_where_there_is_no_quality_and_what_is_nothing_gets_nothing():
    scorer = FakeScorer()
    lines = [
        b'{"task_id": 1, "code": "x = f()  # q=0.5", "passed": true}',
        b'{"task_id": 1, "completion": "prose", "passed": true}',
        b'{"task_id": 1, "code": "def f(): ...  # stub", "passed": true}',
        b'{"task_id": 1, "quality": 0.25, "completion": "12345", "passed": true}',
        b"bad",
    ]
    found = read_recorded(lines, lambda: scorer, {STUB.id})
    assert [sample.quality for sample in found] == [0.5, None, None, 0.25]
    assert [sample.length for sample in found] == [16.0, 5.0, 20.0, 5.0]
    simulation = simulate(found, Terms())
    assert simulation.rewards[0] == (pytest.approx(0.925), 0.0, 0.0, pytest.approx(0.85 + 0.15 * 0.25))


def test_the_command_prints_a_table_or_json(tmp_path, capsys):
    file = tmp_path / "groups.jsonl"
    file.write_bytes(b"\n".join(line("t", passed, 0.5) for passed in (True, False)))
    assert run(["rewards", "simulate", str(file)]) == 0
    text = capsys.readouterr().out
    assert text.startswith("2 samples in 1 group: 0 all right, 1 mixed, 0 all wrong; 0 with equal rewards\n")
    assert run(["rewards", "simulate", str(file), "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["groups"][0]["samples"][0]["advantages"]["none"] == pytest.approx(0.4625)
    assert list(document["settings"]) == ["group", "batch", "none", "gdpo", "rloo"]


def test_the_command_refuses_a_reward_without_a_margin(tmp_path, capsys):
    (tmp_path / "groups.jsonl").write_bytes(line("t", True, 1.0))
    assert run(["rewards", "simulate", str(tmp_path / "groups.jsonl"), "--weight", "0.6"]) == 2
    assert "failed_factor < 1 - weight does not hold" in capsys.readouterr().err
