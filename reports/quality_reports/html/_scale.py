"""Colours of grades and dimensions as classes, and numbers as words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quality.model import Profile

_GRADE_COLOURS = 5
_DIMENSION_COLOURS = 6


def grade_css(profile: Profile, grade: str | None) -> str:
    """Gives a grade its class, ``g0`` (best) to ``g4``; an unknown one has none."""
    best_first = sorted(profile.calibration.grades.items(), key=lambda entry: -entry[1])
    names = [name for name, _ in best_first]
    if grade not in names:
        return "none"
    return f"g{names.index(grade) * (_GRADE_COLOURS - 1) // max(1, len(names) - 1)}"


def dimension_css(profile: Profile, dimension: str) -> str:
    """Gives a dimension its class, ``d0`` to ``d5``, by its place in the profile."""
    names = [entry.id for entry in profile.dimensions]
    return f"d{names.index(dimension) % _DIMENSION_COLOURS}" if dimension in names else "none"


def number(value: float) -> str:
    """Writes a measure: whole numbers without decimals."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}"


def coordinate(value: float) -> str:
    """Writes an SVG coordinate with at most one decimal."""
    return f"{value:.1f}".removesuffix(".0")
