from __future__ import annotations

import pickle
import statistics

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scorer_fakes import FakeScorer, completion

from quality.model import UsageError
from quality.rewards import QualityReward, split_reward


def base(scorer: FakeScorer | None = None, **arguments) -> QualityReward:
    return QualityReward(**{"open_scorer": (lambda: scorer) if scorer else FakeScorer, **arguments})


def test_one_column_has_the_tests_and_the_other_the_quality_of_what_passes():
    tests, quality = base().split(4)
    columns = {"completions": [completion(0.5), completion(0.7), "prose"], "tests_fraction": [1.0, 0.5, 1.0]}
    assert tests(**columns) == [1.0, pytest.approx(0.5 * 0.5 / 0.85), 0.0]
    assert quality(**columns) == [0.5, None, None]
    assert (tests.__name__, quality.__name__) == ("quality_reward_tests", "quality_reward_quality")


def test_samples_are_scored_once_for_both():
    scorer = FakeScorer()
    tests, quality = base(scorer).split(2)
    columns = {"completions": [completion(0.5)], "passed": [True]}
    tests(**columns)
    quality(**columns)
    assert len(scorer.asked) == 1


def test_another_batch_is_another_answer():
    tests, quality = base().split(2)
    assert tests([completion(0.5)], passed=[True]) == [1.0]
    assert quality([completion(0.6)], passed=[True]) == [0.6]
    assert tests([completion(0.5)], passed=[False]) == [0.0]


def test_abstaining_samples_are_in_no_column():
    tests, quality = base(on_failure="abstain").split(2)
    assert tests([completion(0.5)], passed=[False]) == quality([completion(0.5)], passed=[False]) == [None]


def test_both_can_be_pickled_together_and_share_what_they_score():
    columns = {"completions": [completion(0.5)], "passed": [True]}
    tests, quality = pickle.loads(pickle.dumps(base().split(2)))
    assert (tests(**columns), quality(**columns)) == ([1.0], [0.5])
    assert tests._rows is quality._rows


def normalised(values: list[float | None]) -> list[float]:
    """TRL 1.16 normalises a column over its group so; what is None adds nothing."""
    known = [value for value in values if value is not None]
    middle = statistics.fmean(known) if known else 0.0
    spread = statistics.stdev(known) if len(known) > 1 else 0.0
    return [0.0 if value is None else (value - middle) / (spread + 1e-4) for value in values]


@given(
    st.lists(st.tuples(st.integers(0, 100), st.booleans(), st.integers(0, 99)), min_size=2, max_size=16),
    st.sampled_from([0.0, 0.15, 0.3]),
)
@settings(max_examples=80)
def test_after_each_column_was_normalised_every_right_sample_is_above_every_wrong_one(samples, weight):
    reward = base(weight=weight, failed_factor=0.3)
    columns = reward.split(len(samples))
    batch = {
        "completions": [completion(percent / 100) for percent, _, _ in samples],
        "tests_fraction": [1.0 if passed else part / 100 for _, passed, part in samples],
    }
    tests, quality = (normalised(column(**batch)) for column in columns)
    total = [one + weight * other for one, other in zip(tests, quality, strict=True)]
    right = [value for value, (_, passed, _) in zip(total, samples, strict=True) if passed]
    wrong = [value for value, (_, passed, _) in zip(total, samples, strict=True) if not passed]
    if right and wrong:
        assert max(wrong) < min(right)


def test_a_margin_that_normalising_would_eat_is_refused():
    with pytest.raises(UsageError, match=r"With \d+ of 512 samples passing.*the margin is -[\d.]+ standard"):
        base(weight=0.4).split(512)


@pytest.mark.parametrize("size", [0, 1, 5000])
def test_a_group_has_two_or_more_samples(size):
    with pytest.raises(UsageError, match="group_size should be a whole number, 2 to 4096"):
        split_reward(base(), size)


@pytest.mark.parametrize(
    "arguments", [{"graded_tests": 3, "weight": 0.1}, {"tests": lambda **columns: [True]}]
)
def test_only_a_gate_with_columns_can_be_split(arguments):
    with pytest.raises(UsageError, match="has a gate and its evidence in columns"):
        base(**arguments).split(8)
