"""Files as a squarified treemap (Bruls, Huizing, van Wijk: Squarified Treemaps, 2000)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from quality_reports.html._scale import coordinate

if TYPE_CHECKING:
    from collections.abc import Sequence

_WIDTH, _HEIGHT = 1000.0, 380.0
_LABEL_HEIGHT = 22.0
_CHARACTER = 7.4
#: A label of which less is left tells nothing.
_FEWEST = 6


@dataclass(frozen=True, slots=True)
class Tile:
    """A file in the treemap.

    Attributes:
        size: Its area's share; positive.
        label: Text inside, where it fits.
        title: Tooltip.
        href: Link target, or empty.
        css: Colour class.
    """

    size: float
    label: str
    title: str
    href: str
    css: str


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float


def treemap(tiles: Sequence[Tile]) -> Markup:
    """Draws the tiles, largest first; a single one would say nothing."""
    if len(tiles) < 2:  # noqa: PLR2004 - see above
        return Markup()
    ordered = sorted(tiles, key=lambda tile: (-tile.size, tile.title))
    boxes = squarify([tile.size for tile in ordered], Box(0, 0, _WIDTH, _HEIGHT))
    drawn = Markup().join(_draw(tile, box) for tile, box in zip(ordered, boxes, strict=True))
    return Markup('<svg class="treemap" viewBox="0 0 1000 380" role="img" aria-label="{}">{}</svg>').format(
        "Files by size, coloured by grade; the table below lists the same files.", drawn
    )


def _draw(tile: Tile, box: Box) -> Markup:
    label = Markup()
    room = int((box.width - 12) / _CHARACTER)
    if box.height >= _LABEL_HEIGHT and room >= min(_FEWEST, len(tile.label)):
        shown = tile.label if len(tile.label) <= room else f"{tile.label[: room - 1]}…"
        label = Markup('<text x="{}" y="{}">{}</text>').format(
            coordinate(box.x + 6), coordinate(box.y + 16), shown
        )
    drawn = Markup(
        '<g class="{}"><rect x="{}" y="{}" width="{}" height="{}"/>{}<title>{}</title></g>'
    ).format(
        tile.css,
        coordinate(box.x),
        coordinate(box.y),
        coordinate(box.width),
        coordinate(box.height),
        label,
        tile.title,
    )
    return Markup('<a href="{}" tabindex="-1">{}</a>').format(tile.href, drawn) if tile.href else drawn


def squarify(sizes: Sequence[float], box: Box) -> list[Box]:
    """Divides a box into rectangles of areas proportional to the sizes, as square as they get.

    Args:
        sizes: Positive numbers, largest first.
        box: What to divide.
    """
    scale = box.width * box.height / sum(sizes)
    areas = [size * scale for size in sizes]
    boxes: list[Box] = []
    while areas:
        side = min(box.width, box.height)
        count = 1
        while count < len(areas) and _worst(areas[: count + 1], side) <= _worst(areas[:count], side):
            count += 1
        row, areas = areas[:count], areas[count:]
        placed, box = _place(row, box)
        boxes += placed
    return boxes


def _worst(row: Sequence[float], side: float) -> float:
    """The most elongated aspect ratio of a row laid along a side."""
    total = sum(row)
    squares = side * side / (total * total)
    return max(max(row) * squares, 1 / (min(row) * squares)) if total else 0.0


def _place(row: Sequence[float], box: Box) -> tuple[list[Box], Box]:
    """Lays a row along the shorter side; returns its rectangles and what is left."""
    total = sum(row)
    placed: list[Box] = []
    if box.width >= box.height:
        width = total / box.height if box.height else 0.0
        top = box.y
        for area in row:
            height = area / width if width else 0.0
            placed.append(Box(box.x, top, width, height))
            top += height
        return placed, Box(box.x + width, box.y, max(0.0, box.width - width), box.height)
    height = total / box.width if box.width else 0.0
    left = box.x
    for area in row:
        width = area / height if height else 0.0
        placed.append(Box(left, box.y, width, height))
        left += width
    return placed, Box(box.x, box.y + height, box.width, max(0.0, box.height - height))
