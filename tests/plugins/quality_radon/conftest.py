from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quality.model import AnalyzerContext, OptionValue, Source
from quality_radon import RadonAnalyzer

if TYPE_CHECKING:
    from collections.abc import Callable

Measured = dict[str, dict[str, float]]


@pytest.fixture
def measure() -> Callable[..., Measured]:
    """``measure(text, facts=True)`` → metric without its namespace → unit → value."""

    def run(text: str, **options: OptionValue) -> Measured:
        analyzer = RadonAnalyzer()
        analyzer.open(AnalyzerContext({}, options=options))
        measured: Measured = {}
        for measure in analyzer.analyze(Source(text)).measures:
            measured.setdefault(measure.metric.removeprefix("radon:"), {})[measure.scope.name] = measure.value
        return measured

    return run
