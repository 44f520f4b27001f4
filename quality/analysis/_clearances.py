"""Findings that a rule which knows more has shown to be wrong."""

from __future__ import annotations

import bisect
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from quality.model import Clearance, Finding, Rule


def cleared(
    findings: Iterable[Finding],
    clearances: Iterable[Clearance],
    rules: Mapping[str, Rule],
    owners: Mapping[str, str],
) -> list[Finding]:
    """Takes out the findings that are cleared.

    A clearance counts when its rule is enabled and names the other as an equivalent, and one distribution brings
    both: installing a plugin never takes away what another finds.

    Args:
        findings: Of all analyzers, on one source.
        clearances: Likewise.
        rules: The enabled rules by id.
        owners: Namespace of rules → the distribution that brings them.
    """
    ranges: dict[str, list[tuple[int, int]]] = {}
    for clearance in clearances:
        for other in clearance.cleared:
            if _may_clear(clearance.by, other, rules, owners):
                ranges.setdefault(other, []).append((clearance.line, clearance.end_line))
    merged = {rule_id: _merged(found) for rule_id, found in ranges.items()}
    return [finding for finding in findings if not _is_within(finding, merged.get(finding.rule_id, []))]


def _may_clear(by: str, other: str, rules: Mapping[str, Rule], owners: Mapping[str, str]) -> bool:
    rule = rules.get(by)
    if rule is None or other not in rule.equivalents:
        return False
    owner = owners.get(rule.namespace)
    return owner is not None and owner == owners.get(other.partition(":")[0])


def _merged(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sorts ranges of lines and makes one of those that overlap."""
    merged: list[tuple[int, int]] = []
    for first, last in sorted(ranges):
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged


def _is_within(finding: Finding, ranges: list[tuple[int, int]]) -> bool:
    line = finding.location.line
    index = bisect.bisect_right(ranges, line, key=lambda lines: lines[0]) - 1
    return index >= 0 and line <= ranges[index][1]
