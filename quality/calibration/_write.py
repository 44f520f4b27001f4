"""A table as text: as JSON for profiles, and in a few lines for people."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from quality.model import counted

if TYPE_CHECKING:
    from collections.abc import Mapping

#: An object or list without another one in it.
_FLAT = re.compile(r"\{[^{}\[\]]*\}|\[[^{}\[\]]*\]")
#: A larger distance means that other projects differ from the corpus.
AIM = 0.05


def to_json(table: Mapping[str, object]) -> str:
    """Writes a table; what holds nothing but plain values stands in one line."""
    return _FLAT.sub(lambda flat: re.sub(r"\n\s*", " ", flat[0]), json.dumps(table, indent=2)) + "\n"


def to_summary(table: Mapping[str, Any]) -> str:
    """Says what the table rests on, and how well it tells of projects that are not in its corpus."""
    corpus = table["facts"]["corpus"]
    sources, functions, refused = (
        sum(each[key] for each in corpus) for key in ("files", "functions", "refused")
    )
    lines = [
        f"{table['name']}: {counted(len(corpus), 'project')}, {sources} sources, {functions} functions, {refused} not used",
        f"left-out projects against the others, Kolmogorov-Smirnov distance (should be at most {AIM:g}):",
        f"  {'metric':<20} {'all functions':>14} {'same size':>10}",
    ]
    for metric, fit in table["fit"].items():
        lines.append(f"  {metric:<20} {_figure(fit['reference']):>14} {_figure(fit['peers']):>10}")
    if not table["fit"]:
        lines.append("  not measured: it takes ten projects")
    return "\n".join(lines)


def _figure(distance: float | None) -> str:
    if distance is None:
        return "-"
    return f"{distance:.3f}{'!' if distance > AIM else ''}"
