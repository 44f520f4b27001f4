"""The engine in this process."""

from __future__ import annotations

import itertools
import threading
from typing import TYPE_CHECKING

from quality.analysis import tool_versions
from quality.plugins import aside
from quality.runtime._garbage import one_text
from quality.runtime._spec import HostSpec, open_host
from quality.runtime._task import Identity, Outcome, Task, task_key

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator

    from quality.analysis import Host
    from quality.runtime._books import Memory


def identity(host: Host) -> Identity:
    """What a host is, so that parent and workers can compare."""
    return Identity(host.fingerprint, tool_versions(host.versions))


def judge_task(host: Host, task: Task) -> Outcome:
    """Judges one task with an open host."""
    analysis = host.examine(task.data, task.path, task.role)
    score = host.judge([analysis], reference=task.reference)
    host.finished(analysis, score)
    return Outcome(analysis, score)


_TURN = threading.Lock()


class InlineEngine:
    """Judges in this process, one text at a time.

    Analyzers and the libraries below them are not thread-safe, so all callers of the process take turns. No deadline is enforced: only a
    worker can be stopped from outside.
    """

    def __init__(self, spec: HostSpec) -> None:
        self.host = open_host(spec)
        self.identity = identity(self.host)

    def run(self, tasks: Iterable[Task], memory: Memory) -> Iterator[Outcome]:
        """Judges each task when it is asked for."""
        for task in tasks:
            key = task_key(task)
            outcome = memory.recall(key)
            if outcome is None:
                with _TURN, aside(), one_text():
                    outcome = judge_task(self.host, task)
                memory.keep(key, outcome)
            yield outcome

    def as_completed(
        self, tasks: Iterable[Task | None], memory: Memory
    ) -> Generator[tuple[int, Outcome], None, None]:
        """Judges each task when it is asked for, until there is none."""
        present = itertools.takewhile(lambda task: task is not None, tasks)
        yield from enumerate(self.run(filter(None, present), memory))

    def close(self) -> None:
        """Nothing was started."""
