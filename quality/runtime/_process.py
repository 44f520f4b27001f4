"""The parent's side of one worker process."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from quality.model import HostError

if TYPE_CHECKING:
    from quality.runtime._spec import HostSpec
    from quality.runtime._task import Identity, Task

#: Address space of a worker in bytes. Analyzers need about 300 MB; a text that wants more is hostile.
MEMORY = 4 << 30
#: What the hard deadline adds to the soft one, for work that C code does not interrupt.
GRACE = 0.25
#: A worker that gets no CPU time is given up after so many deadlines of wall clock.
PATIENCE = 15.0

_START = "import sys; sys.path += {paths!r}; from quality.runtime._worker import main; main({read}, {write})"
_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


class Worker:
    """One worker process: isolated mode, no environment, root folder, own session.

    Args:
        spec: What its host is built from.
        seconds: CPU time per text.
    """

    def __init__(self, spec: HostSpec, seconds: float) -> None:
        self.seconds = seconds
        self.ready = False
        self.task: tuple[int, Task] | None = None
        self._began = (0.0, 0.0)
        request_read, request_write = os.pipe()
        answer_read, answer_write = os.pipe()
        code = _START.format(paths=_import_paths(), read=request_read, write=answer_write)
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and code
            # The flags of -I but -E: the environment is this one, and its hash seed should count.
            [sys.executable, "-P", "-s", "-X", "utf8", "-c", code],
            env={"PYTHONHASHSEED": "0", "LC_ALL": "C.UTF-8"},
            cwd=Path(sys.executable).anchor,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            pass_fds=(request_read, answer_write),
            start_new_session=True,
        )
        os.close(request_read)
        os.close(answer_write)
        self._requests = Connection(request_write, readable=False)
        #: Becomes readable when the worker has answered or died.
        self.answers = Connection(answer_read, writable=False)
        self._requests.send((spec, seconds, MEMORY))

    def receive_identity(self) -> Identity:
        """Waits for the worker's host.

        Raises:
            QualityError: What opening the host raised in the worker.
            HostError: The worker died.
        """
        try:
            answer: Any = self.answers.recv()
        except (EOFError, OSError):
            raise HostError(
                f"A worker did not start (exit code {self._process.wait()}).",
                remedy="Run with one process (workers=0) to see why.",
            ) from None
        if isinstance(answer, BaseException):
            raise answer
        self.ready = True
        return cast("Identity", answer)

    def send(self, number: int, task: Task) -> None:
        """Gives the idle worker a task. A worker that died meanwhile is noticed when it is read."""
        self.task = (number, task)
        self._began = (time.monotonic(), self._cpu())
        try:
            self._requests.send(task)
        except OSError:
            return

    def overdue(self) -> bool:
        """Tells whether its text has used up its CPU time, or the wall clock of last resort."""
        if self.task is None:
            return False
        wall = time.monotonic() - self._began[0]
        if wall < self.seconds + GRACE:
            return False
        return wall > self.seconds * PATIENCE or self._cpu() - self._began[1] > self.seconds + GRACE

    def stop(self) -> None:
        """Kills the process and closes the pipes."""
        self._process.kill()
        self._process.wait()
        self._requests.close()
        self.answers.close()

    def _cpu(self) -> float:
        """CPU seconds of the process so far; where the platform does not tell, the wall clock."""
        try:
            fields = (
                Path(f"/proc/{self._process.pid}/stat")
                .read_text("ascii", "replace")
                .rpartition(")")[2]
                .split()
            )
        except OSError:
            return time.monotonic()
        return (int(fields[11]) + int(fields[12])) / _TICKS


def _import_paths() -> list[str]:
    """The folder this package was imported from: isolated mode does not know it from PYTHONPATH."""
    return [str(Path(__file__).resolve().parents[2])]
