"""Which findings are charged, and with how many points. One defect is charged once."""

from __future__ import annotations

import dataclasses
import math
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quality.model import Confidence, defect_classes

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

    from quality.model import Analysis, Finding, Location, Profile, Rule


@dataclass(frozen=True, slots=True)
class Charge:
    """A finding with its price.

    Attributes:
        finding: The finding.
        points: Severity × confidence × the rule's weight.
        cap: The most that its dimension can score with this defect; 1 when there is no cap.
        hold: The most that every dimension can score with it; 1 when it says nothing about the others.
        dearer: The dimension where the same defect costs more; empty when there is none.
    """

    finding: Finding
    points: float
    cap: float = 1.0
    hold: float = 1.0
    dearer: str = ""


#: Path, which of its statements, and class of equivalent rules: one defect has one.
_Place = tuple[str, int, str]


def charges(
    analyses: Iterable[Analysis], profile: Profile, rules: Mapping[str, Rule]
) -> dict[str, list[Charge]]:
    """Groups the charged findings by dimension.

    Equivalent rules at one statement see one defect, over however many lines it is written: the rule with the most points
    there is charged, for each of its findings, under the lowest cap of any of them; the others are listed only. So are
    findings of dimensions that are judged by units. Where rules of several dimensions see it, the others' charges name
    the dimension where it costs most: `charged_once` leaves them out.

    A cap acts as far as the rule is sure: with high confidence the whole text is what the rule says, which leaves
    nothing for any dimension to praise; with medium confidence its own dimension is held; with low confidence nothing is.
    """
    rates = {each.id: each.weight / each.half_points for each in profile.dimensions if each.half_points}
    grouped: dict[str, list[Charge]] = {}
    for place in _by_place(analyses, profile, rules, rates).values():
        defect = {dimension: _dearest(by_rule, profile) for dimension, by_rule in place.items()}
        dearest = min(defect, key=lambda each: (-rates[each] * _points(defect[each]), each))
        for dimension, found in defect.items():
            dearer = "" if dimension == dearest else dearest
            grouped.setdefault(dimension, []).extend(
                [dataclasses.replace(each, dearer=dearer) for each in found] if dearer else found
            )
    return grouped


def charged_once(charged: Mapping[str, Sequence[Charge]], spent: Container[str]) -> dict[str, list[Charge]]:
    """Leaves out what costs more in another dimension, unless it caps its own or the other one is spent.

    Args:
        charged: Dimension → its charges.
        spent: The dimensions that points do not lower any further. They cannot stand for others: a finding that moves a
            defect there would raise the score.
    """
    return {
        dimension: [each for each in found if not each.dearer or each.cap < 1 or each.dearer in spent]
        for dimension, found in charged.items()
    }


def _dearest(by_rule: Mapping[str, Sequence[Charge]], profile: Profile) -> list[Charge]:
    """The findings of the rule with the most points, under the caps of all."""
    place = [charge.finding for found in by_rule.values() for charge in found]
    cap = _lowest_cap([each for each in place if each.confidence is not Confidence.LOW], profile)
    hold = _lowest_cap([each for each in place if each.confidence is Confidence.HIGH], profile)
    return [Charge(each.finding, each.points, cap, hold) for each in max(by_rule.values(), key=_points)]


def _points(found: Iterable[Charge]) -> float:
    return math.fsum([charge.points for charge in found])


def _by_place(
    analyses: Iterable[Analysis], profile: Profile, rules: Mapping[str, Rule], charged: Container[str]
) -> dict[_Place, dict[str, dict[str, list[Charge]]]]:
    """Place → dimension → id of a rule → what it found there, without caps."""
    classes = defect_classes(rules)
    places: dict[_Place, dict[str, dict[str, list[Charge]]]] = {}
    for analysis in analyses:
        for finding in analysis.findings:
            dimension, rule = finding.dimension, finding.rule_id
            if dimension not in charged:
                continue
            statement = _statement_at(finding.location, analysis.starts)
            place = places.setdefault((analysis.path, statement, classes.get(rule, rule)), {})
            charge = Charge(finding, price(finding, profile, rules))
            place.setdefault(dimension, {}).setdefault(rule, []).append(charge)
    return places


def _statement_at(location: Location, starts: Sequence[tuple[int, int]]) -> int:
    """Tells in which statement a finding is; one before the first of its line, by its column, is in that one."""
    earlier = bisect_left(starts, (location.line, 0))
    begins_here = earlier < len(starts) and starts[earlier][0] == location.line
    return max(bisect_right(starts, (location.line, location.column)), earlier + begins_here)


def _lowest_cap(found: Sequence[Finding], profile: Profile) -> float:
    return min((profile.caps.get(finding.rule_id, 1.0) for finding in found), default=1.0)


def price(finding: Finding, profile: Profile, rules: Mapping[str, Rule]) -> float:
    """The points of one finding."""
    table = profile.calibration
    rule = rules.get(finding.rule_id)
    points = table.points[finding.severity] * table.confidence[finding.confidence]
    points *= rule.weight if rule else 1.0
    return points * profile.suppressed_factor if finding.suppressed else points
