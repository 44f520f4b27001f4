"""The numbers of a scorer: what was asked, what was judged, what it took."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from quality.model import Analysis, Profile, Reason
from quality.runtime import Scorer
from quality.runtime._counters import SLOWEST, Tally
from quality.runtime._task import Outcome
from quality.scoring import unmeasured

TEXTS = ["x = 1\n", "x = 1\n", "RAISE\n", "def (", "y = 2\n"]


@pytest.mark.parametrize("workers", [0, 1])
def test_every_text_is_counted_by_what_became_of_it(worker_profile: Profile, workers: int) -> None:
    with Scorer(worker_profile, workers=workers) as scorer:
        list(scorer.score_many(TEXTS))
        counters = scorer.counters()
    assert counters.texts == len(TEXTS)
    assert sum(counters.statuses.values()) == len(TEXTS)
    assert counters.reasons == {"crash": 1, "syntax-error": 1}
    assert (counters.judged, counters.repeated) == (4, 1)
    assert counters.failures == {"worker": 1}
    assert counters.seconds.keys() == {"worker"}
    assert (counters.cache_hits, counters.cache_misses) == (0, 0)


def test_the_cache_is_counted_over_runs(worker_profile: Profile, tmp_path: Path) -> None:
    with Scorer(worker_profile, cache=tmp_path / "results") as scorer:
        list(scorer.score_many(["x = 1\n", "y = 2\n"]))
        list(scorer.score_many(["x = 1\n", "z = 3\n"]))
        counters = scorer.counters()
    assert (counters.cache_hits, counters.cache_misses, counters.judged) == (1, 3, 3)


def test_a_lost_text_is_counted_with_its_second_try_and_its_workers(worker_profile: Profile) -> None:
    with Scorer(worker_profile, workers=1, timeout=0.3) as scorer:
        list(scorer.score_many(["x = 1\n", "SPIN\n"]))
        counters = scorer.counters()
    assert (counters.retried, counters.replaced) == (1, 2)
    assert counters.reasons == {"timeout": 1}
    assert [(slow.number, slow.seconds, slow.reason) for slow in counters.slowest[:1]] == [
        (1, 0.3, "timeout")
    ]


def outcome(profile: Profile, seconds: float, sha256: str = "") -> Outcome:
    analysis = Analysis("a.py", sha256, seconds={"slow": seconds})
    return Outcome(analysis, unmeasured(profile, "f", Reason.EMPTY, "", "a.py"))


def test_the_slowest_are_kept_once_each_and_slowest_first(worker_profile: Profile) -> None:
    tally = Tally()
    for number in range(100):
        tally.given(number, outcome(worker_profile, (number * 37) % 100 + 1, str(number)))
    tally.given(100, outcome(worker_profile, 100, str(27)))  # 27 * 37 % 100 + 1 == 100
    seconds = [slow.seconds for slow in tally.snapshot().slowest]
    assert seconds == [100.0 - n for n in range(SLOWEST)]


def test_threads_lose_no_count() -> None:
    tally = Tally()
    threads = [
        threading.Thread(target=lambda: [tally.count("judged") for _ in range(5_000)]) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert tally.snapshot().judged == 20_000


def test_a_snapshot_stays_what_it_was(worker_profile: Profile) -> None:
    with Scorer(worker_profile) as scorer:
        scorer.score("x = 1\n")
        before = scorer.counters()
        scorer.score("y = 1\n")
        assert (before.texts, scorer.counters().texts) == (1, 2)
