"""Curves, units, and how units combine."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from quality_fakes import METRIC, SIZE, analysis, profile, unit

from quality.model import Calibration, Curve, Measure, Scope, ScopeKind
from quality.scoring import curve, unit_scores
from quality.scoring._units import UNIT_FLOOR

PROFILE = profile()
ANCHORS = st.tuples(st.floats(0, 100), st.floats(0.1, 1_000)).filter(lambda pair: pair[0] + 0.05 < pair[1])


def scores(*units):
    return unit_scores([analysis(units=units)], PROFILE)


@given(ANCHORS)
def test_the_curve_goes_through_its_anchors(anchors: tuple[float, float]) -> None:
    p90, p50 = anchors
    assert curve(p90, p90, p50) == pytest.approx(0.9)
    assert curve(p50, p90, p50) == pytest.approx(0.5)


@given(ANCHORS, st.floats(0, 10_000), st.floats(0, 10_000))
def test_the_curve_falls_and_stays_between_one_and_zero(
    anchors: tuple[float, float], one: float, other: float
) -> None:
    low, high = sorted((one, other))
    assert 1 >= curve(low, *anchors) >= curve(high, *anchors) >= 0


def test_the_least_that_a_metric_can_be_loses_nothing() -> None:
    (score,) = scores(unit("f", complexity=0, lloc=5))
    assert (score.value, score.weight) == (1.0, 3.0)
    assert scores(unit("f", complexity=0.01, lloc=5))[0].value < 1


def test_no_unit_scores_below_the_floor() -> None:
    assert scores(unit("f", complexity=1e6))[0].value == UNIT_FLOOR


def test_trivial_units_weigh_nearly_nothing() -> None:
    assert scores(unit("f", lloc=2))[0].weight == 0.25


@pytest.mark.parametrize(
    ("complexity", "lloc", "weight"),
    [(0, 2, 0.0), (9, 2, 2.0), (0, 3, 3.0)],
)
def test_where_units_are_counted_one_plain_statement_with_a_name_is_free(
    complexity: float, lloc: int, weight: float
) -> None:
    counted = profile(volume=8)
    (score,) = unit_scores([analysis(units=[unit("f", complexity=complexity, lloc=lloc)])], counted)
    assert score.weight == weight


def test_units_with_identical_bodies_count_once() -> None:
    twins = [unit(name, line=line, digest="same") for name, line in (("a", 1), ("b", 9))]
    assert [score.scope.name for score in scores(*twins)] == ["a"]


def test_units_without_a_digest_all_count() -> None:
    assert len(scores(unit("a"), unit("b", line=9))) == 2


def test_a_unit_that_lacks_a_measure_is_no_unit() -> None:
    lonely = [Measure(METRIC, 3, Scope(ScopeKind.FUNCTION, "f", 1, 2))]
    assert scores(lonely) == ()


def test_an_empty_unit_is_no_unit() -> None:
    assert scores(unit("<module>", lloc=0)) == ()


@given(st.floats(0, 500), st.integers(1, 500))
def test_the_shares_of_a_units_loss_sum_to_one(complexity: float, lloc: int) -> None:
    (score,) = scores(unit("f", complexity=complexity, lloc=lloc))
    assert sum(score.shares.values()) == pytest.approx(1)


def test_shares_are_shared_by_exponent_where_nothing_is_lost() -> None:
    """Curves so steep that a good value is exactly 1."""
    steep = Calibration(
        "steep", "0", {METRIC: Curve(98, 99, 0.75), SIZE: Curve(998, 999, 0.25)}, {}, {}, {}, {"A": 0.9}
    )
    (score,) = unit_scores([analysis(units=[unit("f")])], profile(calibration=steep))
    assert score.value == 1.0
    assert score.shares == {METRIC: 0.75, SIZE: 0.25}
