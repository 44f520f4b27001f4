"""Scoring many texts: the same results in this process and in workers, in order, whatever a text does."""

from __future__ import annotations

import dataclasses
import itertools
import math
import os
import pickle
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from quality.model import HostError, PluginError, Profile, Reason, Score, Status, UsageError
from quality.runtime import HostSpec, Scorer, Task, open_host
from quality.runtime._books import AHEAD

GOOD = "x = 1\n"


def said(score: Score) -> list[str]:
    return [finding.message for finding in score.findings]


@pytest.fixture
def pool(worker_profile: Profile) -> Iterator[Scorer]:
    with Scorer(worker_profile, workers=1, timeout=0.3) as scorer:
        yield scorer


@pytest.fixture
def inline(worker_profile: Profile) -> Scorer:
    return Scorer(worker_profile)


@pytest.mark.parametrize(
    "arguments",
    [{"workers": -1}, {"timeout": 0}, {"timeout": math.nan}, {"timeout": math.inf}, {"cache": 3}],
)
def test_arguments_out_of_range_are_refused(worker_profile: Profile, arguments: dict[str, Any]) -> None:
    with pytest.raises(UsageError, match="should be"):
        Scorer(worker_profile, **arguments)


def test_what_is_no_text_is_named_with_its_place(pool: Scorer, inline: Scorer) -> None:
    for scorer in (pool, inline):
        with pytest.raises(UsageError, match="code 1 should be a text or bytes, got NoneType"):
            list(scorer.score_many([GOOD, None]))  # type: ignore[list-item]
        assert scorer.score(GOOD).status is Status.MEASURED


def test_what_an_analyzer_prints_in_this_process_is_no_result(
    inline: Scorer, capsys: pytest.CaptureFixture[str]
) -> None:
    assert inline.score(GOOD).status is Status.MEASURED
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", "noise on stdout\n")


def test_workers_and_this_process_give_equal_scores(pool: Scorer, inline: Scorer) -> None:
    texts = [GOOD, "def f():\n    return 1\n", "def (", "", "# nothing\n", b"x = '\xff'\n", "RAISE\n"]
    assert pool.fingerprint == inline.fingerprint
    assert pool.versions == inline.versions
    assert list(pool.score_many(texts)) == list(inline.score_many(texts))


def test_scores_come_in_the_order_of_the_texts(worker_profile: Profile) -> None:
    with Scorer(worker_profile, workers=2) as scorer:
        tasks = [Task(GOOD * (1 + 50 * (n % 3)), f"{n}.py") for n in range(150)]
        assert [outcome.score.path for outcome in scorer.run(tasks)] == [task.path for task in tasks]


@pytest.mark.parametrize("workers", [0, 1])
def test_texts_are_read_ahead_only_a_bounded_number(worker_profile: Profile, workers: int) -> None:
    read = itertools.count()

    def endless() -> Iterator[str]:
        while True:
            next(read)
            yield GOOD

    with Scorer(worker_profile, workers=workers) as scorer:
        scores = list(itertools.islice(scorer.score_many(endless()), 100))
    assert len(scores) == 100
    assert next(read) <= 100 + AHEAD + 1


@pytest.mark.parametrize(
    ("hostile", "reason"),
    [
        ("SPIN\n", Reason.TIMEOUT),
        ("STUBBORN\n", Reason.TIMEOUT),
        ("EXIT\n", Reason.CRASH),
        ("GREEDY\n", Reason.MEMORY),
        ("RAISE\n", Reason.CRASH),
    ],
)
def test_a_hostile_text_costs_itself_only(pool: Scorer, hostile: str, reason: Reason) -> None:
    before, lost, after = pool.score_many([GOOD, hostile, GOOD])
    assert (lost.status, lost.value, lost.reason) == (Status.UNMEASURED, None, reason)
    assert lost.detail
    assert before == after
    assert before.status is Status.MEASURED


def test_a_text_that_waits_for_ever_is_given_up(worker_profile: Profile) -> None:
    with Scorer(worker_profile, workers=1, timeout=0.05) as scorer:
        assert scorer.score("HANG\n").reason is Reason.TIMEOUT


def test_a_worker_that_lost_a_text_is_replaced(pool: Scorer) -> None:
    first, _, second = pool.score_many(["PID\n", "EXIT\n", "PID\n\n"])
    assert said(first) != said(second)


def test_a_worker_is_kept_over_many_texts(pool: Scorer) -> None:
    seen = [int(said(score)[0]) for score in pool.score_many(["SEEN\n", "SEEN\n\n", "\nSEEN\n"])]
    assert seen == [seen[0], seen[0] + 1, seen[0] + 2]


@pytest.mark.parametrize("workers", [0, 1])
def test_texts_that_come_again_are_judged_once(worker_profile: Profile, workers: int) -> None:
    with Scorer(worker_profile, workers=workers) as scorer:
        scores = list(scorer.score_many(["SEEN\n", GOOD, "SEEN\n"] * 40))
    assert len({id(score) for score in scores}) == 2
    assert scores[:3] * 40 == scores


@pytest.mark.parametrize("workers", [0, 1])
def test_equal_texts_in_different_places_stay_apart(worker_profile: Profile, workers: int) -> None:
    with Scorer(worker_profile, workers=workers) as scorer:
        tasks = [
            Task(GOOD, "a.py"),
            Task(GOOD, "b.py"),
            Task(GOOD.encode(), "a.py"),
            Task(GOOD, "a.py", "test"),
        ]
        outcomes = list(scorer.run(tasks))
    assert [outcome.score.path for outcome in outcomes] == ["a.py", "b.py", "a.py", "a.py"]
    assert len({id(outcome) for outcome in outcomes}) == 4


