"""Links within the page, only to what the page shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quality.model import Report
    from quality_reports.html._sources import Shown


class Links:
    """Makes links and remembers which lines need an anchor.

    Args:
        report: The report.
        shown: What the page shows of its sources.
        rules: Rule → HTML id of what the page says of it.
    """

    def __init__(self, report: Report, shown: Shown, rules: Mapping[str, str]) -> None:
        self.rules = rules
        self.ids = {source.path: f"f{index}" for index, source in enumerate(report.sources, start=1)}
        self._shown = shown
        self._anchors: dict[str, set[int]] = {}

    def to(self, path: str, line: int = 0) -> str:
        """Links to a line of a source, or to the source; empty when the page does not show it."""
        if path in self._shown.whole and line:
            self._anchors.setdefault(path, set()).add(line)
            return f"#{self.ids[path]}-{line}"
        if path in self._shown.whole or path in self._shown.parts:
            return f"#{self.ids[path]}"
        return ""

    def to_rule(self, rule: str) -> str:
        """Links to what a rule means; empty for one that the catalogue does not have."""
        return f"#{self.rules[rule]}" if rule in self.rules else ""

    def anchors(self, path: str) -> frozenset[int]:
        """The lines of a source that were linked to."""
        return frozenset(self._anchors.get(path, ()))
