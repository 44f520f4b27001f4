from __future__ import annotations

import math
from fractions import Fraction
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.rewards._evidence import Evidence, read_evidence

PASSED = Evidence(1.0, passed=True)
FAILED = Evidence(0.0, passed=False)


def tensor(values: object) -> object:
    """Looks like an array or tensor."""
    return SimpleNamespace(tolist=lambda: values)


@pytest.mark.parametrize(
    ("passed", "fraction", "evidence"),
    [
        (True, None, PASSED),
        (False, None, FAILED),
        (1, None, PASSED),
        (0.5, None, Evidence(0.5, passed=False)),
        (Fraction(1, 4), None, Evidence(0.25, passed=False)),
        (None, 0.5, Evidence(0.5, passed=False)),
        (None, 1.0, Evidence(1.0, passed=True)),
        (False, 1.0, Evidence(1.0, passed=False)),
        (True, 0.5, PASSED),
        (None, 7, Evidence(1.0, passed=True)),
        (None, -7, FAILED),
        (math.nan, 0.5, Evidence(0.5, passed=False)),
        (None, None, None),
        (math.nan, None, None),
        ("yes", None, None),
        ([], {}, None),
        (10**400, None, None),
    ],
)
def test_an_entry_says(passed, fraction, evidence):
    assert read_evidence(1, [passed], [fraction]) == [evidence]


@pytest.mark.parametrize(
    "column", [[True], [True] * 3, "ab", b"ab", 1, {True, False}, object(), tensor([True]), tensor(1)]
)
def test_a_column_of_another_length_or_kind_says_nothing_of_any_sample(column):
    assert read_evidence(2, column, None) == [None, None]


@pytest.mark.parametrize("column", [[True, False], (True, False), tensor([True, False]), tensor([1, 0])])
def test_lists_and_arrays_are_columns(column):
    assert read_evidence(2, column, None) == [PASSED, FAILED]


def test_a_useless_column_leaves_the_word_to_the_other():
    assert read_evidence(2, [True], [1.0, 0.0]) == [PASSED, FAILED]


ENTRIES = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.none())


@given(st.lists(ENTRIES), st.lists(ENTRIES))
def test_nothing_in_a_column_makes_it_raise(passed, fractions):
    evidence = read_evidence(len(passed), passed, fractions)
    assert len(evidence) == len(passed)
    assert all(each is None or 0.0 <= each.fraction <= 1.0 for each in evidence)
