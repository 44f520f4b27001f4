"""A comparison as text and as JSON."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING

from quality.model import shortened, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quality.model import Score
    from quality.project.comparison._compare import Comparison
    from quality.project.comparison._pieces import Change
    from quality.project.comparison._then import Then
    from quality.scoring import Move

#: Causes that text names; JSON has all.
_SHOWN = 10
#: What is less would be shown as 0.0000.
_LEAST = 0.00005


def to_text(comparison: Comparison) -> str:
    """The comparison for people. Scores are shown as 0 to 100."""
    after = comparison.after
    start = comparison.then.value if comparison.then else comparison.before.value
    lines = [
        visible(f"{comparison.titles[0]} -> {comparison.titles[1]}"),
        f"score {_points(start)} -> {_points(after.value)}",
        f"  by code           {_signed(comparison.code)}",
        f"  by configuration  {_signed(comparison.configuration)}",
        f"  by tool versions  {_signed(comparison.tool_versions)}{_tools(comparison)}",
    ]
    if comparison.changes:
        was, now = comparison.touched
        lines += ["", f"{len(comparison.changes)} changed: {_points(was)} -> {_points(now)}"]
        lines += [_change(change) for change in comparison.changes]
    lines += _section("moved by code", comparison.by_code)
    lines += _section("moved by configuration", comparison.by_configuration)
    lines += _section("moved by tool versions", comparison.by_tools)
    if comparison.unmeasured:
        lines += ["", "not measured", *(f"  {visible(line)}" for line in comparison.unmeasured)]
    return "\n".join(lines) + "\n"


def to_json(comparison: Comparison) -> str:
    """The comparison for programs; scores are 0 to 1."""
    document = {
        "schema": "quality-comparison/1",
        "then": _then(comparison.then) if comparison.then else None,
        "before": _side(comparison, 0, comparison.before),
        "after": _side(comparison, 1, comparison.after),
        "difference": {
            "code": comparison.code,
            "configuration": comparison.configuration,
            "tools": comparison.tool_versions,
        },
        "tools": [{"tool": tool, "then": then, "now": now} for tool, then, now in comparison.tools],
        "changed": {
            "before": comparison.touched[0],
            "after": comparison.touched[1],
            "functions": [dataclasses.asdict(change) for change in comparison.changes],
        },
        "moved": {
            "code": [dataclasses.asdict(move) for move in comparison.by_code],
            "configuration": [dataclasses.asdict(move) for move in comparison.by_configuration],
            "tools": [dataclasses.asdict(move) for move in comparison.by_tools],
        },
        "unmeasured": list(comparison.unmeasured),
    }
    return json.dumps(document, indent=1, ensure_ascii=True, allow_nan=False) + "\n"


def _side(comparison: Comparison, side: int, score: Score) -> dict[str, object]:
    return {
        "title": comparison.titles[side],
        "score": score.value,
        "grade": score.grade,
        "dimensions": dict(score.dimensions),
        "profile": score.profile,
        "fingerprint": comparison.fingerprints[side],
    }


def _then(then: Then) -> dict[str, object]:
    return {
        "score": then.value,
        "grade": then.grade,
        "dimensions": dict(then.dimensions),
        "profile": then.profile,
        "fingerprint": then.fingerprint,
    }


def _tools(comparison: Comparison) -> str:
    """Which tools differ; one installation judges both states unless a report of then is given."""
    named = ", ".join(f"{tool} {then or '-'} -> {now or '-'}" for tool, then, now in comparison.tools)
    return f"  ({named})" if named else ""


def _change(change: Change) -> str:
    where = f"{change.path}:{change.line} " if change.path else f"line {change.line} "
    return f"  {change.kind:<7} {visible(where + shortened(change.name))}  {_points(change.before)} -> {_points(change.after)}"


def _section(title: str, found: Sequence[Move]) -> Iterator[str]:
    seen = [move for move in found if abs(move.difference) >= _LEAST]
    if seen:
        yield from ("", title)
        yield from (f"  {-move.difference:+.4f}  {move.dimension}  {move.cause}" for move in seen[:_SHOWN])
        if len(seen) > _SHOWN:
            yield f"  and {len(seen) - _SHOWN} more"


def _points(value: float | None) -> str:
    return "-" if value is None else f"{100 * value:.1f}"


def _signed(value: float | None) -> str:
    return "-" if value is None else f"{100 * value:+.1f}"
