"""Which findings cost points, and how many: one defect once."""

from __future__ import annotations

import dataclasses

import pytest
from quality_fakes import OTHER, RULE, RULES, TWIN, analysis, finding, profile

from quality.model import Confidence, Rule, Severity
from quality.scoring._charges import charges, price

PROFILE = profile()


def rule(id_: str, *equivalents: str) -> Rule:
    return dataclasses.replace(RULE, id=id_, equivalents=equivalents)


def charged(*findings, caps=None):
    """Dimension → (rule, line, points) of what is charged."""
    grouped = charges([analysis(findings)], profile(caps=caps or {}), RULES)
    return {
        dimension: [(each.finding.rule_id, each.finding.location.line, each.points) for each in found]
        for dimension, found in grouped.items()
    }


@pytest.mark.parametrize(
    ("severity", "confidence", "points"),
    [
        (Severity.NOTE, Confidence.HIGH, 1.0),
        (Severity.WARNING, Confidence.HIGH, 2.5),
        (Severity.ERROR, Confidence.HIGH, 5.0),
        (Severity.ERROR, Confidence.MEDIUM, 3.5),
        (Severity.ERROR, Confidence.LOW, 2.0),
    ],
)
def test_the_price_is_severity_times_confidence(
    severity: Severity, confidence: Confidence, points: float
) -> None:
    found = finding(severity=severity, confidence=confidence)
    assert price(found, PROFILE, RULES) == pytest.approx(points)


def test_the_price_takes_the_weight_of_the_rule() -> None:
    heavy = {RULE.id: dataclasses.replace(RULE, weight=3.0)}
    assert price(finding(), PROFILE, heavy) == pytest.approx(7.5)


def test_a_suppressed_finding_costs_the_profiles_share() -> None:
    found = finding(suppressed=True)
    assert price(found, profile(suppressed_factor=0.1), RULES) == pytest.approx(0.25)
    assert price(found, PROFILE, RULES) == pytest.approx(2.5)


def test_findings_are_grouped_by_dimension() -> None:
    assert charged(finding(RULE, 1), finding(OTHER, 1)) == {
        "reliability": [("fake:pass", 1, 2.5)],
        "clarity": [("fake:name", 1, 1.0)],
    }


def test_equivalent_rules_at_one_statement_are_charged_once_at_the_dearest() -> None:
    assert charged(finding(RULE, 1), finding(TWIN, 1)) == {"reliability": [("twin:pass", 1, 5.0)]}


def test_equivalent_rules_on_two_lines_of_a_statement_are_one_defect() -> None:
    long = dataclasses.replace(analysis([finding(RULE, 1), finding(TWIN, 3)]), starts=((1, 1), (5, 1)))

    assert [each.points for each in charges([long], PROFILE, RULES)["reliability"]] == [5.0]


def test_equivalent_rules_at_statements_of_two_lines_are_two_defects() -> None:
    two = dataclasses.replace(analysis([finding(RULE, 1), finding(TWIN, 2)]), starts=((1, 1), (2, 5)))

    assert len(charges([two], PROFILE, RULES)["reliability"]) == 2


def test_equivalent_rules_at_two_statements_of_a_line_are_two_defects() -> None:
    first, second = finding(RULE, 1), finding(TWIN, 1)
    behind = dataclasses.replace(
        second, location=dataclasses.replace(second.location, column=9, end_column=9)
    )
    joined = dataclasses.replace(analysis([first, behind]), starts=((1, 1), (1, 8)))

    assert len(charges([joined], PROFILE, RULES)["reliability"]) == 2


def test_one_rule_twice_on_a_line_is_two_defects() -> None:
    twice = [finding(RULE, 1, message="a"), finding(RULE, 1, message="b")]
    assert len(charged(*twice)["reliability"]) == 2


def test_the_same_line_of_two_sources_is_two_defects() -> None:
    both = [analysis([finding(path=path)], path=path) for path in ("a.py", "b.py")]
    assert len(charges(both, PROFILE, RULES)["reliability"]) == 2


def test_dimensions_judged_by_units_charge_no_findings() -> None:
    assert charged(finding(dimension="complexity")) == {}


def test_a_cap_holds_also_when_the_equivalent_rule_is_dearer() -> None:
    capped = profile(caps={"fake:pass": 0.02})
    (charge,) = charges([analysis([finding(RULE), finding(TWIN)])], capped, RULES)["reliability"]
    assert charge.finding.rule_id == "twin:pass"
    assert charge.cap == 0.02
