"""The other side: the template process, and the workers it turns into. Isolated, in the root folder.

The parent trusts only what these processes made; they trust nothing in a task's text.
"""

from __future__ import annotations

import contextlib
import enum
import gc
import math
import os
import signal
import socket
import sys
import time
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from quality.analysis import Interrupt
from quality.model import Analysis, HostError, QualityError, Reason
from quality.runtime._codec import encode
from quality.runtime._garbage import forget_text, keep_opened
from quality.runtime._inline import identity, judge_task
from quality.runtime._spec import open_host
from quality.runtime._task import Answer, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

    from quality.analysis import Host
    from quality.runtime._task import Task

#: What the deadline of the system adds to the soft one, for work that C code does not interrupt.
GRACE = 0.25
#: Bytes by which a worker may grow. Honest texts need a few megabytes.
MEMORY = 1 << 30
#: A worker is replaced after so many texts, or when it once held so many more bytes than at its start.
TEXTS = 2_000
GROWTH = 256 << 20

#: CPU seconds in which the analyzers read a text for all workers. It takes one or two.
_READING = 60.0
#: How often a template that does not listen yet looks whether its parent lives.
_LOOK = 0.5

#: How deep Python code may recurse; analyzers walk trees whose depth the gate bounds.
_RECURSION = 4_000
#: Imports what samples import most.
_WARM = (
    "import collections, dataclasses, functools, itertools, json, math, os, re, string, typing\n\nprint(re)\n"
)


class Order(enum.Enum):
    """What the parent asks of the template."""

    START = "start"
    READ = "read"
    END = "end"


@dataclass(frozen=True, slots=True)
class Ended:
    """The template's answer to ``Order.END``.

    Attributes:
        code: The worker's exit code: negative for a signal.
    """

    code: int


class _DeadlineError(Interrupt):
    """CPU time is up. No ``Exception``, so that no analyzer swallows it."""


def main(channel: int) -> None:
    """Opens the host, then starts and ends workers until the parent is gone."""
    control = socket.socket(fileno=channel)
    orders: Connection[Any, Any] = Connection(os.dup(channel))
    spec, seconds, forks, parent = orders.recv()
    _settle()
    gc.disable()  # what is opened stays: there is nothing to collect yet
    try:
        with _watched(parent):
            host = open_host(spec)
    except Exception as error:  # noqa: BLE001 - whatever it is, the parent must hear of it
        orders.send(error)
        return
    # Analyzers read modules of the standard library on first use: not on a sample's time.
    if spec.profile.sealed and not _read(host, _WARM, parent, orders):
        return
    keep_opened()
    orders.send(identity(host))
    _Template(host, control, orders, parent, seconds, forks=forks).listen()


@dataclass(frozen=True, slots=True)
class _Template:
    """A process with an open host, which starts and ends workers as the parent asks.

    Attributes:
        host: What workers judge with.
        control: Brings the ends of the connections that workers answer on.
        orders: Brings what the parent asks.
        parent: Its process id.
        seconds: CPU seconds a text.
        forks: Whether workers are copies of this process; without, it turns into the first one itself.
        pids: The workers that live.
    """

    host: Host
    control: socket.socket
    orders: Connection[Any, Any]
    parent: int
    seconds: float
    forks: bool
    pids: set[int] = field(default_factory=set)

    def listen(self) -> None:
        """Obeys until the parent is gone; then no worker is left."""
        with contextlib.suppress(EOFError, OSError):
            while self._obey(*self.orders.recv()):
                pass
        for pid in self.pids:
            _end(pid)

    def _obey(self, order: Order, what: Any) -> bool:
        """Does what the parent asks; False when nothing more can be done for it."""
        if order is Order.END:
            self.pids.discard(what)
            self.orders.send(Ended(_end(what)))
        elif order is Order.READ:
            if not _read(self.host, "".join([f"import {name}\n" for name in what]), self.parent, self.orders):
                return False
            keep_opened()
            self.orders.send(None)
        else:
            self._start()
        return True

    def _start(self) -> None:
        """Starts a worker; in the worker, never returns."""
        _, files, _, _ = socket.recv_fds(self.control, 1, 1)
        pid = os.fork() if self.forks else 0
        if pid == 0:
            if not self.forks:
                self.orders.send(os.getpid())
            self.orders.close()
            self.control.close()
            _serve(self.host, Connection(files[0]), self.seconds)
        os.close(files[0])
        self.pids.add(pid)
        self.orders.send(pid)


