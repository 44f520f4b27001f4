"""The fingerprint: everything that can move a score, in one hash."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from quality.model import Profile, Rule

#: Raised whenever a formula of this package changes what a score is.
FORMULAS = 6


def fingerprint(profile: Profile, versions: Mapping[str, str], rules: Iterable[Rule]) -> str:
    """Hashes the profile, its table, the analyzers' versions, the rules and the Python minor version.

    Args:
        profile: The profile that judges.
        versions: Analyzer id → version.
        rules: Catalogue entries that the profile enables.
    """
    parts = {
        "formulas": FORMULAS,
        "python": f"{sys.version_info.major}.{sys.version_info.minor}",
        "profile": dataclasses.asdict(profile),
        "versions": dict(versions),
        "rules": sorted(_rule_part(rule) for rule in rules),
    }
    text = json.dumps(parts, sort_keys=True, ensure_ascii=True)
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def _rule_part(rule: Rule) -> list[object]:
    return [rule.id, rule.dimension, rule.severity, rule.confidence, rule.weight, list(rule.equivalents)]
