"""The definitions of the metrics, and the catalogue entries of those that lower scores."""

from __future__ import annotations

import tomllib
from importlib import resources

from quality.model import Metric, Rule, Severity

METRICS = (
    Metric("radon:cognitive", "Cognitive complexity", "points", "lower"),
    Metric("radon:cyclomatic", "Cyclomatic complexity", "paths", "lower", minimum=1),
    Metric("radon:lloc", "Size", "statements", "lower"),
    Metric("radon:nesting", "Nesting", "levels", "lower"),
    Metric("radon:guard-cognitive", "Cognitive complexity of free guards", "points"),
    Metric("radon:guard-lloc", "Size of free guards and of kept parameters", "statements"),
    Metric("radon:choices", "Choices of a value", "statements"),
    Metric("radon:parameters", "Parameters", "parameters", "lower"),
    Metric("radon:halstead-volume", "Halstead volume", "bits"),
    Metric("radon:halstead-difficulty", "Halstead difficulty", "points"),
    Metric("radon:halstead-effort", "Halstead effort", "points"),
    Metric("radon:loc", "Lines", "lines"),
    Metric("radon:sloc", "Lines with code", "lines"),
    Metric("radon:raw-lloc", "Logical lines as radon counts them", "lines"),
    Metric("radon:comments", "Comments", "comments"),
    Metric("radon:multi", "Lines of multi-line strings", "lines"),
    Metric("radon:blank", "Blank lines", "lines"),
    Metric("radon:maintainability-index", "Maintainability Index without comments", "points", maximum=100),
)


def load_rules() -> list[Rule]:
    """Reads the catalogue that is part of this package, sorted by id."""
    text = resources.files("quality_radon").joinpath("catalogue.toml").read_text(encoding="utf-8")
    return [
        Rule(
            id=f"radon:{name}",
            title=entry["title"],
            dimension="complexity",
            severity=Severity.WARNING,
            why=entry["why"],
            analyzer="radon",
            effort=entry["effort"],
            equivalents=tuple(entry["equivalents"]),
            documentation=entry["documentation"],
        )
        for name, entry in sorted(tomllib.loads(text).items())
    ]
