"""Functions by size and cognitive complexity, on logarithmic axes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from quality_reports.html._scale import coordinate

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_WIDTH, _HEIGHT = 640, 352
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 628, 14, 296
_TICKS = (0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
_NAMES = 4
#: The largest dot, on an axis, does not reach its labels.
_LARGEST = 13.0
_LABELS = _BOTTOM + 24


@dataclass(frozen=True, slots=True)
class Dot:
    """A function.

    Attributes:
        size: LLOC.
        complexity: Cognitive complexity.
        name: For the tooltip.
        href: Link target, or empty.
        hot: Whether it is among the most expensive.
    """

    size: float
    complexity: float
    name: str
    href: str
    hot: bool


@dataclass(frozen=True, slots=True)
class _Axis:
    """Maps values from 0 to a maximum to a range of coordinates, by ln(1 + value)."""

    maximum: float
    start: float
    end: float

    def at(self, value: float) -> float:
        return self.start + (self.end - self.start) * math.log1p(value) / math.log1p(self.maximum)

    @property
    def ticks(self) -> list[int]:
        return [tick for tick in _TICKS if tick <= self.maximum]


def scatter(dots: Sequence[Dot], guides: tuple[float | None, float | None] = (None, None)) -> Markup:
    """Draws the functions. Those at one place share a dot, whose area grows with their number.

    Args:
        dots: The functions, most expensive first.
        guides: The (size, complexity) at which a unit's curve scores 0.5, where known.
    """
    if not dots:
        return Markup()
    across = _Axis(max(10.0, *(dot.size for dot in dots)), _LEFT, _RIGHT)
    up = _Axis(max(10.0, *(dot.complexity for dot in dots)), _BOTTOM, _TOP)
    places: dict[tuple[float, float], list[Dot]] = {}
    for dot in dots:
        places.setdefault((dot.size, dot.complexity), []).append(dot)
    # Hot dots come last, so that they lie on top.
    ordered = sorted(places.values(), key=lambda group: (group[0].hot, -len(group), group[0].name))
    drawn = [*_grid(across, up), *_guides(across, up, guides), *(_dot(g, across, up) for g in ordered)]
    return Markup('<svg class="scatter" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>').format(
        _WIDTH,
        _HEIGHT,
        "Functions by size and cognitive complexity; the table below lists them.",
        Markup().join(drawn),
    )


def _grid(across: _Axis, up: _Axis) -> Iterable[Markup]:
    vertical = Markup('<path class="grid" d="M{0} {1}V{2}"/><text class="mid" x="{0}" y="{3}">{4}</text>')
    for tick in across.ticks:
        yield vertical.format(coordinate(across.at(tick)), _TOP, _BOTTOM, _LABELS, tick)
    horizontal = Markup('<path class="grid" d="M{1} {0}H{2}"/><text class="end" x="{3}" y="{4}">{5}</text>')
    for tick in up.ticks:
        y = up.at(tick)
        yield horizontal.format(coordinate(y), _LEFT, _RIGHT, _LEFT - 7, coordinate(y + 4), tick)
    middle = (_LEFT + _RIGHT) // 2
    yield Markup('<text class="mid axis" x="{}" y="{}">size, LLOC</text>').format(middle, _HEIGHT - 8)
    yield Markup(
        '<text class="mid axis" transform="translate(12 {}) rotate(-90)">cognitive complexity</text>'
    ).format((_TOP + _BOTTOM) // 2)


def _guides(across: _Axis, up: _Axis, guides: tuple[float | None, float | None]) -> Iterable[Markup]:
    size, complexity = guides
    if size is not None and size <= across.maximum:
        x = coordinate(across.at(size))
        yield Markup('<path class="guide" d="M{} {}V{}"/>').format(x, _TOP, _BOTTOM)
    if complexity is not None and complexity <= up.maximum:
        y = up.at(complexity)
        yield Markup(
            '<path class="guide" d="M{1} {0}H{2}"/><text class="end" x="{2}" y="{3}">half</text>'
        ).format(coordinate(y), _LEFT, _RIGHT, coordinate(y - 4))


def _dot(group: Sequence[Dot], across: _Axis, up: _Axis) -> Markup:
    first = group[0]
    names = [dot.name for dot in group[:_NAMES]]
    if len(group) > _NAMES:
        names.append(f"and {len(group) - _NAMES} more")
    title = f"{first.size:g} LLOC, cognitive complexity {first.complexity:g}\n" + "\n".join(names)
    circle = Markup('<circle class="{}" cx="{}" cy="{}" r="{}"><title>{}</title></circle>').format(
        "hot" if first.hot else "dot",
        coordinate(across.at(first.size)),
        coordinate(up.at(first.complexity)),
        coordinate(min(_LARGEST, 3.2 + 0.9 * math.sqrt(len(group) - 1))),
        title,
    )
    if not first.href:  # its source is not on the page
        return circle
    return Markup('<a href="{}" tabindex="-1">{}</a>').format(first.href, circle)
