"""The analyzer that runs the rules of this project and of third parties, all in one walk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quality.plugins import hookimpl
from quality_libcst._analyzer import LibcstAnalyzer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quality.model import Analyzer

__all__ = ["LibcstAnalyzer", "quality_analyzers"]


@hookimpl
def quality_analyzers() -> Iterable[Analyzer]:
    """Brings the analyzer."""
    return [LibcstAnalyzer()]
