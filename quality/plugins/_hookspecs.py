"""The hooks. They declare; the host calls what they return, each object inside a guard of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pluggy

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from quality.model import Analysis, Analyzer, Metric, OptionValue, Profile, Renderer, Rule, Score
    from quality.rules import Fix

#: Name of the pluggy project and of the entry-point group.
PROJECT = "quality"

#: Marks a function of a plugin as an implementation of a hook.
hookimpl = pluggy.HookimplMarker(PROJECT)
hookspec = pluggy.HookspecMarker(PROJECT)


@hookspec
def quality_analyzers(settings: Mapping[str, Mapping[str, OptionValue]]) -> Iterable[Analyzer]:  # type: ignore[empty-body]
    """Analyzers of this plugin. Called once; must not import the tools."""


@hookspec
def quality_rules() -> Iterable[Rule]:  # type: ignore[empty-body]
    """Catalogue entries: every rule that an analyzer of this plugin, or another, may report."""


@hookspec
def quality_fixes() -> Iterable[Fix]:  # type: ignore[empty-body]
    """Fixes of rules' findings. Called when fixes are asked for, so it may import the tools."""


@hookspec
def quality_metrics() -> Iterable[Metric]:  # type: ignore[empty-body]
    """Definitions of the metrics that analyzers of this plugin measure."""


@hookspec
def quality_profiles() -> Iterable[Profile]:  # type: ignore[empty-body]
    """Profiles of this plugin, with dimensions of their own if they like."""


@hookspec
def quality_renderers() -> Iterable[Renderer]:  # type: ignore[empty-body]
    """Report formats."""


@hookspec
def quality_configure(settings: Mapping[str, Mapping[str, OptionValue]]) -> None:
    """Told once what the user set, before any other hook is called."""


@hookspec(firstresult=True)
def quality_score(analysis: Analysis, profile: Profile) -> Score | None:
    """Judges an analysis, or returns None to leave it to the next. Only for a plugin's own profiles."""


@hookspec
def quality_analysis_finished(analysis: Analysis, score: Score) -> None:
    """Observes. What it returns or raises changes nothing but a warning."""
