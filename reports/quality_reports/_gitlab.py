"""GitLab's Code Quality report.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from quality.model import Severity, visible
from quality_reports._facts import reason_of, unmeasured
from quality_reports._json import json_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality.model import Report

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "major", Severity.NOTE: "minor"}


class GitlabRenderer:
    """Renders the findings that count, and sources without a number as blockers."""

    id = "gitlab"
    description = "Code Quality report for GitLab merge requests."

    def render(self, report: Report) -> str:
        """Renders the report."""
        seen: dict[str, int] = {}
        return json_text(
            [
                {
                    "description": visible(description),
                    "check_name": rule,
                    "fingerprint": _unique(fingerprint or f"{path}\n{rule}\n{description}", seen),
                    "severity": severity,
                    "location": {"path": path, "lines": {"begin": begin, "end": end}},
                }
                for path, rule, description, severity, begin, end, fingerprint in _entries(report)
            ]
        )


def _entries(report: Report) -> Iterator[tuple[str, str, str, str, int, int, str]]:
    for source, remedy in unmeasured(report):
        text = f"Not measured ({reason_of(source.score)}). {remedy}"
        yield source.path, "quality:not-measured", text, "blocker", 1, 1, ""
    for source in report.sources:
        for finding in source.score.findings:
            if not finding.suppressed:
                where = finding.location
                severity = _SEVERITIES[finding.severity]
                yield (
                    source.path,
                    finding.rule_id,
                    finding.message,
                    severity,
                    where.line,
                    where.end_line,
                    f"{source.path}\n{finding.fingerprint}" if finding.fingerprint else "",
                )


def _unique(identity: str, seen: dict[str, int]) -> str:
    """Digests an identity; its repetitions get digests of their own, since GitLab drops equal ones."""
    number = seen[identity] = seen.get(identity, 0) + 1
    return hashlib.sha256(f"{identity}\n{number}".encode("utf-8", "backslashreplace")).hexdigest()
