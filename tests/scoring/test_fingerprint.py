"""The fingerprint changes with everything that can move a score, and with nothing else."""

from __future__ import annotations

import dataclasses

import pytest
from quality_fakes import CALIBRATION, PROFILE, RULE, RULES

from quality.model import AnalyzerUse, Limits, Severity
from quality.scoring import fingerprint

VERSIONS = {"fake": "1", "more": "2"}
BASE = fingerprint(PROFILE, VERSIONS, RULES.values())


def test_it_is_a_sha256() -> None:
    assert BASE.startswith("sha256:")
    assert len(BASE) == len("sha256:") + 64


@pytest.mark.parametrize(
    "change",
    [
        {"name": "other"},
        {"sealed": False},
        {"analyzers": (AnalyzerUse("fake", required=False),)},
        {"dimensions": PROFILE.dimensions[:2]},
        {"calibration": dataclasses.replace(CALIBRATION, digest="1")},
        {"select": ("fake:*",)},
        {"ignore": ("fake:pass",)},
        {"ignore_in_tests": ("fake:pass",)},
        {"caps": {"fake:pass": 0.5}},
        {"suppressed_factor": 0.5},
        {"limits": Limits(depth=3)},
        {"options": {"fake": {"size": 3}}},
        {"distribution": "someone"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_it_changes_with_the_profile(change: dict[str, object]) -> None:
    assert fingerprint(dataclasses.replace(PROFILE, **change), VERSIONS, RULES.values()) != BASE


def test_it_changes_with_an_analyzers_version() -> None:
    assert fingerprint(PROFILE, {**VERSIONS, "fake": "1.1"}, RULES.values()) != BASE


@pytest.mark.parametrize(
    "change",
    [{"severity": Severity.NOTE}, {"dimension": "clarity"}, {"weight": 2.0}, {"equivalents": ("a:b",)}],
    ids=lambda change: next(iter(change)),
)
def test_it_changes_with_what_a_rule_costs(change: dict[str, object]) -> None:
    assert fingerprint(PROFILE, VERSIONS, [dataclasses.replace(RULE, **change)]) != fingerprint(
        PROFILE, VERSIONS, [RULE]
    )


def test_it_does_not_depend_on_order() -> None:
    turned = dict(reversed(VERSIONS.items()))
    assert fingerprint(PROFILE, turned, reversed(RULES.values())) == BASE


def test_it_does_not_depend_on_what_a_rule_says_of_itself() -> None:
    said = dataclasses.replace(RULE, title="Other words", why="Because.", documentation="# Page")
    assert fingerprint(PROFILE, VERSIONS, [said]) == fingerprint(PROFILE, VERSIONS, [RULE])
