from __future__ import annotations

import math

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from quality.model import UsageError
from quality.rewards import Parts, Terms

UNIT = st.floats(0, 1)
WEIGHTS = st.floats(0, 1, exclude_max=True)


def terms(**arguments) -> Terms:
    """The terms, in a property test only if they are allowed."""
    try:
        return Terms(**arguments)
    except UsageError:
        reject()


def reward(made: Terms, level: float, fraction: float | None, *, passed: bool) -> float | None:
    parts = made.parts(level, fraction, passed=passed)
    return None if parts is None else parts.total


def test_the_defaults_are_the_documented_formula():
    assert Terms().parts(0.8, 1.0, passed=True) == Parts(0.85, 0.15 * 0.8)
    assert Terms().parts(0.8, 0.6, passed=False) == Parts(0.5 * 0.6, 0.0)


@given(WEIGHTS, WEIGHTS, st.sampled_from(["floor", "fraction", "abstain"]), UNIT, UNIT, UNIT)
def test_behind_a_gate_any_wrong_sample_gets_less_than_any_right_one(w, f, mode, right, wrong, fraction):
    made = terms(weight=w, failed_factor=f, on_failure=mode)
    worst = reward(made, right, 1.0, passed=True)
    best = reward(made, wrong, fraction, passed=False)
    assert best is None or best < worst


@given(WEIGHTS, st.integers(1, 30), UNIT, UNIT, st.data())
def test_with_graded_tests_one_more_test_outweighs_any_quality(w, tests, more, less, data):
    made = terms(weight=w, graded_tests=tests)
    passed = data.draw(st.integers(0, tests - 1))
    better = reward(made, more, (passed + 1) / tests, passed=passed + 1 == tests)
    assert reward(made, less, passed / tests, passed=False) < better


@given(WEIGHTS, UNIT, UNIT)
def test_the_quality_term_alone_cannot_lift_a_wrong_sample_over_a_right_one(w, right, wrong):
    made = Terms(weight=w, on_failure="floor")
    assert 0.0 + reward(made, wrong, None, passed=False) < 1.0 + reward(made, right, None, passed=False)


@given(WEIGHTS, st.none() | st.integers(1, 9), UNIT, st.none() | UNIT, st.booleans())
def test_every_reward_is_between_0_and_1_and_its_terms_add_up(w, tests, level, fraction, passed):
    made = terms(weight=w, graded_tests=tests, failed_factor=0.0)
    parts = made.parts(level, fraction, passed=passed)
    assert 0.0 <= parts.total <= 1.0 + 1e-12
    assert parts.total == parts.correctness + parts.quality


@given(WEIGHTS, UNIT, UNIT)
def test_among_right_samples_the_better_one_gets_more_or_the_same(w, one, other):
    made = Terms(weight=w, on_failure="floor")
    low, high = sorted((made.level(one), made.level(other)))
    assert reward(made, low, 1.0, passed=True) <= reward(made, high, 1.0, passed=True)


@pytest.mark.parametrize(("mode", "expected"), [("floor", 0.0), ("fraction", 0.2), ("abstain", None)])
def test_failing_samples_get_what_was_chosen(mode, expected):
    assert reward(Terms(on_failure=mode), 1.0, 0.4, passed=False) == expected


def test_graded_tests_count_whole_tests_and_never_round_up():
    made = Terms(weight=0.1, graded_tests=3)
    assert reward(made, 0.0, 2 / 3, passed=False) == pytest.approx(0.6)
    assert reward(made, 0.0, 0.66, passed=False) == pytest.approx(0.3)
    assert reward(made, 0.0, 1.0, passed=False) == pytest.approx(0.6)


@pytest.mark.parametrize(
    ("quantum", "value", "level"),
    [(0.01, 0.8349, 0.83), (0.01, 0.999, 1.0), (0.05, 0.86, 0.85), (0, 0.8349, 0.8349), (0.6, 1.0, 1.0)],
)
def test_quality_is_rounded_to_the_quantum_and_stays_below_1(quantum, value, level):
    assert Terms(quantum=quantum).level(value) == level


def test_the_message_says_which_inequality_of_the_gate_fails_and_by_how_much():
    with pytest.raises(UsageError) as caught:
        Terms(weight=0.5, failed_factor=0.7)
    assert str(caught.value) == (
        "Wrong samples could get as much as right ones: failed_factor < 1 - weight does not hold, "
        "0.7 is 0.2 above 0.5. Set failed_factor below 0.5, or weight below 0.3."
    )


def test_the_message_says_which_inequality_of_graded_tests_fails_and_by_how_much():
    with pytest.raises(UsageError) as caught:
        Terms(weight=0.25, graded_tests=5)
    assert str(caught.value) == (
        "Quality could outweigh a test: weight < (1 - weight) / graded_tests does not hold, "
        "0.25 is 0.1 above 0.15. Set weight below 1 / (graded_tests + 1) = 0.167."
    )


def test_equality_is_a_tie_and_refused():
    with pytest.raises(UsageError):
        Terms(weight=0.5, failed_factor=0.5)
    with pytest.raises(UsageError):
        Terms(weight=0.25, graded_tests=3)


def test_the_factor_of_failing_samples_does_not_matter_where_it_is_not_used():
    assert Terms(weight=0.9, on_failure="floor").on_failure == "floor"
    assert Terms(weight=0.9, on_failure="abstain").on_failure == "abstain"


@pytest.mark.parametrize("field", ["weight", "failed_factor", "quantum"])
@pytest.mark.parametrize("value", [-0.1, 1.0, 2, math.nan, math.inf, True, "0.1", None])
def test_a_constant_out_of_range_is_refused_by_name(field, value):
    with pytest.raises(UsageError, match=f"^{field} should be a number from 0 to less than 1"):
        Terms(**{field: value})


@pytest.mark.parametrize("value", [0, -1, 2.0, True, "3"])
def test_graded_tests_are_counted_in_whole_numbers(value):
    with pytest.raises(UsageError, match=r"^graded_tests should be a number of tests"):
        Terms(graded_tests=value)


def test_an_unknown_mode_and_a_contradiction_are_refused():
    with pytest.raises(UsageError, match="'floor', 'fraction', 'abstain', got 'zero'"):
        Terms(on_failure="zero")
    with pytest.raises(UsageError, match="Leave one of the two out"):
        Terms(weight=0.1, graded_tests=3, on_failure="floor")
