"""The spread among functions of one size, and distances of projects that were left out."""

from __future__ import annotations

import math
import random

import pytest

from quality.calibration._fit import distance, fit
from quality.calibration._peers import fit_peers, pooled
from quality.model import Peers

TRUE = Peers(intercept=-1.2, slope=1.15, sigma=0.5)


def drawn(rng: random.Random, count: int, peers: Peers = TRUE) -> list[dict[str, float]]:
    units = []
    for _ in range(count):
        size = rng.randint(2, 60)
        hidden = math.exp(rng.gauss(peers.intercept + peers.slope * math.log(size), peers.sigma))
        units.append({"size": size, "metric": max(0, math.floor(hidden - 0.5))})
    return units


def test_the_fit_finds_the_spread_that_the_values_were_drawn_from():
    rng = random.Random(1)
    found = fit_peers(pooled([drawn(rng, 4000)], "metric", "size"))
    assert found.intercept == pytest.approx(TRUE.intercept, abs=0.1)
    assert found.slope == pytest.approx(TRUE.slope, abs=0.04)
    assert found.sigma == pytest.approx(TRUE.sigma, abs=0.03)


def test_values_or_sizes_that_do_not_differ_have_no_spread():
    assert fit_peers({(1, 5): 1.0, (1, 9): 1.0}) is None
    assert fit_peers({(1, 5): 1.0, (2, 5): 1.0}) is None


def test_a_metric_that_begins_above_zero_keeps_its_least_value():
    rng = random.Random(2)
    units = [{**unit, "metric": unit["metric"] + 1} for unit in drawn(rng, 500)]
    assert fit_peers(pooled([units], "metric", "size")).least == 1


def test_projects_drawn_alike_are_near_and_a_project_drawn_otherwise_is_far():
    rng = random.Random(3)
    alike = [drawn(rng, 300) for _ in range(10)]
    spread = fit_peers(pooled(alike, "metric", "size"))
    near = fit(alike, "metric", "size", spread)
    assert near.reference < 0.06
    assert near.peers < 0.05
    other = Peers(TRUE.intercept + 1.0, TRUE.slope, TRUE.sigma)
    half = [*alike[:5], *(drawn(rng, 300, other) for _ in range(5))]
    # Every fifth project is left out: alike and other ones together, so only the spread of both is wrong.
    mixed = sorted(half, key=lambda units: units[0]["metric"] % 3)
    far = fit(mixed, "metric", "size", fit_peers(pooled(mixed, "metric", "size")))
    assert far.peers > near.peers


def test_fewer_than_ten_projects_tell_nothing():
    assert fit([drawn(random.Random(4), 50)] * 9, "metric", "size", None) is None


def test_even_percentiles_are_no_distance_and_equal_ones_are_the_largest():
    values = {(value, 1.0): 1.0 for value in range(10)}
    assert distance(values, lambda value, _: (value + 1) / 10) == pytest.approx(0, abs=1e-9)
    assert distance(values, lambda *_: 1.0) > 0.9


@pytest.mark.parametrize("size", [1, 7, 300])
def test_a_percentile_rises_with_the_value_and_falls_with_the_size(size):
    shares = [TRUE.percentile(value, size) for value in range(40)]
    assert shares == sorted(shares)
    assert all(0 <= share <= 1 for share in shares)
    assert TRUE.percentile(3, size + 1) < TRUE.percentile(3, size)
    assert TRUE.percentile(-1, size) == 0
