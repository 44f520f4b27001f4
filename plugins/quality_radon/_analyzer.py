"""The analyzer ``radon``."""

from __future__ import annotations

from importlib import metadata
from itertools import chain
from typing import TYPE_CHECKING

from quality.model import AnalyzerResult, Option

if TYPE_CHECKING:
    from collections.abc import Callable

    from quality.model import AnalyzerContext, Measure, Source

_FACTS = Option(
    "facts",
    default=False,
    description="Also measure what no score uses: Halstead, raw line counts and the Maintainability Index.",
)


class RadonAnalyzer:
    """Measures the complexity and size of every unit; reports no findings.

    Before ``open`` it measures nothing; radon is imported there.
    """

    def __init__(self) -> None:
        self.id = "radon"
        self.version = " ".join(f"{name}-{metadata.version(name)}" for name in ("quality", "radon"))
        self.options: tuple[Option, ...] = (_FACTS,)
        self._measurers: tuple[Callable[[Source], list[Measure]], ...] = ()

    def open(self, context: AnalyzerContext) -> None:
        """Imports the tools."""
        from quality_radon._units import measure_units  # heavy

        self._measurers = (measure_units,)
        if context.options.get(_FACTS.name, _FACTS.default):
            from quality_radon._facts import measure_facts  # heavy

            self._measurers = (measure_units, measure_facts)

    def analyze(self, source: Source) -> AnalyzerResult:
        """Measures one source.

        Raises:
            SyntaxError: When the text does not parse.
            RecursionError: When it is nested too deeply for radon.
        """
        if not self._measurers:
            raise RuntimeError("the analyzer radon was not opened")
        return AnalyzerResult(measures=tuple(chain.from_iterable(m(source) for m in self._measurers)))
