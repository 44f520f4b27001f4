"""A renderer: findings as comma-separated values."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quality.model import Report

_HEAD = ("path", "line", "column", "rule", "severity", "message")


class CsvRenderer:
    """One line per finding."""

    id = "csv"
    description = "Findings as comma-separated values."

    def render(self, report: Report) -> str:
        """The head and a line per finding, in the order of the report."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(_HEAD)
        for source in report.sources:
            for finding in source.score.findings:
                where = (source.path, finding.location.line, finding.location.column)
                said = (finding.rule_id, finding.severity.value, finding.message)
                writer.writerow(map(_harmless, (*where, *said)))
        return text.getvalue()


def _harmless(cell: object) -> str:
    """Sources are hostile: no control characters, and nothing that a spreadsheet takes for a formula."""
    text = "".join(character if character.isprintable() else " " for character in str(cell))
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text
