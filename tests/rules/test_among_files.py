"""What other files may give a text makes a rule less sure."""

from __future__ import annotations

import pytest

from quality.model import Confidence
from quality.rules import Valid, run_rule
from quality_rules.reliability.constant_key import ConstantKey
from quality_rules.reliability.unbound_in_module import UnboundInModule


@pytest.mark.parametrize(("statements", "sure"), [(2, Confidence.MEDIUM), (3, Confidence.LOW)])
def test_a_name_that_several_statements_read_is_given_by_whoever_runs_the_file(statements, sure):
    text = "".join(f"builder.add({number})\n" for number in range(statements))
    assert [finding.confidence for finding in run_rule(UnboundInModule, Valid(text))] == [sure]


@pytest.mark.parametrize(("source", "sure"), [("rows", Confidence.HIGH), ("rows[4:]", Confidence.LOW)])
def test_a_part_of_a_list_may_have_one_entry_or_none(source, sure):
    text = f"def f(rows):\n    return {{'size': row for row in {source}}}\n"
    assert [finding.confidence for finding in run_rule(ConstantKey, Valid(text))] == [sure]
