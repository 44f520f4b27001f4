"""The audit with the real analyzers."""

from __future__ import annotations

import json
import subprocess
import sys


def test_a_quick_audit_of_the_sample_profile_measures_everything_offline(tmp_path):
    card = tmp_path / "card.md"
    command = [sys.executable, "-m", "quality", "audit", "--quick", "--format", "json", "--card", str(card)]

    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=600, check=False)

    facts = json.loads(done.stdout)
    assert done.returncode == (1 if facts["failed"] else 0)
    assert facts["profile"] == "sample"
    assert len(facts["attacks"]) >= 40
    assert sum(attack["applied"] > 0 for attack in facts["attacks"]) >= 40
    assert {each["name"] for each in facts["sets"]} >= {"stubs"}
    assert len(facts["injections"]) >= 25
    assert facts["reliability"] == {**facts["reliability"], "twice": 0, "other_order": 0, "hostile_folder": 0}
    assert facts["cost"]["analyzers"].keys() == {"bandit", "libcst", "pylint", "radon"}
    # What holds whatever the formulas are: what is no program has no score, and directives buy nothing.
    holds = {attack["id"]: attack["holds"] for attack in facts["attacks"]}
    families = {"suppress", "break", "configure", "layout", "prose"}
    assert [id_ for id_, held in holds.items() if id_.split(":")[0] in families and not held] == []
    assert card.read_text(encoding="utf-8").startswith("# Card of the profile `sample`\n")
    written = json.loads(card.with_suffix(".json").read_text(encoding="utf-8"))
    assert written["failed"] == facts["failed"]
    sections = {"validity", "attacks", "reliability", "cost"}
    assert {each["section"] for each in written["figures"]} >= sections
