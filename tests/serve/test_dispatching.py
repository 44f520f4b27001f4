"""Many callers, one scorer."""

from __future__ import annotations

import threading
import time

import pytest
from service_fakes import GatedScorer, until

from quality.model import HostError
from quality.runtime import Task
from quality.serve import Batch, BrokenError, BusyError, Dispatcher, OverdueError, SharedScorer

LATER = 30.0


@pytest.fixture
def scorers() -> list[GatedScorer]:
    """Those that a dispatcher will open, in turn."""
    return [GatedScorer(closed=True), GatedScorer()]


@pytest.fixture
def dispatcher(scorers: list[GatedScorer]):
    opened = Dispatcher(iter(scorers).__next__, 4)
    yield opened
    scorers[0].gate.set()
    opened.close()


def tasks(*texts: str) -> list[Task]:
    return [Task(text) for text in texts]


def texts(batch: Batch) -> list[float | None]:
    assert batch.ended.wait(LATER)
    return [outcome.score.value for outcome in batch.ordered()]


def test_requests_take_turns_text_by_text(dispatcher: Dispatcher, scorers: list[GatedScorer]) -> None:
    first = dispatcher.submit(tasks("a1 # q=0.1", "a2 # q=0.2", "a3 # q=0.3"))
    assert scorers[0].began.wait(LATER)
    second = dispatcher.submit(tasks("b1 # q=0.4"))
    scorers[0].gate.set()
    assert texts(first) == [0.1, 0.2, 0.3]
    assert texts(second) == [0.4]
    assert [text[:2] for text in scorers[0].asked] == ["a1", "a2", "b1", "a3"]
    until(lambda: dispatcher.waiting == 0)


def test_what_would_make_too_many_wait_is_turned_away(
    dispatcher: Dispatcher, scorers: list[GatedScorer]
) -> None:
    dispatcher.submit(tasks("1", "2", "3"))
    with pytest.raises(BusyError) as caught:
        dispatcher.submit(tasks("4", "5"))
    assert 1 <= caught.value.seconds <= 60
    assert dispatcher.waiting == 3
    dispatcher.submit(tasks("4"))
    dispatcher.submit(tasks("of a request that is in"), again=True)
    assert dispatcher.waiting == 5


def test_a_request_beyond_the_bound_is_taken_when_nothing_waits(
    dispatcher: Dispatcher, scorers: list[GatedScorer]
) -> None:
    scorers[0].gate.set()
    assert len(texts(dispatcher.submit(tasks(*"123456")))) == 6


def test_texts_that_nobody_wants_any_more_are_not_judged(
    dispatcher: Dispatcher, scorers: list[GatedScorer]
) -> None:
    batch = dispatcher.submit(tasks("begun", "waits", "waits too"))
    assert scorers[0].began.wait(LATER)
    dispatcher.withdraw(batch)
    last = dispatcher.submit(tasks("last"))
    scorers[0].gate.set()
    texts(last)
    assert scorers[0].asked == ["begun", "last"]


@pytest.mark.parametrize("error", [HostError("no workers"), RuntimeError("no workers")])
def test_a_scorer_that_breaks_is_replaced_for_the_next_request(
    dispatcher: Dispatcher, scorers: list[GatedScorer], error: Exception
) -> None:
    scorers[0].error = lambda: error
    lost = [dispatcher.submit(tasks("1")), dispatcher.submit(tasks("2", "3"))]
    scorers[0].gate.set()
    for batch in lost:
        with pytest.raises(BrokenError, match="no workers"):
            texts(batch)
    assert "no workers" in dispatcher.broken
    assert texts(dispatcher.submit(tasks("# q=0.5"))) == [0.5]
    assert dispatcher.broken is None
    assert [scorer.closed for scorer in scorers] == [1, 0]


def test_a_scorer_that_does_not_open_again_fails_each_request(scorers: list[GatedScorer]) -> None:
    scorers[0].error = lambda: HostError("broken")
    scorers[0].gate.set()

    def open_scorer() -> GatedScorer:
        if scorers[0].asked:
            raise HostError("still broken")
        return scorers[0]

    dispatcher = Dispatcher(open_scorer, 4)
    for message in ["^broken", "still broken", "still broken"]:
        with pytest.raises(BrokenError, match=message):
            texts(dispatcher.submit(tasks("x")))
    assert dispatcher.counters() is None
    dispatcher.close()


def test_closing_finishes_what_was_taken_in(scorers: list[GatedScorer]) -> None:
    dispatcher = Dispatcher(iter(scorers).__next__, 4)
    batch = dispatcher.submit(tasks("# q=0.1", "# q=0.2"))
    closing = threading.Thread(target=dispatcher.close)
    closing.start()
    scorers[0].gate.set()
    closing.join(LATER)
    assert texts(batch) == [0.1, 0.2]
    assert scorers[0].closed == 1


def test_a_call_ends_at_its_deadline(dispatcher: Dispatcher) -> None:
    with pytest.raises(OverdueError):
        list(SharedScorer(dispatcher, time.monotonic()).score_many(["x", "y"]))
    until(lambda: dispatcher.waiting <= 1)


@pytest.mark.parametrize("when", ["before", "meanwhile"])
def test_a_call_ends_when_its_caller_leaves(
    dispatcher: Dispatcher, scorers: list[GatedScorer], when: str
) -> None:
    scorer = SharedScorer(dispatcher, time.monotonic() + 10 * LATER)
    if when == "before":
        scorer.leave()
    else:
        threading.Thread(target=lambda: (scorers[0].began.wait(LATER), scorer.leave())).start()
    with pytest.raises(OverdueError):
        list(scorer.score_many(["x", "y"]))


def test_no_texts_need_no_scorer(dispatcher: Dispatcher) -> None:
    assert list(SharedScorer(dispatcher, time.monotonic()).run([])) == []
