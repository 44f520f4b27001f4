"""Complexity and size: radon, and what the syntax tree itself tells.

``_analyzer`` and ``_catalogue`` are the plugin. ``_units`` measures what scores are made of: ``_cognitive`` and ``_cyclomatic``
complexity, the ``_shape``, what is ``_assigned`` besides; and what is free: ``_guards``, of certain
``_guard_kinds``, told by ``_checks`` and their ``_surroundings``, and parameters that are ``_kept``. ``_facts`` and ``_raw`` are what no score uses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quality.plugins import hookimpl
from quality_radon._analyzer import RadonAnalyzer
from quality_radon._catalogue import METRICS, load_rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from quality.model import Analyzer, Metric, OptionValue, Rule

__all__ = ["RadonAnalyzer", "quality_analyzers", "quality_metrics", "quality_rules"]


@hookimpl
def quality_analyzers(settings: Mapping[str, Mapping[str, OptionValue]]) -> Iterable[Analyzer]:
    """Brings the analyzer ``radon``."""
    del settings
    return [RadonAnalyzer()]


@hookimpl
def quality_metrics() -> Iterable[Metric]:
    """Brings the metrics that the analyzer measures."""
    return METRICS


@hookimpl
def quality_rules() -> Iterable[Rule]:
    """Brings the metrics that lower a score, as causes to be explained."""
    return load_rules()
