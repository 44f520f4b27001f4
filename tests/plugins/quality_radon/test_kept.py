"""What a constructor only keeps is no size."""

from __future__ import annotations

import pytest

from quality.model import Source
from quality_radon._kept import kept_parameters


@pytest.mark.parametrize(
    ("statement", "kept"),
    [
        ("self.size = size", 1),
        ("self._size: int = size", 1),
        ("self.size = size + 1", 0),
        ("self.size = SIZE", 0),
        ("self.size = self.width = size", 0),
        ("other.size = size", 0),
        ("self.other.size = size", 0),
        ("size = size", 0),
    ],
)
def test_only_a_parameter_as_it_came_is_kept(statement: str, kept: int) -> None:
    text = f"class Box:\n    def __init__(self, size, other):\n        {statement}\n"
    assert kept_parameters(Source(text).outline.units[0]) == kept


def test_only_a_constructor_keeps() -> None:
    unit = Source("class Box:\n    def resize(self, size):\n        self.size = size\n").outline.units[0]
    assert kept_parameters(unit) == 0
