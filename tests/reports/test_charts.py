from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality_reports.html._scatter import Dot, scatter
from quality_reports.html._treemap import Box, Tile, squarify, treemap

sizes = st.lists(st.integers(1, 5000), min_size=1, max_size=60).map(
    lambda values: sorted(values, reverse=True)
)


@given(sizes)
def test_tiles_have_areas_in_proportion_and_stay_inside(values):
    boxes = squarify(values, Box(0, 0, 1000, 400))

    for value, box in zip(values, boxes, strict=True):
        assert box.width * box.height == pytest.approx(value / sum(values) * 400_000)
        assert box.x >= 0
        assert box.y >= 0
        assert box.x + box.width <= 1000.001
        assert box.y + box.height <= 400.001


@given(sizes)
def test_tiles_do_not_overlap(values):
    boxes = squarify(values, Box(0, 0, 1000, 400))

    for index, a in enumerate(boxes):
        for b in boxes[index + 1 :]:
            across = min(a.x + a.width, b.x + b.width) - max(a.x, b.x)
            down = min(a.y + a.height, b.y + b.height) - max(a.y, b.y)
            assert across < 0.001 or down < 0.001


def test_equal_tiles_are_nearly_square():
    boxes = squarify([1] * 16, Box(0, 0, 400, 400))

    assert all(box.width == pytest.approx(box.height, rel=0.35) for box in boxes)


def test_hostile_names_are_escaped_in_charts():
    name = "</title><script>x</script>"
    tiles = [Tile(size, name, name, "#f1", "g0") for size in (1, 2)]

    assert "<script>" not in treemap(tiles)
    assert "<script>" not in scatter([Dot(1, 1, name, "#f1", hot=False)])


def test_functions_at_one_place_share_a_dot():
    drawn = scatter([Dot(5, 3, f"f{number}", "#f1", hot=False) for number in range(7)])

    assert drawn.count("<circle") == 1
    assert "and 3 more" in drawn


def test_a_chart_of_nothing_is_nothing():
    assert treemap([]) == ""
    assert scatter([]) == ""


def test_a_function_whose_source_is_not_on_the_page_has_no_link():
    shown, left_out = Dot(5, 3, "f", "#f1", hot=False), Dot(7, 3, "g", "", hot=False)

    drawn = scatter([shown, left_out])

    assert drawn.count("<circle") == 2
    assert re.findall(r'href="([^"]*)"', drawn) == ["#f1"]
