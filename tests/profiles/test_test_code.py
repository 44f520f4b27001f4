"""What the profile ``project`` does not ask of test code."""

from __future__ import annotations

from quality.model import matches
from quality.plugins import find_plugins, load_plugins
from quality.profiles import builtin_profiles

#: A secret that is written into a test was given away all the same.
SECRETS = {"quality:hard-coded-secret"}


def test_tests_face_no_attacker() -> None:
    plugins = load_plugins([entry for entry in find_plugins() if entry.distribution == "quality"])
    security = {rule.id for rule in plugins.rules.values() if rule.dimension == "security"}
    ignored = builtin_profiles()["project"].ignore_in_tests
    asked = {rule_id for rule_id in security if not matches(rule_id, ignored)}
    assert {rule_id for rule_id in asked if not rule_id.startswith("pylint:")} == SECRETS
