from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.model import UsageError
from quality.rewards import length_correlation, rank_correlation


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ([1, 2, 3], [10, 20, 30], 1.0),
        ([1, 2, 3], [1000, 20, 3], -1.0),
        ([1, 2, 3, 4], [2, 1, 4, 3], 0.6),
        ([1, 1, 2, 2], [1, 2, 1, 2], 0.0),
        ([1, 2, 2, 3], [1, 2, 3, 4], pytest.approx(0.9486832980505138)),
        ([1, 1], [1, 2], None),
        ([1], [1], None),
        ([], [], None),
        ([1.0, float("nan"), 2.0], [1, 2, 3], None),
        ([1.0, float("inf"), 2.0], [1, 3, 2], 1.0),
    ],
)
def test_it_is_spearmans_correlation(one, other, expected):
    assert rank_correlation(one, other) == (expected if expected is None else pytest.approx(expected))


PAIRS = st.lists(st.tuples(st.integers(-9, 9), st.integers(-9, 9)), max_size=12)


@given(PAIRS)
def test_it_is_symmetric_bounded_and_sees_only_ranks(pairs):
    one, other = [a for a, _ in pairs], [b for _, b in pairs]
    found = rank_correlation(one, other)
    assert found == rank_correlation(other, one)
    assert found is None or -1.0 <= found <= 1.0
    assert found == rank_correlation([a**3 for a in one], other)


def test_lengths_of_what_has_no_reward_or_is_no_text_are_left_out():
    assert length_correlation([1.0, None, 2.0, 9.0], ["a", "long text", "ab", 5]) == 1.0


def test_rewards_that_are_no_numbers_are_left_out():
    assert length_correlation([1.0, None, float("nan"), 2.0], ["a", "b" * 9, "c" * 9, "dd"]) == pytest.approx(
        1
    )


def test_texts_of_other_rewards_are_a_wrong_call():
    with pytest.raises(UsageError, match="2 rewards and 1 texts"):
        length_correlation([1.0, 2.0], ["a"])
