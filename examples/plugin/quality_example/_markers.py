"""An analyzer: comments that ask for work."""

from __future__ import annotations

import re
import tokenize
from typing import TYPE_CHECKING

from quality.model import (
    MODULE_SCOPE,
    AnalyzerResult,
    Finding,
    Measure,
    Metric,
    Option,
    Rule,
    Scope,
    ScopeKind,
    Severity,
)

if TYPE_CHECKING:
    from quality.model import AnalyzerContext, Source

UNOWNED_MARKER = Rule(
    id="example:unowned-marker",
    title="A note asks for work and names nobody",
    dimension="upkeep",
    severity=Severity.NOTE,
    why="What is everybody's task is nobody's. A name or an issue number says who knows more.",
    analyzer="markers",
    effort=10,
)

MARKERS = Metric("example:markers", "Markers", "comments", direction="lower")


class MarkerAnalyzer:
    """Reports markers without an owner (``TODO(ada): …`` and ``TODO #12`` have one) and counts all of them."""

    id = "markers"
    version = "1.0.0"
    options = (Option("words", ("TODO", "FIXME", "XXX"), "Words that ask for work."),)

    def open(self, context: AnalyzerContext) -> None:
        """Compiles the pattern of the configured words."""
        words = context.options["words"]
        alternatives = "|".join(map(re.escape, words if isinstance(words, tuple) else ()))
        self._marker = re.compile(rf"#\s*(?P<word>{alternatives})\b(?P<owner>\(\w+\)|\s*:?\s*#\d+)?")
        self._rule = context.rules.get(UNOWNED_MARKER.id)

    def analyze(self, source: Source) -> AnalyzerResult:
        """Looks at every comment."""
        comments = [token for token in source.tokens if token.type == tokenize.COMMENT]
        markers = [(token, match) for token in comments if (match := self._marker.match(token.string))]
        findings = [
            Finding.of(
                self._rule,
                f"{match['word']} names nobody; write {match['word']}(name) or an issue number",
                source.location(line, column + 1, line, column + 1 + len(token.string)),
            )
            for token, match in markers
            if self._rule is not None and not match["owner"]
            for line, column in [token.start]
        ]
        module = Scope(ScopeKind.MODULE, MODULE_SCOPE, 1, len(source.lines))
        return AnalyzerResult(tuple(findings), (Measure(MARKERS.id, len(markers), module),))
