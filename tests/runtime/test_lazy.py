"""With a cache that knows everything, nothing is started."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from quality.model import AnalyzerUse, HostError, Profile
from quality.profiles import builtin_profiles
from quality.runtime import HostSpec, Scorer, open_host, resolve_spec
from quality.runtime import _scorer as scorer_module
from quality.runtime._inline import identity
from quality.runtime._lazy import LazyEngine, expected_identity

TEXTS = ["SEEN\n", "x = 1\n", "SEEN\n", "def ("]


@pytest.mark.parametrize("name", sorted(builtin_profiles()))
def test_what_plugins_say_they_are_is_what_opening_them_gives(name: str) -> None:
    spec = resolve_spec(name)
    assert expected_identity(spec) == identity(open_host(spec))


def test_an_analyzer_that_may_be_missing_has_to_be_opened(worker_profile: Profile) -> None:
    profile = dataclasses.replace(worker_profile, analyzers=(AnalyzerUse("worker", required=False),))
    assert expected_identity(HostSpec(profile)) is None


@pytest.mark.parametrize("workers", [0, 1])
def test_known_texts_start_nothing(
    worker_profile: Profile, tmp_path: Path, workers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "results"
    with Scorer(worker_profile, workers=1, cache=file) as scorer:
        first = list(scorer.score_many(TEXTS))
    for engine in ("PoolEngine", "InlineEngine"):
        monkeypatch.setattr(scorer_module, engine, lambda *_: pytest.fail("something was started"))
    with Scorer(worker_profile, workers=workers, cache=file) as scorer:
        assert list(scorer.score_many(TEXTS)) == first
        assert scorer.counters().judged == 0


def test_an_unknown_text_starts_it_and_all_stays_in_order(worker_profile: Profile, tmp_path: Path) -> None:
    file = tmp_path / "results"
    with Scorer(worker_profile, workers=1, cache=file) as scorer:
        known = list(scorer.score_many(TEXTS))
    with Scorer(worker_profile, workers=1, cache=file) as scorer:
        scores = list(scorer.score_many([*TEXTS, "y = 2\n", *TEXTS]))
        counters = scorer.counters()
    assert [scores[:4], scores[5:]] == [known, known]
    assert (counters.judged, counters.cache_misses) == (1, 1)


def test_an_engine_that_turns_out_to_be_another_is_refused(worker_profile: Profile) -> None:
    engine = Scorer(worker_profile)._engine
    lazy = LazyEngine(dataclasses.replace(engine.identity, fingerprint="sha256:other"), lambda: engine)
    with pytest.raises(HostError, match="changed its version"):
        list(lazy.as_completed([], None))
