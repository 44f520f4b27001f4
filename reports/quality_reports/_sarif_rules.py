"""Catalogue entries as SARIF reporting descriptors."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity

if TYPE_CHECKING:
    from quality.model import Finding, Rule

_NAME = 255
_TEXT = 1024
_SEVERITY_RANKS = {Severity.ERROR: 90.0, Severity.WARNING: 60.0, Severity.NOTE: 30.0}
_CONFIDENCE_FACTORS = {Confidence.HIGH: 1.0, Confidence.MEDIUM: 0.7, Confidence.LOW: 0.4}
_PROBLEMS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "recommendation"}
#: GitHub reads these as CVSS: high, medium, low.
_SECURITY = {Severity.ERROR: "8.0", Severity.WARNING: "5.5", Severity.NOTE: "2.5"}

#: (Severity, confidence) → SARIF rank, 0 to 100, highest is most important.
RANKS = {
    (severity, confidence): round(rank * factor, 1)
    for severity, rank in _SEVERITY_RANKS.items()
    for confidence, factor in _CONFIDENCE_FACTORS.items()
}


def limited(text: str, length: int = _TEXT) -> str:
    """Cuts a text to what code scanning takes."""
    return text if len(text) <= length else f"{text[: length - 1]}…"


def descriptor(finding: Finding, rule: Rule | None) -> dict[str, object]:
    """Describes a rule; a rule that the catalogue does not have is described by its finding."""
    title = rule.title if rule else finding.rule_id
    why = rule.why if rule else title
    severity = rule.severity if rule else finding.severity
    confidence = rule.confidence if rule else finding.confidence
    return {
        "id": finding.rule_id,
        "name": limited(_pascal(finding.rule_id), _NAME),
        "shortDescription": {"text": limited(title)},
        "fullDescription": {"text": limited(why)},
        "help": {"text": why, "markdown": (rule.page if rule else "") or why},
        "defaultConfiguration": {"level": str(severity), "rank": RANKS[severity, confidence]},
        "properties": _properties(finding, rule, severity, confidence),
    }


def _properties(
    finding: Finding, rule: Rule | None, severity: Severity, confidence: Confidence
) -> dict[str, object]:
    cwe = (rule.cwe if rule else None) or finding.cwe
    properties: dict[str, object] = {
        "tags": [finding.dimension, *([f"external/cwe/cwe-{cwe:03}"] if cwe else [])],
        "precision": str(confidence),
        "problem.severity": _PROBLEMS[severity],
    }
    if finding.dimension == "security":
        properties["security-severity"] = _SECURITY[severity]
    if rule:
        properties["effort"] = f"{rule.effort} min"
    return properties


def _pascal(rule_id: str) -> str:
    return "".join(word[:1].upper() + word[1:] for word in re.split(r"[^0-9A-Za-z]+", rule_id))
