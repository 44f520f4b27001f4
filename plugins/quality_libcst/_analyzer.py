"""Rules on the trees of a source."""

from __future__ import annotations

import importlib.metadata
from typing import TYPE_CHECKING

from quality.rules import ANALYZER, RuleRunner

if TYPE_CHECKING:
    from quality.model import AnalyzerContext, AnalyzerResult, Option, Source
    from quality.rules import RuleTiming


class LibcstAnalyzer:
    """Runs the enabled rules, whoever brought them.

    A rule that raises is named in the result's failures and costs that rule only. libcst is imported only
    when an enabled rule asks for a concrete tree.

    Args:
        timed: Measure time and hits per rule.
    """

    id = ANALYZER

    def __init__(self, *, timed: bool = False) -> None:
        versions = [f"{name} {importlib.metadata.version(name)}" for name in ("quality", "libcst")]
        self.version = ", ".join(versions)
        self.options: tuple[Option, ...] = ()
        self._timed = timed
        self._runner = RuleRunner([])

    def open(self, context: AnalyzerContext) -> None:
        """Prepares the walk of the rules that are enabled."""
        self._runner = RuleRunner(
            context.rules.values(), context.rule_options, timed=self._timed, analyzer=self.id
        )

    def analyze(self, source: Source) -> AnalyzerResult:
        """Runs the rules over one source."""
        return self._runner.run(source)

    def timings(self) -> tuple[RuleTiming, ...]:
        """Time and hits per rule since ``open``; zeros unless ``timed``."""
        return self._runner.timings()
