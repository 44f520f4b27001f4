"""The books of one run: what waits, what is done, what comes next, and what is already known."""

from __future__ import annotations

from collections import OrderedDict, deque
from typing import TYPE_CHECKING

from quality.runtime._counters import Tally
from quality.runtime._task import Outcome, Task, task_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality.runtime._cache import Cache

#: Tasks read ahead per worker: enough to keep all busy behind a text that needs its deadline twice, few
#: enough to bound memory ...
AHEAD = 512
#: ... as does the number of characters or bytes that are read ahead.
_VOLUME = 32 << 20
#: Tasks read ahead per worker where none is held up by another.
_NEAR = 4
#: Tasks read at a time, so that the first results need not wait for the last of them.
_STRIDE = 16
#: Outcomes that a run remembers, for texts that come again.
_REMEMBERED = 4_096


class Memory:
    """The latest outcomes of a run by the key of their task, before those on disk.

    Args:
        cache: The results on disk, if any.
        tally: Counts what is known and what was judged.
    """

    def __init__(self, cache: Cache | None = None, tally: Tally | None = None) -> None:
        self.tally = tally or Tally()
        self._recent: OrderedDict[bytes, Outcome] = OrderedDict()
        self._cache = cache

    def recall(self, key: bytes) -> Outcome | None:
        """Looks an outcome up."""
        outcome = self.find(key)
        if outcome is None and self._cache is not None:
            self.tally.count("cache_misses")
        return outcome

    def find(self, key: bytes) -> Outcome | None:
        """Looks an outcome up that will be asked for again when it is not known."""
        outcome = self._recent.get(key)
        if outcome is not None:
            self._recent.move_to_end(key)
            self.tally.count("repeated")
        elif self._cache is not None:
            outcome = self._cache.recall(key)
            if outcome is not None:
                self.tally.count("cache_hits")
        return outcome

    def keep(self, key: bytes, outcome: Outcome) -> None:
        """Remembers an outcome, and forgets the one that was not asked for the longest."""
        self.tally.judged(outcome)
        self._recent[key] = outcome
        if len(self._recent) > _REMEMBERED:
            self._recent.popitem(last=False)
        if self._cache is not None:
            self._cache.keep(key, outcome)


class Books:
    """Keeps the order of a run over several workers, and gives equal tasks to one of them once.

    Args:
        tasks: What to judge.
        workers: How many there are.
        memory: What is known.
        ordered: False to give each outcome as soon as it is there.
    """

    def __init__(
        self, tasks: Iterator[Task | None], workers: int, memory: Memory, *, ordered: bool = True
    ) -> None:
        self.tally = memory.tally
        self.waiting: deque[tuple[int, Task]] = deque()
        self._tasks = tasks
        self._memory = memory
        self._ordered = ordered
        self._ahead = workers * (AHEAD if ordered else _NEAR)
        self._read = 0
        self._yielded = 0
        self._volume = 0
        self._open: dict[int, tuple[bytes, int]] = {}
        self._equals: dict[bytes, list[int]] = {}
        self._retried: set[int] = set()
        self._done: dict[int, Outcome] = {}

    def fill(self) -> bool:
        """Reads some tasks ahead, as many as there are at present; tells whether there may be more."""
        for _ in range(_STRIDE):
            if self._read - self._yielded >= self._ahead or self._volume >= _VOLUME:
                return False
            task = next(self._tasks, None)
            if task is None:
                return False
            self._enter(self._read, task)
            self._read += 1
        return True

    def unfinished(self) -> bool:
        """Tells whether any task that was read has not been yielded."""
        return self._yielded < self._read

    def retry(self, number: int) -> bool:
        """Tells whether a task may be tried again: once."""
        if number in self._retried:
            return False
        self._retried.add(number)
        self.tally.count("retried")
        return True

    def settle(self, number: int, outcome: Outcome) -> None:
        """Takes the outcome of a task, also for the tasks that are equal to it."""
        key, size = self._open.pop(number)
        self._volume -= size
        self._retried.discard(number)
        self._memory.keep(key, outcome)
        for equal in self._equals.pop(key):
            self._done[equal] = outcome

    def finished(self) -> Iterator[tuple[int, Outcome]]:
        """Yields what is done with its task's number: while it is next in order, or all of it."""
        while self._done:
            number = self._yielded if self._ordered else next(iter(self._done))
            if number not in self._done:
                return
            self._yielded += 1
            yield number, self._done.pop(number)

    def _enter(self, number: int, task: Task) -> None:
        key = task_key(task)
        if key in self._equals:
            self._equals[key].append(number)
            self.tally.count("repeated")
            return
        known = self._memory.recall(key)
        if known is not None:
            self._done[number] = known
            return
        self._equals[key] = [number]
        self._open[number] = (key, len(task.data))
        self._volume += len(task.data)
        self.waiting.append((number, task))
