"""What the two charts show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quality.model import MODULE_SCOPE, visible
from quality_reports._facts import in_points
from quality_reports.html._scale import grade_css
from quality_reports.html._scatter import Dot, scatter
from quality_reports.html._treemap import Tile, treemap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from quality.model import Report, SourceReport
    from quality_reports._functions import FunctionFact
    from quality_reports.html._links import Links

_TILES = 400
_HOT = 10


def files_chart(report: Report, sources: Sequence[SourceReport], links: Links) -> Markup:
    """Draws the largest files; the small ones share a tile."""
    by_size = sorted(sources, key=lambda source: (-source.score.lloc, source.path))
    tiles = [_tile(report, source, links) for source in by_size[:_TILES] if source.score.lloc]
    rest = sum(source.score.lloc for source in by_size[_TILES:])
    if rest:
        others = f"{len(by_size) - _TILES:,} smaller files"
        tiles.append(Tile(rest, others, f"{others}, {rest:,} LLOC", "", "none"))
    return treemap(tiles)


def _tile(report: Report, source: SourceReport, links: Links) -> Tile:
    score = source.score
    path = visible(source.path)
    return Tile(
        size=score.lloc,
        label=path.rpartition("/")[2],
        title=f"{path}\n{in_points(score.value)}, grade {score.grade}, {score.lloc:,} LLOC",
        href=links.to(source.path),
        css=grade_css(report.profile, score.grade),
    )


def functions_chart(report: Report, functions: Sequence[FunctionFact], links: Links) -> Markup:
    """Draws the functions that have both measures."""
    dots = [
        Dot(
            size=function.values["lloc"],
            complexity=function.values["cognitive"],
            name=visible(f"{function.path}: {function.name}"),
            href=links.to(function.path, function.line),
            hot=index < _HOT and function.points > 0,
        )
        for index, function in enumerate(functions)
        if function.name != MODULE_SCOPE and {"lloc", "cognitive"} <= function.values.keys()
    ]
    curves = report.profile.calibration.curves
    size, complexity = curves.get("radon:lloc"), curves.get("radon:cognitive")
    return scatter(dots, (size.p50 if size else None, complexity.p50 if complexity else None))
