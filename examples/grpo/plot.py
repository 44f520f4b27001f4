"""Draws the curves of train.py: python examples/grpo/plot.py clean.jsonl attacked.jsonl -o curves.svg."""

from __future__ import annotations

import argparse
import json
import statistics
from pathlib import Path
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
from matplotlib.figure import Figure

if TYPE_CHECKING:
    from collections.abc import Callable

_RUNS = {"tests": ("#777777", "tests alone"), "quality": ("#1f77b4", "tests and quality")}
_ATTACKS = ("suppression", "padding", "stub")
#: Batches that a point of a curve is the mean of.
_SMOOTH = 8


def main() -> None:
    """Reads the files of one kind of run each, and draws them."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("files", type=Path, nargs="+", metavar="FILE.jsonl")
    options.add_argument("-o", "--output", type=Path, required=True)
    arguments = options.parse_args()
    lines = [json.loads(line) for file in arguments.files for line in file.read_text("utf-8").splitlines()]
    batches = [line for line in lines if line.get("batch")]
    plain = [line for line in batches if not line["attacked"]]
    attacked = [line for line in batches if line["attacked"]]
    panels: list[tuple[str, list[dict[str, Any]], Callable[[dict[str, Any]], float | None]]] = [
        ("pass rate", plain, lambda line: line["pass_rate"]),
        ("quality of what passes", plain, lambda line: line["quality"]),
        ("attacked: pass rate", attacked, lambda line: line["pass_rate"]),
        ("attacked: quality of what passes", attacked, lambda line: line["quality"]),
        (
            "attacked: share of attacks",
            attacked,
            lambda line: sum(line["attacks"][name] for name in _ATTACKS),
        ),
    ]
    shown = [panel for panel in panels if panel[1]]
    mpl.rcParams.update({"svg.hashsalt": "quality", "svg.fonttype": "none", "font.size": 9})
    figure = Figure(figsize=(3 * len(shown), 3), layout="constrained")
    for place, (title, part, value) in zip(
        figure.subplots(1, len(shown), squeeze=False)[0], shown, strict=True
    ):
        _curves(place, part, value)
        place.set_title(title, fontsize=10)
        place.set_xlabel("step")
        place.set_ylim(0.0, 1.02 if "share" not in title else None)
    figure.legend(*figure.axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=len(_RUNS))
    dated = {"metadata": {"Date": None}} if arguments.output.suffix == ".svg" else {}
    figure.savefig(arguments.output, dpi=130, **dated)


def _curves(place: Any, lines: list[dict[str, Any]], value: Callable[[dict[str, Any]], float | None]) -> None:
    """A thin line for each seed, and a thick one for their mean."""
    for run, (colour, label) in _RUNS.items():
        seeds = [_smooth(lines, run, seed, value) for seed in sorted({line["seed"] for line in lines})]
        for curve in seeds:
            place.plot(range(1, len(curve) + 1), curve, color=colour, linewidth=0.7, alpha=0.5)
        mean = [statistics.fmean(points) for points in zip(*seeds, strict=False)]
        place.plot(range(1, len(mean) + 1), mean, color=colour, linewidth=2.0, label=label)


def _smooth(
    lines: list[dict[str, Any]], run: str, seed: int, value: Callable[[dict[str, Any]], float | None]
) -> list[float]:
    found = [value(line) for line in lines if line["run"] == run and line["seed"] == seed]
    known = [0.0 if point is None else point for point in found]
    return [statistics.fmean(known[max(0, end - _SMOOTH) : end]) for end in range(1, len(known) + 1)]


if __name__ == "__main__":
    main()
