"""A scorer for services that waits until it is told, so that tests need no clock."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator

from scorer_fakes import FINGERPRINT, fake_score

from quality.model import Analysis
from quality.runtime import Counters, Outcome, Task


class GatedScorer:
    """Scores one text at a time, each when the gate is open; keeps what it was asked."""

    def __init__(self, *, closed: bool = False, error: Callable[[], Exception] | None = None) -> None:
        self.fingerprint = FINGERPRINT
        self.gate = threading.Event()
        if not closed:
            self.gate.set()
        self.error = error
        self.asked: list[str] = []
        self.began = threading.Event()
        self.closed = 0

    def as_completed(self, tasks: Iterable[Task | None]) -> Iterator[tuple[int, Outcome]]:
        for number, task in enumerate(tasks):
            if task is None:
                return
            self.asked.append(task.data)
            self.began.set()
            assert self.gate.wait(30)
            if self.error is not None:
                raise self.error()
            yield number, Outcome(Analysis(task.path, ""), fake_score(task.data))

    def counters(self) -> Counters:
        count = len(self.asked)
        return Counters(count, {"measured": count}, {}, count, 0, 0, 0, 0, 0, {"fake": 0.5}, {}, ())

    def close(self) -> None:
        self.closed += 1


def until(condition: Callable[[], object]) -> None:
    end = time.monotonic() + 30.0
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.001)