def _read(host: Host, text: str, parent: int, orders: Connection[Any, Any]) -> bool:
    """Has the analyzers read a text for all workers; tells the parent, and returns False, when they do not finish."""
    try:
        with _watched(parent, _READING):
            host.examine(text)
    except _DeadlineError:
        what = f"The analyzers did not finish a first, harmless text within {_READING:g} s."
        orders.send(
            HostError(what, remedy="Repair the plugin that waits or computes for ever, or leave it out.")
        )
        return False
    return True


@contextlib.contextmanager
def _watched(parent: int, seconds: float = math.inf) -> Iterator[None]:
    """What the template does before it listens: it ends with its parent, and when the CPU time is up.

    Ten times as much on the wall clock is for what waits. C code that no signal handler gets through to is ended
    by the system.
    """
    begun = (time.process_time(), time.monotonic())

    def look(_signal: int, _frame: FrameType | None) -> None:
        if os.getppid() != parent:
            os._exit(0)
        if time.process_time() - begun[0] > seconds or time.monotonic() - begun[1] > 10 * seconds:
            raise _DeadlineError

    signal.signal(signal.SIGALRM, look)
    signal.setitimer(signal.ITIMER_REAL, _LOOK, _LOOK)
    if seconds < math.inf:
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds + 10 * _LOOK)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0.0)
        signal.setitimer(signal.ITIMER_VIRTUAL, 0.0)


def _end(pid: int) -> int:
    os.kill(pid, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _serve(host: Host, channel: Connection[Any, Any], seconds: float) -> NoReturn:
    """Answers tasks until the parent closes the connection; never returns into the template's code."""
    try:
        _limit()
        begun = _peak()
        served = 0
        while True:
            result = _answer(host, channel.recv(), seconds)
            served += 1
            answer = Answer(result, worn=served >= TEXTS or _peak() - begun > GROWTH)
            channel.send_bytes(encode(answer))
            del result, answer
            forget_text()
    finally:
        os._exit(0)


def _answer(host: Host, task: Task, seconds: float) -> Outcome | QualityError:
    """An outcome; or what the host itself raises, which the parent raises again."""
    try:
        return _run(host, task, seconds)
    except QualityError as error:
        return error


def _run(host: Host, task: Task, seconds: float) -> Outcome:
    """Judges one task under the deadlines, which count this process's CPU time.

    The first raises an exception. Where that does not get through, the second ends the process.
    """
    try:
        signal.setitimer(signal.ITIMER_PROF, seconds)
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds + GRACE)
        try:
            return judge_task(host, task)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0.0)
            signal.setitimer(signal.ITIMER_VIRTUAL, 0.0)
    except _DeadlineError as error:
        # Named only where it took most of the time: whichever happens to be at work at the end is not to blame.
        spender = error.analyzer if error.spent > seconds / 2 else ""
        return lost(host, task, Reason.TIMEOUT, timeout_text(seconds, spender))
    except MemoryError:
        return lost(host, task, Reason.MEMORY, "out of memory")


def lost(host: Host, task: Task, reason: Reason, detail: str) -> Outcome:
    """The outcome of a task that was given up."""
    analysis = Analysis(path=task.path, sha256="", reason=reason, detail=detail)
    return Outcome(analysis, host.judge([analysis]))


def timeout_text(seconds: float, spender: str = "") -> str:
    """The detail of a timeout.

    Args:
        seconds: CPU seconds a text.
        spender: The analyzer that took most of them, where one did and is known.
    """
    return f"not analysed within {seconds:g} s" + (f": {spender} did not finish" if spender else "")


def _settle() -> None:
    """What template and workers share."""
    sys.setrecursionlimit(_RECURSION)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    signal.signal(signal.SIGPROF, _on_deadline)
    signal.signal(signal.SIGVTALRM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.stdin = Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115 - lives as long as the process
    sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115


def _limit() -> None:
    """What only workers get: silence, a session of their own, and the limits of the system."""
    with contextlib.suppress(PermissionError):
        os.setsid()  # refused to what leads its session already
    with Path(os.devnull).open("wb") as nothing:
        os.dup2(nothing.fileno(), sys.__stderr__.fileno() if sys.__stderr__ else 2)
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # not on every platform

        size = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (size + MEMORY, size + MEMORY))


def _peak() -> int:
    """The most memory that this process ever held, in bytes; 0 where the platform does not tell."""
    try:
        import resource  # not on every platform
    except ImportError:
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def _on_deadline(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise _DeadlineError
