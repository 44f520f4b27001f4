"""A rule that knows more takes out the findings of its equivalents, and of nobody else."""

from __future__ import annotations

import dataclasses

import pytest
from quality_fakes import OTHER, RULE, finding

from quality.analysis._clearances import cleared
from quality.model import Clearance

KNOWING = dataclasses.replace(OTHER, id="knowing:more", equivalents=(RULE.id,))
RULES = {RULE.id: RULE, KNOWING.id: KNOWING}
OWNERS = {"fake": "one", "knowing": "one"}


def left(*clearances: Clearance, rules=RULES, owners=OWNERS, line: int = 3) -> int:
    found = dataclasses.replace(finding(), rule_id=RULE.id)
    found = dataclasses.replace(found, location=dataclasses.replace(found.location, line=line, end_line=line))
    return len(cleared([found], clearances, rules, owners))


def clearance(line: int = 3, end_line: int = 3, by: str = KNOWING.id) -> Clearance:
    return Clearance(by, (RULE.id,), line, end_line)


@pytest.mark.parametrize(("line", "end_line", "count"), [(3, 3, 0), (1, 5, 0), (1, 2, 1), (4, 9, 1)])
def test_findings_in_the_cleared_lines_go(line: int, end_line: int, count: int) -> None:
    assert left(clearance(line, end_line)) == count


def test_ranges_may_overlap_and_nest() -> None:
    assert left(clearance(1, 9), clearance(2, 2)) == 0
    assert left(clearance(1, 2), clearance(2, 4), clearance(7, 8)) == 0


def test_a_rule_that_is_no_equivalent_clears_nothing() -> None:
    stranger = dataclasses.replace(KNOWING, equivalents=())
    assert left(clearance(), rules={**RULES, KNOWING.id: stranger}) == 1


def test_a_rule_that_is_not_enabled_clears_nothing() -> None:
    assert left(clearance(), rules={RULE.id: RULE}) == 1


@pytest.mark.parametrize("owners", [{"fake": "one", "knowing": "two"}, {"fake": "one"}, {}])
def test_a_rule_of_another_distribution_clears_nothing(owners) -> None:
    assert left(clearance(), owners=owners) == 1
