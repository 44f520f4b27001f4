"""How sure, and how bad, findings are that differ by what the text shows."""

from __future__ import annotations

import pytest

from quality.model import Confidence, Severity
from quality.rules import Valid, run_rule
from quality_rules.clarity.half_used_pairs import HalfUsedPairs
from quality_rules.security.unverified_certificate import UnverifiedCertificate


@pytest.mark.parametrize(
    ("given", "pair", "used", "sure"),
    [
        ("prices", "_, price", "price", Confidence.LOW),
        ("prices: dict[str, int]", "_, price", "price", Confidence.HIGH),
        ("prices", "name, _", "name", Confidence.HIGH),
    ],
)
def test_values_are_advised_with_certainty_where_there_is_a_dictionary(given, pair, used, sure):
    text = f"def f({given}):\n    for {pair} in prices.items():\n        print({used})\n"
    assert [finding.confidence for finding in run_rule(HalfUsedPairs, Valid(text))] == [sure]


@pytest.mark.parametrize(
    "call", ["requests.request('GET', url, verify=False)", "session.get(url, verify=False)"]
)
def test_verification_that_is_turned_off_is_as_bad_by_any_function(call):
    text = f"import requests\n\n\ndef f(session, url):\n    return {call}\n"
    assert [finding.severity for finding in run_rule(UnverifiedCertificate, Valid(text))] == [Severity.ERROR]
