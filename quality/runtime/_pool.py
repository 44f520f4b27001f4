"""The engine with worker processes. One thread, no locks: whoever iterates drives the pool."""

from __future__ import annotations

from collections import deque
from multiprocessing.connection import wait
from typing import TYPE_CHECKING

from quality.model import Analysis, HostError, QualityError, Reason
from quality.runtime._process import Worker
from quality.runtime._task import Outcome, Task
from quality.scoring import unmeasured

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quality.runtime._spec import HostSpec

#: Tasks read ahead per worker: enough to keep all busy behind one slow text, few enough to bound memory.
_AHEAD = 32
#: How often overdue workers are looked for, in seconds.
_LOOK = 0.05


class PoolEngine:
    """Judges in worker processes.

    A text that crashes or stalls its worker costs that text only: the worker is replaced, the text is tried
    once more, and then it is unmeasured with its reason.

    Args:
        spec: What each worker builds its host from.
        workers: How many, at least 1.
        seconds: CPU time per text.

    Raises:
        HostError: The workers do not start, or do not agree on the fingerprint.
    """

    def __init__(self, spec: HostSpec, workers: int, seconds: float) -> None:
        self._spec = spec
        self._seconds = seconds
        self._workers = [Worker(spec, seconds) for _ in range(workers)]
        try:
            identities = [worker.receive_identity() for worker in self._workers]
        except BaseException:
            self.close()
            raise
        if any(identity != identities[0] for identity in identities):
            self.close()
            raise HostError("The workers do not agree on the fingerprint.", remedy="Reinstall the plugins.")
        self.identity = identities[0]

    def run(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        """Yields the outcomes in the tasks' order."""
        run = _Run(iter(tasks), len(self._workers) * _AHEAD)
        try:
            while run.fill() or run.unfinished():
                yield from run.finished()
                self._feed(run)
                self._collect(run)
            yield from run.finished()
        finally:
            self._reset()

    def close(self) -> None:
        """Kills the workers."""
        for worker in self._workers:
            worker.stop()
        self._workers = []

    def _feed(self, run: _Run) -> None:
        for worker in self._workers:
            if worker.ready and worker.task is None and run.waiting:
                worker.send(*run.waiting.popleft())

    def _collect(self, run: _Run) -> None:
        """Takes what is answered, and replaces workers that died or are overdue."""
        busy = [worker for worker in self._workers if worker.task is not None or not worker.ready]
        answered = set(wait([worker.answers for worker in busy], _LOOK)) if busy else set()
        for worker in busy:
            if worker.answers not in answered:
                if worker.overdue():
                    detail = f"not analysed within {self._seconds:g} s"
                    self._lose(run, worker, Reason.TIMEOUT, detail)
                continue
            if not worker.ready:
                worker.receive_identity()
                continue
            try:
                outcome = worker.answers.recv()
            except (EOFError, OSError):
                self._lose(run, worker, Reason.CRASH, "the analysis ended its process")
                continue
            self._take(run, worker, outcome)

    def _take(self, run: _Run, worker: Worker, outcome: Outcome | QualityError) -> None:
        if isinstance(outcome, QualityError):
            raise outcome
        if worker.task is None:
            return
        number, task = worker.task
        worker.task = None
        if outcome.score.reason in {Reason.TIMEOUT, Reason.MEMORY, Reason.CRASH} and run.retry(number, task):
            # Its state after such an end is not known, so neither is what it would say of the next text.
            self._replace(worker)
            return
        run.done[number] = outcome

    def _lose(self, run: _Run, worker: Worker, reason: Reason, detail: str) -> None:
        if worker.task is not None:
            number, task = worker.task
            if not run.retry(number, task):
                analysis = Analysis(path=task.path, sha256="", reason=reason, detail=detail)
                score = unmeasured(self._spec.profile, self.identity.fingerprint, reason, detail, task.path)
                run.done[number] = Outcome(analysis, score)
        self._replace(worker)

    def _replace(self, worker: Worker) -> None:
        worker.stop()
        self._workers[self._workers.index(worker)] = Worker(self._spec, self._seconds)

    def _reset(self) -> None:
        """Replaces workers that still work for a run that was abandoned."""
        for worker in list(self._workers):
            if worker.task is not None:
                self._replace(worker)


class _Run:
    """The books of one run: what waits, what is done, what comes next."""

    def __init__(self, tasks: Iterator[Task], ahead: int) -> None:
        self._tasks = tasks
        self._ahead = ahead
        self._read = 0
        self._yielded = 0
        self._retried: set[int] = set()
        self.waiting: deque[tuple[int, Task]] = deque()
        self.done: dict[int, Outcome] = {}

    def fill(self) -> bool:
        """Reads ahead; tells whether any task is waiting."""
        while self._read - self._yielded < self._ahead:
            task = next(self._tasks, None)
            if task is None:
                break
            self.waiting.append((self._read, task))
            self._read += 1
        return bool(self.waiting)

    def unfinished(self) -> bool:
        """Tells whether any task that was read has not been yielded."""
        return self._yielded < self._read

    def retry(self, number: int, task: Task) -> bool:
        """Puts a task back, once."""
        if number in self._retried:
            return False
        self._retried.add(number)
        self.waiting.appendleft((number, task))
        return True

    def finished(self) -> Iterator[Outcome]:
        """Yields what is done and next in order."""
        while self._yielded in self.done:
            outcome = self.done.pop(self._yielded)
            self._yielded += 1
            yield outcome
