from __future__ import annotations

import pytest

from quality.audit._statistics import entropy, mean, median, wilson


@pytest.mark.parametrize(
    ("wins", "count", "expected"),
    [
        # Newcombe (1998), table I, method 3.
        (81, 263, (0.2553, 0.3662)),
        (15, 148, (0.0624, 0.1605)),
        (0, 20, (0.0, 0.1611)),
        (1, 29, (0.0061, 0.1718)),
        (10, 10, (0.7225, 1.0)),
    ],
)
def test_wilson_intervals_equal_published_ones(wins, count, expected):
    assert wilson(wins / count, count) == pytest.approx(expected, abs=5e-5)


def test_nothing_observed_says_nothing():
    assert wilson(0.0, 0) == (0.0, 1.0)


def test_entropy_is_one_when_all_bins_are_equal_and_zero_when_one_has_all():
    assert entropy([place / 20 + 0.01 for place in range(20)]) == pytest.approx(1.0)
    assert entropy([1.0, 1.0, 0.99]) == 0.0
    assert entropy([]) == 0.0


def test_the_median_is_between_the_middle_two():
    assert median([4.0, 1.0, 2.0]) == 2.0
    assert median([4.0, 1.0, 2.0, 3.0]) == 2.5
    assert (median([]), mean([])) == (0.0, 0.0)
