"""What the rules of other tools show holds in the profile ``sample``, not only for their analyzers."""

from __future__ import annotations

import quality
from quality.plugins import find_plugins, load_plugins
from quality.profiles import builtin_profiles
from quality.rules import ANALYZER


def test_bad_code_is_reported_and_good_code_is_not() -> None:
    plugins = load_plugins([entry for entry in find_plugins() if entry.distribution == "quality"])
    profile = builtin_profiles()["sample"]
    foreign = [rule for rule in plugins.rules.values() if rule.analyzer != ANALYZER]
    cases = [(rule.id, case) for rule in foreign if profile.enables(rule.id) for case in rule.cases()]
    assert cases
    with quality.Scorer(profile="sample", workers=0, cache=None) as scorer:
        scores = scorer.score_many([case.code for _, case in cases])
        for (rule_id, case), score in zip(cases, scores, strict=True):
            assert score.status == "measured"
            found = {finding.rule_id for finding in score.findings}
            assert (rule_id in found) is case.reported, f"{rule_id}:\n{case.code}"
