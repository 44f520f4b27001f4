"""The analyzer: pylint's messages as findings."""

from __future__ import annotations

import importlib.metadata
import threading
from typing import TYPE_CHECKING

from quality.model import AnalyzerResult, Confidence, Finding, Option, Severity

if TYPE_CHECKING:
    from quality.model import AnalyzerContext, Location, Rule, Source
    from quality_pylint._linter import Linter, Message

#: astroid's state is one per process.
_LOCK = threading.Lock()
#: Whether a text stands alone.
_STANDALONE = Option(
    "standalone",
    default=False,
    description="No other file may give a class or module what it lacks: whatever pylint misses counts with its own confidence.",
)


class PylintAnalyzer:
    """Runs pylint's checkers on one text after the other, in this process.

    No configuration is read, no pragma counts, nothing is imported or written, and the only modules that a
    text's imports lead to are those of the standard library, so findings depend on the text, the Python
    version and the versions of pylint and astroid alone.
    """

    id = "pylint"
    options: tuple[Option, ...] = (_STANDALONE,)

    def __init__(self) -> None:
        tools = " ".join(f"{name} {importlib.metadata.version(name)}" for name in ("pylint", "astroid"))
        self.version = f"1 ({tools})"
        self._rules: dict[str, Rule] = {}
        self._standalone = False
        self._sealed = True
        self._linter: Linter | None = None

    def open(self, context: AnalyzerContext) -> None:
        """Imports pylint and prepares the checkers that the enabled rules need."""
        self._rules = {rule_id.partition(":")[2]: rule for rule_id, rule in context.rules.items()}
        self._standalone = bool(context.options.get(_STANDALONE.name, _STANDALONE.default))
        self._sealed = context.sealed
        with _LOCK:
            self._linter = self._start()

    def analyze(self, source: Source) -> AnalyzerResult:
        """Lints one source.

        Raises:
            Exception: pylint or astroid crashed. The next source gets new checkers.
        """
        with _LOCK:
            linter, self._linter = self._linter or self._start(), None
            messages = linter.check(source)
            self._linter = linter  # not reached after a crash: checkers left in mid-walk report nonsense
        return AnalyzerResult(tuple(self._finding(message, source) for message in messages))

    def _start(self) -> Linter:
        from quality_pylint._linter import Linter  # imports pylint

        return Linter(self._rules, standalone=self._standalone, sealed=self._sealed)

    def _finding(self, message: Message, source: Source) -> Finding:
        confidence = Confidence.LOW if message.unsure or message.slight else None
        severity = Severity.NOTE if message.slight else None
        place = _location(message, source)
        rule = self._rules[message.symbol]
        return Finding.of(rule, message.text, place, severity=severity, confidence=confidence)


def _location(message: Message, source: Source) -> Location:
    def column(line: int, offset: int) -> int:
        return source.column(line, offset) if message.in_bytes else offset + 1

    start = column(message.line, message.column)
    if message.end_line is None or message.end_column is None:
        return source.location(message.line, start, message.line, start)
    return source.location(
        message.line, start, message.end_line, column(message.end_line, message.end_column)
    )
