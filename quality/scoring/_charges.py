"""Which findings are charged, and with how many points. One defect is charged once."""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quality.model import Confidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from quality.model import Analysis, Finding, Profile, Rule


@dataclass(frozen=True, slots=True)
class Charge:
    """A finding with its price.

    Attributes:
        finding: The finding.
        points: Severity × confidence × the rule's weight.
        cap: The most that its dimension can score with this defect; 1 when there is no cap.
        hold: The most that every dimension can score with it; 1 when it says nothing about the others.
    """

    finding: Finding
    points: float
    cap: float = 1.0
    hold: float = 1.0


#: Path, line, which of the statements that begin there, dimension, and class of equivalent rules: one defect has one.
_Place = tuple[str, int, int, str, str]


def charges(
    analyses: Iterable[Analysis], profile: Profile, rules: Mapping[str, Rule]
) -> dict[str, list[Charge]]:
    """Groups the charged findings by dimension.

    Equivalent rules on one line see one defect, where only one statement begins on it: the rule with the most points
    there is charged, for each of its findings, under the lowest cap of any of them; the others are listed only. So are
    findings of dimensions that are judged by units.

    A cap acts as far as the rule is sure: with high confidence the whole text is what the rule says, which leaves
    nothing for any dimension to praise; with medium confidence its own dimension is held; with low confidence nothing is.
    """
    grouped: dict[str, list[Charge]] = {}
    for (_, _, _, dimension, _), by_rule in _by_place(analyses, profile, rules).items():
        dearest = max(by_rule.values(), key=lambda found: math.fsum(charge.points for charge in found))
        place = [charge.finding for found in by_rule.values() for charge in found]
        cap = _lowest_cap([each for each in place if each.confidence is not Confidence.LOW], profile)
        hold = _lowest_cap([each for each in place if each.confidence is Confidence.HIGH], profile)
        grouped.setdefault(dimension, []).extend(
            Charge(each.finding, each.points, cap, hold) for each in dearest
        )
    return grouped


def _by_place(
    analyses: Iterable[Analysis], profile: Profile, rules: Mapping[str, Rule]
) -> dict[_Place, dict[str, list[Charge]]]:
    """Place → id of a rule → what it found there, without caps."""
    classes = defect_classes(rules)
    charged = {dimension.id for dimension in profile.dimensions if dimension.half_points is not None}
    found: dict[_Place, dict[str, list[Charge]]] = {}
    for analysis in analyses:
        joints = _by_line(analysis.joints)
        for finding in analysis.findings:
            if finding.dimension not in charged:
                continue
            line, rule = finding.location.line, finding.rule_id
            statement = bisect_right(joints[line], finding.location.column) if line in joints else 0
            place = (analysis.path, line, statement, finding.dimension, classes.get(rule, rule))
            charge = Charge(finding, price(finding, profile, rules))
            found.setdefault(place, {}).setdefault(rule, []).append(charge)
    return found


def _by_line(joints: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    """Line → the columns at which further statements begin on it, in their order."""
    found: dict[int, list[int]] = {}
    for line, column in sorted(joints):
        found.setdefault(line, []).append(column)
    return found


def _lowest_cap(found: Sequence[Finding], profile: Profile) -> float:
    return min((profile.caps.get(finding.rule_id, 1.0) for finding in found), default=1.0)


def price(finding: Finding, profile: Profile, rules: Mapping[str, Rule]) -> float:
    """The points of one finding."""
    table = profile.calibration
    rule = rules.get(finding.rule_id)
    points = table.points[finding.severity] * table.confidence[finding.confidence]
    points *= rule.weight if rule else 1.0
    return points * profile.suppressed_factor if finding.suppressed else points


#: The catalogue that was asked for last, and its answer: a host asks for the same one with every source.
_latest: tuple[Mapping[str, Rule], dict[str, str]] | None = None


def defect_classes(rules: Mapping[str, Rule]) -> dict[str, str]:
    """Maps each rule to the first id of its class of equivalent rules; equivalence is symmetric, transitive."""
    global _latest  # noqa: PLW0603 - a memory of one answer
    latest = _latest
    if latest is None or latest[0] is not rules:
        latest = _latest = (rules, _classes(rules))
    return latest[1]


def _classes(rules: Mapping[str, Rule]) -> dict[str, str]:
    parent: dict[str, str] = {}

    def root(rule_id: str) -> str:
        while parent.setdefault(rule_id, rule_id) != rule_id:
            rule_id = parent[rule_id]
        return rule_id

    for rule in rules.values():
        for other in rule.equivalents:
            if other in rules:
                first, second = sorted((root(rule.id), root(other)))
                parent[second] = first
    return {rule_id: root(rule_id) for rule_id in parent}
