"""The parent's side of one worker process."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quality.model import Reason
from quality.runtime._codec import decode
from quality.runtime._worker import GRACE, timeout_text

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from quality.runtime._task import Answer, Task
    from quality.runtime._template import Template

#: A worker that gets no CPU time is given up after so many deadlines of wall clock.
PATIENCE = 15.0

_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
#: How a worker ends whose deadline the system enforced.
_OUT_OF_TIME = frozenset({-signal.SIGVTALRM, -signal.SIGPROF})


class Worker:
    """A worker that a template started.

    Args:
        template: Where it comes from.
        pid: Its process.
        channel: The connection to it; becomes readable when it has answered or died.
        seconds: CPU time per text.
    """

    def __init__(self, template: Template, pid: int, channel: Connection[Any, Any], seconds: float) -> None:
        self.channel = channel
        self.task: tuple[int, Task] | None = None
        self._template = template
        self._pid = pid
        self._seconds = seconds
        self._began = (0.0, 0.0)

    def send(self, number: int, task: Task) -> None:
        """Gives the idle worker a task. A worker that died meanwhile is noticed when it is read."""
        self.task = (number, task)
        self._began = (time.monotonic(), self._cpu())
        try:
            self.channel.send(task)
        except OSError:
            return

    def receive(self) -> Answer:
        """Takes the answer that has come.

        Raises:
            EOFError: The process died.
            OSError: Likewise.
        """
        answer: Answer = decode(self.channel.recv_bytes())
        return answer

    def overdue(self) -> bool:
        """Tells whether its text has used up its CPU time, or the wall clock of last resort."""
        if self.task is None:
            return False
        wall = time.monotonic() - self._began[0]
        if wall < self._seconds + GRACE:
            return False
        return wall > self._seconds * PATIENCE or self._cpu() - self._began[1] > self._seconds + GRACE

    def stop(self) -> tuple[Reason, str]:
        """Kills the process, and says what it died of if that came before."""
        code = self._template.end(self._pid)
        self.channel.close()
        if code in _OUT_OF_TIME:
            return Reason.TIMEOUT, timeout_text(self._seconds)
        return Reason.CRASH, "the analysis ended its process"

    def _cpu(self) -> float:
        """CPU seconds of the process so far; none where the platform does not tell: the wall clock decides."""
        try:
            stat = Path(f"/proc/{self._pid}/stat").read_text("ascii", "replace")
        except OSError:
            return 0.0
        fields = stat.rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS
