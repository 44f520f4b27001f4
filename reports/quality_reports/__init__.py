"""The report formats. Each is a renderer; what it needs is imported when it renders.

A file each: ``_text``, ``_json``, ``_markdown``, ``_sarif`` (its rules in ``_sarif_rules``), ``_github``, ``_gitlab``, ``_junit`` and
``_sonarqube``; ``html`` is a package. What they say, made once for all: ``_facts``, ``_functions``, ``_evidence``, ``_advice``,
``_lesson`` (of a rule) and findings ``_folded`` into one. For the terminal alone: ``_excerpt`` and ``_segments``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quality.plugins import hookimpl
from quality_reports._github import GithubRenderer
from quality_reports._gitlab import GitlabRenderer
from quality_reports._json import JsonRenderer
from quality_reports._junit import JunitRenderer
from quality_reports._markdown import MarkdownRenderer
from quality_reports._sarif import SarifRenderer
from quality_reports._sonarqube import SonarqubeRenderer
from quality_reports._text import TextRenderer
from quality_reports.html import HtmlRenderer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quality.model import Renderer

__all__ = [
    "GithubRenderer",
    "GitlabRenderer",
    "HtmlRenderer",
    "JsonRenderer",
    "JunitRenderer",
    "MarkdownRenderer",
    "SarifRenderer",
    "SonarqubeRenderer",
    "TextRenderer",
    "quality_renderers",
]


@hookimpl
def quality_renderers() -> Iterable[Renderer]:
    """The formats of this package."""
    return (
        GithubRenderer(),
        GitlabRenderer(),
        HtmlRenderer(),
        JsonRenderer(),
        JunitRenderer(),
        MarkdownRenderer(),
        SarifRenderer(),
        SonarqubeRenderer(),
        TextRenderer(),
    )
