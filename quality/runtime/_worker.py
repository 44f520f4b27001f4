"""The worker's side. Started isolated, with an environment of its own, in the root folder.

It reads ``HostSpec`` and then ``Task`` objects from its connection and answers with ``Outcome`` objects. The
parent trusts only what this process made; this process trusts nothing in a task's text.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import sys
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from quality.analysis import Interrupt
from quality.model import Analysis, QualityError, Reason
from quality.runtime._inline import identity, judge_task
from quality.runtime._spec import open_host
from quality.runtime._task import Outcome

if TYPE_CHECKING:
    from types import FrameType

    from quality.analysis import Host
    from quality.runtime._task import Task

#: How deep Python code may recurse; analyzers walk trees whose depth the gate bounds.
_RECURSION = 4_000


#: Imports what samples import most.
_WARM = (
    "import collections, dataclasses, functools, itertools, json, math, os, re, string, typing\n\nprint(re)\n"
)


class _DeadlineError(Interrupt):
    """CPU time is up. No ``Exception``, so that no analyzer swallows it."""


def main(read_fd: int, write_fd: int) -> None:
    """Serves until the parent closes the connection."""
    requests = Connection(read_fd, writable=False)
    answers = Connection(write_fd, readable=False)
    spec, seconds, memory = requests.recv()
    _limit(memory)
    try:
        host = open_host(spec)
    except Exception as error:  # noqa: BLE001 - whatever it is, the parent must hear of it
        answers.send(error)
        return
    if spec.profile.sealed:
        # Analyzers read modules of the standard library on first use: not on a sample's time.
        host.examine(_WARM)
    answers.send(identity(host))
    gc.collect()
    gc.freeze()
    with contextlib.suppress(EOFError, BrokenPipeError, KeyboardInterrupt):
        while True:
            answers.send(_answer(host, requests.recv(), seconds))


def _answer(host: Host, task: Task, seconds: float) -> Outcome | QualityError:
    """An outcome; or what the host itself raises, which the parent raises again."""
    try:
        return _run(host, task, seconds)
    except QualityError as error:
        return error


def _run(host: Host, task: Task, seconds: float) -> Outcome:
    """Judges one task under the soft deadline, which counts this process's CPU time."""
    try:
        signal.setitimer(signal.ITIMER_PROF, seconds)
        try:
            return judge_task(host, task)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0.0)
    except _DeadlineError:
        return lost(host, task, Reason.TIMEOUT, f"not analysed within {seconds:g} s")
    except MemoryError:
        return lost(host, task, Reason.MEMORY, "out of memory")


def lost(host: Host, task: Task, reason: Reason, detail: str) -> Outcome:
    """The outcome of a task that was given up."""
    analysis = Analysis(path=task.path, sha256="", reason=reason, detail=detail)
    return Outcome(analysis, host.judge([analysis]))


def _limit(memory: int) -> None:
    sys.setrecursionlimit(_RECURSION)
    signal.signal(signal.SIGPROF, _on_deadline)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - not on every platform

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    sys.stdin = Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115 - lives as long as the process
    sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115


def _on_deadline(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise _DeadlineError


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
