"""A scorer that judges with a fake analyzer: fast, and its scores are known."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from typing import Self

import pytest
from quality_fakes import PROFILE, plugins

from quality.analysis import Host
from quality.audit._panel import Panel
from quality.model import Profile
from quality.runtime import Outcome, Task


class FakeScorer:
    """Judges with the fake analyzer: each 'pass' is a finding, each 'if' is complexity."""

    def __init__(self, profile: Profile = PROFILE) -> None:
        self.host = Host.open(profile, plugins())
        self.profile = profile
        self.fingerprint = self.host.fingerprint
        self.versions = {"fake": "1"}
        self.judged: list[str | bytes] = []

    def run(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        for task in tasks:
            self.judged.append(task.data)
            analysis = self.host.examine(task.data, task.path, task.role)
            yield Outcome(analysis, self.host.judge([analysis], reference=task.reference))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass


@pytest.fixture
def scorer():
    return FakeScorer()


@pytest.fixture
def panel(scorer):
    return Panel(scorer, rules=scorer.host.rules)


@pytest.fixture
def rng_for():
    return lambda first, second: random.Random(f"{first} {second}")
