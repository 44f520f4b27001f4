"""SARIF 2.1.0 within the limits of GitHub code scanning.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html and
https://docs.github.com/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import quote

from quality.model import visible
from quality_reports._facts import SEVERITIES, reason_of, unmeasured
from quality_reports._json import json_text
from quality_reports._sarif_rules import RANKS, descriptor, limited

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quality.model import Finding, Location, Report

#: GitHub refuses a run with more; it shows the first 5,000, the most severe first.
RESULTS = 25_000

_BASE = "SRCROOT"
_NOTIFICATIONS = {
    "not-measured": "A source has no score.",
    "analyzer-failure": "An analyzer did not finish a source.",
    "results-left-out": "There are more findings than a run may hold.",
}


class SarifRenderer:
    """Renders one run. Suppressed findings are results with a suppression."""

    id = "sarif"
    description = "SARIF 2.1.0 for code scanning services and editors."

    def render(self, report: Report) -> str:
        """Renders the report."""
        found = [(source.path, finding) for source in report.sources for finding in source.score.findings]
        kept = _worst(found)
        rules = sorted({finding.rule_id: finding for _, finding in kept}.items())
        index = {rule: position for position, (rule, _) in enumerate(rules)}
        run = {
            "tool": {
                "driver": {
                    "name": "quality",
                    "version": report.versions.get("quality", "unknown"),
                    "rules": [descriptor(finding, report.rules.get(rule)) for rule, finding in rules],
                    "notifications": [
                        {"id": name, "shortDescription": {"text": text}}
                        for name, text in _NOTIFICATIONS.items()
                    ],
                }
            },
            "automationDetails": {"id": f"quality/{report.profile.name}/"},
            "invocations": [
                {
                    "executionSuccessful": not unmeasured(report),
                    "toolExecutionNotifications": _notifications(report, len(found) - len(kept)),
                }
            ],
            "originalUriBaseIds": {
                _BASE: {"description": {"text": "The folder from which the paths of the report are seen."}}
            },
            "columnKind": "unicodeCodePoints",
            "results": _results(kept, index),
            "properties": {
                "score": report.total.value,
                "grade": report.total.grade,
                "profile": report.profile.name,
                "fingerprint": report.total.fingerprint,
            },
        }
        return json_text(
            {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
        )


def _worst(found: list[tuple[str, Finding]]) -> list[tuple[str, Finding]]:
    """Keeps what a run may hold: live findings first, then by severity; in the order of the report."""

    def priority(index: int) -> tuple[bool, int, int]:
        finding = found[index][1]
        return (finding.suppressed, SEVERITIES.index(finding.severity), index)

    kept = sorted(range(len(found)), key=priority)[:RESULTS]
    return [found[index] for index in sorted(kept)]


def _results(kept: Iterable[tuple[str, Finding]], index: dict[str, int]) -> list[dict[str, object]]:
    seen: Counter[str] = Counter()
    results: list[dict[str, object]] = []
    for path, finding in kept:
        identity = f"{path}\n{finding.fingerprint}"
        seen[identity] += 1
        results.append(_result(path, finding, index[finding.rule_id], seen[identity]))
    return results


def _result(path: str, finding: Finding, rule: int, occurrence: int) -> dict[str, object]:
    result: dict[str, object] = {
        "ruleId": finding.rule_id,
        "ruleIndex": rule,
        "level": str(finding.severity),
        "rank": RANKS[finding.severity, finding.confidence],
        "message": {"text": _message(finding.message) or finding.rule_id},
        "locations": [_location(path, finding.location)],
        "suppressions": [{"kind": "inSource"}] if finding.suppressed else [],
        "properties": {"dimension": finding.dimension, "confidence": str(finding.confidence)},
    }
    if finding.flow:
        result["codeFlows"] = [_code_flow(path, finding)]
    if finding.fingerprint:
        result["partialFingerprints"] = {"primaryLocationLineHash": f"{finding.fingerprint}:{occurrence}"}
    return result


def _code_flow(path: str, finding: Finding) -> dict[str, object]:
    """The way that data took, as one thread."""
    steps = [
        {"location": {**_location(path, step.location), "message": {"text": _message(step.text)}}}
        for step in finding.flow
    ]
    return {"threadFlows": [{"locations": steps}]}


def _message(text: str) -> str:
    """Cuts a text to the limit; nothing in it may read as a link, which SARIF messages can hold."""
    return limited(visible(text).replace("](", "] ("))


def _location(path: str, where: Location) -> dict[str, object]:
    region = {"startLine": where.line, "startColumn": where.column, "endLine": where.end_line}
    if (where.end_line, where.end_column) > (where.line, where.column):
        region["endColumn"] = where.end_column
    return {"physicalLocation": {"artifactLocation": _artifact(path), "region": region}}


def _artifact(path: str) -> dict[str, str]:
    """Makes a URI relative to the base; an absolute path becomes a file URI."""
    uri = quote(path, safe="/", errors="backslashreplace")
    if path.startswith("/"):
        return {"uri": f"file://{uri}"}
    if re.match("[A-Za-z]:/", path):
        return {"uri": f"file:///{uri}"}
    return {"uri": uri, "uriBaseId": _BASE}


def _notifications(report: Report, left_out: int) -> list[dict[str, object]]:
    notes = [
        _notification("not-measured", "error", f"{reason_of(source.score)}. {remedy}", source.path)
        for source, remedy in unmeasured(report)
    ]
    for source in report.sources:
        for failure in source.score.failures:
            text = f"{failure.analyzer}: {failure.kind}: {failure.text}"
            notes.append(_notification("analyzer-failure", "warning", text, source.path))
    if left_out:
        notes.append(_notification("results-left-out", "warning", f"{left_out} findings are left out."))
    return notes


def _notification(name: str, level: str, text: str, path: str | None = None) -> dict[str, object]:
    note: dict[str, object] = {
        "descriptor": {"id": name, "index": list(_NOTIFICATIONS).index(name)},
        "level": level,
        "message": {"text": _message(text)},
    }
    if path is not None:
        note["locations"] = [{"physicalLocation": {"artifactLocation": _artifact(path)}}]
    return note
