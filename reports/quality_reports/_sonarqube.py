"""SonarQube's generic issue format, version 10.3 and later.

https://docs.sonarsource.com/sonarqube-server/latest/analyzing-source-code/importing-external-issues/
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quality.model import Severity, visible
from quality_reports._facts import charged
from quality_reports._json import json_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quality.model import Finding, Location, Report, Rule

_IMPACTS = {Severity.ERROR: "HIGH", Severity.WARNING: "MEDIUM", Severity.NOTE: "LOW"}
_SEVERITIES = {Severity.ERROR: "CRITICAL", Severity.WARNING: "MAJOR", Severity.NOTE: "MINOR"}
_TYPES = {"security": "VULNERABILITY", "reliability": "BUG"}
_QUALITIES = {"security": "SECURITY", "reliability": "RELIABILITY"}
_ATTRIBUTES = {
    "complexity": "FOCUSED",
    "reliability": "LOGICAL",
    "security": "TRUSTWORTHY",
    "structure": "MODULAR",
    "clarity": "CLEAR",
    "efficiency": "EFFICIENT",
}


class SonarqubeRenderer:
    """Renders the findings that count as external issues."""

    id = "sonarqube"
    description = "External issues for SonarQube (sonar.externalIssuesReportPaths)."

    def render(self, report: Report) -> str:
        """Renders the report."""
        used: dict[str, Finding] = {}
        issues: list[dict[str, object]] = []
        for source in report.sources:
            lines = source.text.split("\n")
            for finding in charged(source.score.findings):
                used.setdefault(finding.rule_id, finding)
                issues.append(_issue(source.path, finding, lines, report.rules.get(finding.rule_id)))
        rules = [_rule(finding, report.rules.get(rule)) for rule, finding in sorted(used.items())]
        return json_text({"rules": rules, "issues": issues})


def _rule(finding: Finding, rule: Rule | None) -> dict[str, object]:
    severity = rule.severity if rule else finding.severity
    dimension = finding.dimension
    return {
        "id": finding.rule_id,
        "name": rule.title if rule else finding.rule_id,
        "description": rule.why if rule else finding.rule_id,
        "engineId": "quality",
        "cleanCodeAttribute": _ATTRIBUTES.get(dimension, "CONVENTIONAL"),
        "type": _TYPES.get(dimension, "CODE_SMELL"),
        "severity": _SEVERITIES[severity],
        "impacts": [
            {
                "softwareQuality": _QUALITIES.get(dimension, "MAINTAINABILITY"),
                "severity": _IMPACTS[severity],
            }
        ],
    }


def _issue(path: str, finding: Finding, lines: Sequence[str], rule: Rule | None) -> dict[str, object]:
    return {
        "ruleId": finding.rule_id,
        "effortMinutes": rule.effort if rule else 0,
        "primaryLocation": {
            "message": visible(finding.message) or finding.rule_id,
            "filePath": path,
            "textRange": _range(finding.location, lines),
        },
    }


def _range(where: Location, lines: Sequence[str]) -> dict[str, int]:
    """Gives lines, and 0-based columns in UTF-16 units where they are a range of the text.

    SonarQube refuses the whole file for one empty or overlong range.
    """
    rows = {"startLine": where.line, "endLine": where.end_line}
    if where.end_line > len(lines):
        return rows
    start = _utf16(lines[where.line - 1], where.column)
    end = _utf16(lines[where.end_line - 1], where.end_column)
    if where.line == where.end_line and start >= end:
        return rows
    return {**rows, "startColumn": start, "endColumn": end}


def _utf16(line: str, column: int) -> int:
    return len(line[: column - 1].encode("utf-16-le", "surrogatepass")) // 2
