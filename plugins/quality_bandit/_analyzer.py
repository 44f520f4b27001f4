"""The analyzer ``bandit``."""

from __future__ import annotations

import re
from importlib import metadata
from typing import TYPE_CHECKING

from quality.model import AnalyzerResult, Confidence, Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from quality.model import AnalyzerContext, Location, Option, Rule, Source
    from quality_bandit._walk import Hit

_NAMESPACE = "bandit:"
_SEVERITIES = {"LOW": Severity.NOTE, "MEDIUM": Severity.WARNING, "HIGH": Severity.ERROR}
#: The catalogue knows how much a check is worth at most.
_ORDER = (Severity.NOTE, Severity.WARNING, Severity.ERROR)
_CONFIDENCES = {"LOW": Confidence.LOW, "MEDIUM": Confidence.MEDIUM, "HIGH": Confidence.HIGH}

#: How some messages show parts of the tree; the address differs from run to run.
_NODE_IN_MESSAGE = re.compile(r"<(?:ast\.)?(\w+) object at 0x[0-9a-fA-F]+>")


class BanditAnalyzer:
    """Reports what bandit reports, ``nosec`` comments ignored; measures nothing.

    Bandit is imported, and its checks are prepared, by ``open``. Only bandit's own checks run, whatever other
    distributions bring.
    """

    def __init__(self) -> None:
        self.id = "bandit"
        self.version = " ".join(f"{name}-{metadata.version(name)}" for name in ("quality", "bandit"))
        self.options: tuple[Option, ...] = ()
        self._rules: Mapping[str, Rule] = {}
        self._find: Callable[[Source], list[Hit]] | None = None

    def open(self, context: AnalyzerContext) -> None:
        """Imports bandit and prepares the enabled checks."""
        from quality_bandit._checks import import_bandit, load_checks  # heavy

        import_bandit()
        from quality_bandit._walk import Walk  # needs bandit

        self._rules = context.rules
        enabled = {rule_id.removeprefix(_NAMESPACE) for rule_id in context.rules}
        checks = load_checks(enabled)
        self._find = lambda source: Walk(checks, doubts=not context.sealed).run(source)

    def analyze(self, source: Source) -> AnalyzerResult:
        """Checks one source.

        Raises:
            SyntaxError: When the text does not parse.
            RecursionError: When a check meets an expression that is nested too deeply.
        """
        if self._find is None:
            raise RuntimeError("the analyzer bandit was not opened")
        return AnalyzerResult(findings=tuple(self._finding(source, hit) for hit in self._find(source)))

    def _finding(self, source: Source, hit: Hit) -> Finding:
        issue = hit.issue
        rule = self._rules[_NAMESPACE + hit.id]
        return Finding.of(
            rule,
            _NODE_IN_MESSAGE.sub(r"\1", issue.text),
            _locate(source, hit),
            severity=min(_SEVERITIES[issue.severity], rule.severity, key=_ORDER.index),
            confidence=_CONFIDENCES[issue.confidence],
            cwe=issue.cwe.id or None,
        )


def _locate(source: Source, hit: Hit) -> Location:
    """Says where an issue is: its node, or the line of it that bandit names."""
    line: int | None = hit.issue.lineno
    if hit.node is None:
        return _locate_in_text(source, hit)
    whole = source.location_of(hit.node)
    if line is None or line == whole.line:
        return whole
    text = source.lines[line - 1]
    return source.location(line, len(text) - len(text.lstrip()) + 1, line, len(text) + 1)


def _locate_in_text(source: Source, hit: Hit) -> Location:
    """Turns bandit's line, which ends at more characters than Python's lines do, into a position."""
    lines_before = source.text.splitlines(keepends=True)[: hit.issue.lineno - 1]
    offset = sum(map(len, lines_before)) + hit.issue.col_offset - 1
    line = source.text.count("\n", 0, offset) + 1
    column = offset - source.text.rfind("\n", 0, offset)
    return source.location(line, column, line, column + 1)
