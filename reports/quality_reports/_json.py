"""The report for programs, as ``quality schema`` describes it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from quality.schema import report_document

if TYPE_CHECKING:
    from quality.model import Report


class JsonRenderer:
    """Renders the document of ``quality check --format json``."""

    id = "json"
    description = "For programs: every score, contribution, finding and measure; see 'quality schema'."

    def render(self, report: Report) -> str:
        """Renders the report."""
        return json_text(report_document(report))


def json_text(document: object) -> str:
    """Writes JSON in ASCII, so that no encoding, control or bidirectional character can get in the way."""
    return json.dumps(document, indent=2, allow_nan=False) + "\n"
