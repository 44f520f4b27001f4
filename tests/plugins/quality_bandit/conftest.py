from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quality.model import AnalyzerContext, Finding, Source
from quality_bandit import BanditAnalyzer, quality_rules

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture(scope="session")
def analyzer() -> BanditAnalyzer:
    """With every rule enabled."""
    opened = BanditAnalyzer()
    opened.open(AnalyzerContext({rule.id: rule for rule in quality_rules()}))
    return opened


@pytest.fixture
def check(analyzer: BanditAnalyzer) -> Callable[[str], list[Finding]]:
    """``check(text)`` → findings in their order."""

    def run(text: str) -> list[Finding]:
        return sorted(analyzer.analyze(Source(text)).findings, key=lambda finding: finding.order)

    return run
