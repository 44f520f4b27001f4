"""An example plugin. This module holds the hooks; it imports nothing heavy."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from quality import hookimpl
from quality.profiles import load_profile
from quality.rules import catalogue
from quality_example._csv import CsvRenderer
from quality_example._encoding import OpenWithoutEncoding
from quality_example._markers import MARKERS, UNOWNED_MARKER, MarkerAnalyzer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quality.model import Analyzer, Metric, Profile, Renderer, Rule

__all__ = [
    "quality_analyzers",
    "quality_metrics",
    "quality_profiles",
    "quality_renderers",
    "quality_rules",
]


@hookimpl
def quality_analyzers() -> Iterable[Analyzer]:
    """Brings the analyzer of markers."""
    return [MarkerAnalyzer()]


@hookimpl
def quality_rules() -> Iterable[Rule]:
    """Brings the analyzer's rule, and one that the host's own walk runs."""
    return [UNOWNED_MARKER, *catalogue([OpenWithoutEncoding], "example")]


@hookimpl
def quality_metrics() -> Iterable[Metric]:
    """Brings the number of markers."""
    return [MARKERS]


@hookimpl
def quality_renderers() -> Iterable[Renderer]:
    """Brings ``--format csv``."""
    return [CsvRenderer()]


@hookimpl
def quality_profiles() -> Iterable[Profile]:
    """Brings ``--profile example``."""
    return [load_profile(str(Path(__file__).with_name("example.toml")))]
