"""The engine with worker processes. One thread, no locks: whoever iterates drives the pool."""

from __future__ import annotations

import contextlib
import logging
import sys
from collections import deque
from multiprocessing.connection import wait
from typing import TYPE_CHECKING

from quality.model import Analysis, HostError, QualityError, Reason
from quality.runtime._counters import Tally
from quality.runtime._driven import DrivenEngine
from quality.runtime._imports import common_imports
from quality.runtime._log import tell
from quality.runtime._task import LOSSES, Answer, Outcome, Task
from quality.runtime._template import FORKS, Template
from quality.runtime._worker import timeout_text
from quality.scoring import unmeasured

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quality.runtime._books import Books, Memory
    from quality.runtime._process import Worker
    from quality.runtime._spec import HostSpec
    from quality.runtime._task import Identity

#: How often overdue workers are looked for, in seconds.
_LOOK = 0.05


class PoolEngine(DrivenEngine):
    """Judges in worker processes.

    A text that crashes or stalls its worker costs that text only: the worker is replaced, the text is tried
    once more alone in a fresh one, and then it is unmeasured with its reason.

    Args:
        spec: What each worker's host is built from.
        workers: How many, at least 1.
        seconds: CPU time per text.
        forks: False to start each worker on its own, as where forking is not safe.

    Raises:
        HostError: The workers do not start, or do not agree on the fingerprint.
    """

    def __init__(self, spec: HostSpec, workers: int, seconds: float, *, forks: bool = FORKS) -> None:
        self._spec = spec
        self._seconds = seconds
        self._forks = forks
        self._workers: list[Worker] = []
        self._ready = spec.profile.sealed or not forks
        self._tally = Tally()
        self._templates: deque[Template] = deque()
        try:
            self._templates.extend(self._template() for _ in range(1 if forks else workers))
            self.identity = common_identity(template.identity() for template in self._templates)
            self._workers += [self._start() for _ in range(workers)]
        except OSError as error:
            self.close()
            raise _unstarted(error) from None
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Kills the workers."""
        for worker in self._workers:
            worker.stop()
        self._workers = []
        for template in self._templates:
            template.close()
        self._templates.clear()

    def _begin(self, memory: Memory) -> int:
        self._tally = memory.tally
        return len(self._workers)

    def _look_ahead(self, books: Books) -> None:
        """Has the template read what many texts import, once, before it forks.

        Not under a sealed profile: nothing of a sample reaches what all others come from, or makes them wait.
        """
        self._ready = True
        while books.fill():
            pass
        modules = common_imports(task.data for _, task in books.waiting)
        if modules and self._templates:
            with contextlib.suppress(HostError):  # a template that died is replaced where a worker starts
                self._templates[0].read(modules)
            for worker in self._workers:
                worker.stop()
            self._workers = [self._start() for _ in self._workers]

    def _template(self) -> Template:
        return Template(self._spec, self._seconds, forks=self._forks)

    def _start(self) -> Worker:
        """Starts a worker from a template that lives; a template that does not fork is used up by it."""
        try:
            worker = self._templates[0].worker()
        except (HostError, IndexError):
            worker = self._start_anew()
        if not self._forks:
            self._templates.popleft()
        return worker

    def _start_anew(self) -> Worker:
        tell("template-started", forks=self._forks)
        try:
            template = self._template()
            common_identity([self.identity, template.identity()])
            self._templates.appendleft(template)
            return template.worker()
        except OSError as error:
            raise _unstarted(error) from None

    def _feed(self, books: Books) -> None:
        if not self._ready:
            self._look_ahead(books)
        for worker in self._workers:
            if worker.task is None and books.waiting:
                worker.send(*books.waiting.popleft())

    def _collect(self, books: Books) -> None:
        """Takes what is answered, and replaces workers that died or are overdue."""
        busy = [worker for worker in self._workers if worker.task is not None]
        answered = set(wait([worker.channel for worker in busy], _LOOK)) if busy else set()
        for worker in busy:
            if worker.channel in answered:
                try:
                    answer = worker.receive()
                except (EOFError, OSError):
                    self._lose(books, worker)
                else:
                    self._take(books, worker, answer)
            elif worker.overdue():
                self._lose(books, worker, (Reason.TIMEOUT, timeout_text(self._seconds)))

    def _take(self, books: Books, worker: Worker, answer: Answer) -> None:
        if worker.task is None:
            return
        number, task = worker.task
        worker.task = None
        if isinstance(answer.result, QualityError):
            raise answer.result
        score = answer.result.score
        lost = score.reason in LOSSES
        if lost and _again(books, number, task, str(score.reason), score.detail):
            self._replace(worker).send(number, task)
            return
        books.settle(number, answer.result)
        if lost or answer.worn:
            self._replace(worker)

    def _lose(self, books: Books, worker: Worker, why: tuple[Reason, str] | None = None) -> None:
        """Gives up a worker that will not answer."""
        ended = worker.stop()
        fresh = self._renew(worker)
        if worker.task is None:
            return
        number, task = worker.task
        reason, detail = why or ended
        if _again(books, number, task, str(reason), detail):
            fresh.send(number, task)
            return
        analysis = Analysis(path=task.path, sha256="", reason=reason, detail=detail)
        score = unmeasured(self._spec.profile, self.identity.fingerprint, reason, detail, task.path)
        books.settle(number, Outcome(analysis, score))

    def _renew(self, worker: Worker) -> Worker:
        """Puts a fresh worker in the place of one that was stopped."""
        self._tally.count("replaced")
        fresh = self._start()
        tell("worker-replaced", workers=len(self._workers))
        self._workers[self._workers.index(worker)] = fresh
        return fresh

    def _replace(self, worker: Worker) -> Worker:
        worker.stop()
        return self._renew(worker)

    def _reset(self) -> None:
        """Replaces workers that still work for a run that was abandoned."""
        for worker in list(self._workers):
            if worker.task is not None:
                self._replace(worker)


def _unstarted(error: OSError) -> HostError:
    if isinstance(error, PermissionError | FileNotFoundError):
        return HostError(
            f"A worker does not start: {sys.executable}: {error.strerror or error}.",
            remedy="Let this user run that program and write to the folder for temporary files, or use --jobs 0.",
        )
    return HostError(
        f"A worker does not start: {error.strerror or error}.",
        remedy="Use fewer (--jobs), or raise the limits of the system.",
    )


def _again(books: Books, number: int, task: Task, reason: str, detail: str) -> bool:
    """Tells whether a text that lost its worker is tried once more."""
    again = books.retry(number)
    facts = {"number": number, "path": task.path, "reason": reason, "detail": detail, "again": again}
    tell("text-lost", level=logging.WARNING, **facts)
    return again


def common_identity(identities: Iterable[Identity]) -> Identity:
    """What all hosts of an engine are.

    Raises:
        HostError: They differ.
    """
    first, *others = identities
    if any(other != first for other in others):
        raise HostError("The workers do not agree on the fingerprint.", remedy="Reinstall the plugins.")
    return first
