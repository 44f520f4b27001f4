"""One scorer for many callers: a thread drives it, and their requests take turns text by text."""

from __future__ import annotations

import math
import threading
import time
from collections import deque
from typing import TYPE_CHECKING, Protocol

from quality.model import HostError, QualityError
from quality.runtime import Task

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from quality.model import Score
    from quality.runtime import Counters, Outcome

#: Bounds of the seconds after which a caller that was turned away is told to come again.
_SOON, _LATE = 1, 60


class BusyError(Exception):
    """Too many texts wait already.

    Args:
        seconds: After which it is worth trying again.
    """

    def __init__(self, seconds: int) -> None:
        super().__init__(f"busy for about {seconds} s")
        self.seconds = seconds


class OverdueError(Exception):
    """A request was not answered in time, or its caller left."""


class BrokenError(Exception):
    """The scorer broke. No ``HostError``, which rewards would take for the loss of some samples."""


class LiveScorer(Protocol):
    """What judges: ``quality.Scorer``, or a stand-in for it."""

    @property
    def fingerprint(self) -> str:
        """The fingerprint of all its scores."""
        ...

    def as_completed(self, tasks: Iterable[Task | None]) -> Iterator[tuple[int, Outcome]]:
        """Yields each outcome as soon as it is there, with its task's number."""
        ...

    def counters(self) -> Counters:
        """What it has done so far."""
        ...

    def close(self) -> None:
        """Ends what it started."""
        ...


class Batch:
    """The texts of one call and what became of them."""

    def __init__(self, tasks: Sequence[Task]) -> None:
        self.tasks = deque(enumerate(tasks))
        self.outcomes: dict[int, Outcome] = {}
        self.error: QualityError | None = None
        self.ended = threading.Event()
        self._count = len(tasks)
        if not tasks:
            self.ended.set()

    def settle(self, index: int, outcome: Outcome) -> None:
        """Takes an outcome; the last one ends the batch."""
        self.outcomes[index] = outcome
        if len(self.outcomes) == self._count:
            self.ended.set()

    def fail(self, error: QualityError) -> None:
        """Ends the batch without the rest of its outcomes."""
        self.error = error
        self.ended.set()

    def ordered(self) -> list[Outcome]:
        """The outcomes in the tasks' order.

        Raises:
            BrokenError: The scorer broke.
        """
        if self.error is not None:
            raise BrokenError(str(self.error))
        return [self.outcomes[index] for index in range(self._count)]


