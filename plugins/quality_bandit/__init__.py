"""Insecure code, as bandit sees it.

``_analyzer`` and ``_catalogue`` are the plugin. ``_checks`` prepares bandit's, ``_walk`` runs them over a tree, with calls written as
they are ``_meant``; ``_callers`` knows options that are left to those, and ``_excuses`` what is no weakness where it stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quality.plugins import hookimpl
from quality_bandit._analyzer import BanditAnalyzer
from quality_bandit._catalogue import load_rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from quality.model import Analyzer, OptionValue, Rule

__all__ = ["BanditAnalyzer", "quality_analyzers", "quality_rules"]


@hookimpl
def quality_analyzers(settings: Mapping[str, Mapping[str, OptionValue]]) -> Iterable[Analyzer]:
    """Brings the analyzer ``bandit``."""
    del settings
    return [BanditAnalyzer()]


@hookimpl
def quality_rules() -> Iterable[Rule]:
    """Brings an entry for each of bandit's tests."""
    return load_rules()