def test_a_large_text_reaches_its_worker(pool: Scorer) -> None:
    assert pool.score("x = '" + "a" * 2_000_000 + "'\n").status is Status.MEASURED


def test_workers_live_apart(pool: Scorer) -> None:
    """Another process, in the root folder, with an environment that nobody else wrote."""
    assert said(pool.score("PID\n")) != [str(os.getpid())]
    assert said(pool.score("CWD\n")) == [Path(sys.executable).anchor]
    (names,) = said(pool.score("ENVIRONMENT\n"))
    assert "HOME" not in names
    assert "PATH'" not in names


def test_workers_hash_alike(worker_profile: Profile) -> None:
    with Scorer(worker_profile, workers=1) as one, Scorer(worker_profile, workers=1) as other:
        assert said(one.score("HASH\n")) == said(other.score("HASH\n"))


def test_noise_of_an_analyzer_does_not_reach_stdout(pool: Scorer, capfd: pytest.CaptureFixture[str]) -> None:
    pool.score(GOOD)
    assert capfd.readouterr() == ("", "")


def test_an_abandoned_run_leaves_a_usable_scorer(pool: Scorer) -> None:
    scores = pool.score_many([GOOD, "SPIN\n", "SPIN\n"])
    next(scores)
    scores.close()
    assert pool.score(GOOD).status is Status.MEASURED


def test_a_run_over_nothing_is_empty(pool: Scorer) -> None:
    assert list(pool.score_many([])) == []


def test_an_error_of_the_caller_passes_through(pool: Scorer) -> None:
    def texts() -> Iterator[str]:
        yield GOOD
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        list(pool.score_many(texts()))


@pytest.mark.parametrize("workers", [0, 1])
def test_a_host_that_cannot_be_opened_says_why(worker_profile: Profile, workers: int) -> None:
    lost = dataclasses.replace(worker_profile, distribution="nobody")
    with pytest.raises(HostError, match="needs the analyzer 'worker': no plugin brings it"):
        Scorer(lost, workers=workers)


@pytest.mark.parametrize("workers", [0, 1])
def test_a_formula_that_breaks_ends_the_run_with_its_name(worker_profile: Profile, workers: int) -> None:
    broken = dataclasses.replace(worker_profile, description="bad-formula")
    with Scorer(broken, workers=workers) as scorer, pytest.raises(PluginError, match="worker-plugin:worker"):
        scorer.score(GOOD)


def test_a_sealed_profile_is_judged_without_strangers(worker_profile: Profile) -> None:
    names = {entry.found.distribution for entry in open_host(HostSpec(worker_profile))._plugins.loaded}
    assert names == {"quality", "worker-plugin"}


def test_a_spec_travels(worker_profile: Profile) -> None:
    spec = HostSpec(worker_profile)
    assert pickle.loads(pickle.dumps(spec)) == spec


def test_a_text_that_stalls_holds_up_no_other_when_order_does_not_matter(worker_profile: Profile) -> None:
    with Scorer(worker_profile, workers=2, timeout=0.3) as scorer:
        tasks = [Task("SPIN\n"), *(Task(f"x = {n}\n") for n in range(20))]
        numbers = [number for number, _ in scorer.as_completed(tasks)]
        kept = [outcome.score for outcome in scorer.run(tasks)]
        found = {number: outcome.score for number, outcome in scorer.as_completed(tasks)}
    assert numbers[-1] == 0
    assert [found[number] for number in range(21)] == kept


@pytest.mark.parametrize("workers", [0, 1])
def test_tasks_may_come_while_others_are_judged(worker_profile: Profile, workers: int) -> None:
    """None says that there is no task at present; the run ends when all that came is judged."""
    waiting = [Task("x = 1\n", "a.py")]
    taken = []

    def feed() -> Iterator[Task | None]:
        while True:
            yield waiting.pop() if waiting else None

    with Scorer(worker_profile, workers=workers) as scorer:
        for number, outcome in scorer.as_completed(feed()):
            taken.append((number, outcome.score.path))
            if number == 0:
                waiting.append(Task("x = 2\n", "b.py"))
        later = list(scorer.as_completed(feed()))
    assert taken == [(0, "a.py"), (1, "b.py")]
    assert later == []


def test_threads_that_share_workers_get_their_own_results(worker_profile: Profile) -> None:
    with Scorer(worker_profile, workers=2) as scorer, ThreadPoolExecutor(4) as threads:
        texts = [[f"x{n} = {number}\n" for number in range(20)] for n in range(4)]
        shared = list(threads.map(lambda codes: [said(score) for score in scorer.score_many(codes)], texts))
    with Scorer(worker_profile) as scorer:
        assert shared == [[said(score) for score in scorer.score_many(codes)] for codes in texts]


def test_a_run_inside_of_another_is_refused(pool: Scorer) -> None:
    first = pool.score_many([GOOD, GOOD])
    next(first)
    with pytest.raises(UsageError, match="in the middle of another run"):
        pool.score(GOOD)
    assert len(list(first)) == 1
    assert pool.score(GOOD).status == Status.MEASURED


def test_a_closed_scorer_says_so(worker_profile: Profile) -> None:
    for workers in (0, 1):
        with Scorer(worker_profile, workers=workers) as scorer:
            pass
        with pytest.raises(UsageError, match="closed"):
            scorer.score(GOOD)


def test_one_text_is_not_taken_for_many(inline: Scorer) -> None:
    with pytest.raises(UsageError, match="Use 'score' for one text"):
        inline.score_many(GOOD)