class Dispatcher:
    """Drives one scorer in a thread of its own.

    A scorer that breaks fails the batches it had, and the next batch opens another.

    Args:
        open_scorer: Makes the scorer; the first one at once.
        most: How many texts may wait.

    Raises:
        QualityError: The scorer does not open.
    """

    def __init__(self, open_scorer: Callable[[], LiveScorer], most: int) -> None:
        self._open = open_scorer
        self._most = most
        self._scorer: LiveScorer | None = open_scorer()
        self.fingerprint = self._scorer.fingerprint
        self._turn = threading.Condition()
        self._rotation: deque[Batch] = deque()
        self._places: dict[int, tuple[Batch, int]] = {}
        self._taken = 0
        self._began = (0.0, 0)
        self._settled = 0
        self._closing = False
        #: Why the last scorer broke; None while there is one that works.
        self.broken: str | None = None
        self._thread = threading.Thread(target=self._work, name="quality-serve", daemon=True)
        self._thread.start()

    @property
    def waiting(self) -> int:
        """How many texts wait or are being judged."""
        with self._turn:
            return self._waiting()

    def submit(self, tasks: Sequence[Task], *, again: bool = False) -> Batch:
        """Takes texts in.

        Args:
            tasks: The texts.
            again: True when they belong to a request that was let in before.

        Raises:
            BusyError: Too many wait.
        """
        batch = Batch(tasks)
        with self._turn:
            waiting = self._waiting()
            if waiting and waiting + len(tasks) > self._most and not again:
                raise BusyError(self._patience(waiting))
            if tasks:
                self._rotation.append(batch)
                self._turn.notify()
        return batch

    def withdraw(self, batch: Batch) -> None:
        """Forgets those texts of a batch that are not being judged yet."""
        with self._turn:
            if batch in self._rotation:
                self._rotation.remove(batch)

    def patience(self) -> int:
        """Seconds until about half of what waits now is done, for a caller that is turned away."""
        with self._turn:
            return self._patience(self._waiting())

    def counters(self) -> Counters | None:
        """What the scorer has done so far; None while there is none."""
        scorer = self._scorer
        return None if scorer is None else scorer.counters()

    def close(self) -> None:
        """Waits for what was taken in, then closes the scorer."""
        with self._turn:
            self._closing = True
            self._turn.notify()
        self._thread.join()
        self._shut()

    def _waiting(self) -> int:
        return len(self._places) + sum(len(batch.tasks) for batch in self._rotation)

    def _patience(self, waiting: int) -> int:
        began, before = self._began
        done = self._settled - before
        seconds = time.monotonic() - began
        half = waiting / 2 * seconds / done if done else _SOON
        return min(max(math.ceil(half), _SOON), _LATE)

    def _work(self) -> None:
        while self._awaited():
            self._began = (time.monotonic(), self._settled)
            try:
                self._run()
            except QualityError as error:
                self._fail(error)
            except Exception as error:  # noqa: BLE001 - without this thread every caller would wait for ever
                self._fail(HostError(f"The scorer broke ({type(error).__name__}: {error})."))

    def _awaited(self) -> bool:
        with self._turn:
            self._turn.wait_for(lambda: self._rotation or self._closing)
            return bool(self._rotation)

    def _run(self) -> None:
        if self._scorer is None:
            self._scorer = self._open()
            self.broken = None
        self._taken = 0
        for number, outcome in self._scorer.as_completed(self._feed()):
            with self._turn:
                batch, index = self._places.pop(number)
                self._settled += 1
            batch.settle(index, outcome)

    def _feed(self) -> Iterator[Task | None]:
        while True:
            yield self._next()

    def _next(self) -> Task | None:
        """The next text of the batch whose turn it is; None when nothing waits."""
        with self._turn:
            if not self._rotation:
                return None
            batch = self._rotation.popleft()
            index, task = batch.tasks.popleft()
            if batch.tasks:
                self._rotation.append(batch)
            self._places[self._taken] = (batch, index)
            self._taken += 1
            return task

    def _fail(self, error: QualityError) -> None:
        with self._turn:
            batches = [*self._rotation, *(batch for batch, _ in self._places.values())]
            self._rotation.clear()
            self._places.clear()
        self.broken = str(error)
        self._shut()
        for batch in batches:
            batch.fail(error)

    def _shut(self) -> None:
        if self._scorer is not None:
            self._scorer.close()
        self._scorer = None


class SharedScorer:
    """A dispatcher as the scorer of one request: all its texts go in at once.

    Args:
        dispatcher: Who judges.
        until: When the request should be answered, on the monotonic clock.
    """

    def __init__(self, dispatcher: Dispatcher, until: float) -> None:
        self._dispatcher = dispatcher
        self._until = until
        self._batch: Batch | None = None
        self._left = False

    @property
    def fingerprint(self) -> str:
        """The fingerprint of all scores."""
        return self._dispatcher.fingerprint

    def run(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        """Scores tasks in order.

        Raises:
            BusyError: Too many texts wait.
            OverdueError: The deadline passed, or the caller left.
            BrokenError: The scorer broke.
        """
        batch = self._dispatcher.submit(list(tasks), again=self._batch is not None)
        self._batch = batch
        if self._left:
            batch.ended.set()
        in_time = batch.ended.wait(max(self._until - time.monotonic(), 0.0)) and not self._left
        if not in_time:
            self._dispatcher.withdraw(batch)
            raise OverdueError
        yield from batch.ordered()

    def score_many(self, codes: Iterable[str | bytes]) -> Iterator[Score]:
        """Scores codes in order."""
        return (outcome.score for outcome in self.run(Task(code) for code in codes))

    def leave(self) -> None:
        """Stops waiting, in another thread: nobody wants the answer any more."""
        self._left = True
        if self._batch is not None:
            self._batch.ended.set()

    def close(self) -> None:
        """The dispatcher is closed by whoever opened it."""
