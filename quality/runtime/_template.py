"""The parent's side of the template: a process that opens the host once and forks workers from it."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
from multiprocessing.connection import Connection
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeVar

from quality.model import HostError
from quality.runtime._process import Worker
from quality.runtime._worker import Ended, Order

if TYPE_CHECKING:
    from quality.runtime._spec import HostSpec
    from quality.runtime._task import Identity

_Kind = TypeVar("_Kind")

#: Whether workers are forked. Where that is not safe, each worker is a template that turns into one.
FORKS = sys.platform == "linux"

#: Read at once and absolute: where PATH has a relative folder, so has sys.executable, and a template starts elsewhere.
_PYTHON = Path(sys.executable).absolute()

_START = "import sys; sys.path += {paths!r}; from quality.runtime._worker import main; main({channel})"


class Template:
    """A process with an open host: isolated mode, no environment, root folder, own session.

    It and its workers end when this process ends, however that comes about.

    Args:
        spec: What the host is built from.
        seconds: CPU time per text in the workers.
        forks: False when it should become its only worker.
    """

    def __init__(self, spec: HostSpec, seconds: float, *, forks: bool) -> None:
        self._seconds = seconds
        self._forks = forks
        self._workers: set[int] = set()
        self._socket, theirs = socket.socketpair()
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the process
        self._channel = Connection(os.dup(self._socket.fileno()))
        with contextlib.ExitStack() as undone:
            undone.callback(self._close_files)
            with theirs:
                self._process = _started(theirs, self._log)
            self._send((spec, seconds, forks, os.getpid()))
            undone.pop_all()

    def identity(self) -> Identity:
        """Waits for the host.

        Raises:
            QualityError: What opening the host raised.
            HostError: The process died.
        """
        answer = self._receive()
        if isinstance(answer, BaseException):
            raise answer
        identity: Identity = answer
        return identity

    def worker(self) -> Worker:
        """Starts a worker.

        Raises:
            HostError: The process died.
        """
        mine, theirs = socket.socketpair()
        with mine, theirs:
            self._send((Order.START, 0))
            socket.send_fds(self._socket, [b"."], [theirs.fileno()])
            pid = self._answer(int)
            self._workers.add(pid)
            return Worker(self, pid, Connection(os.dup(mine.fileno())), self._seconds)

    def read(self, modules: tuple[str, ...]) -> None:
        """Has the analyzers read these modules, for all workers that start from now on.

        Raises:
            HostError: The process died, or the analyzers do not finish.
        """
        self._send((Order.READ, modules))
        answer = self._receive()
        if isinstance(answer, BaseException):
            raise answer

    def end(self, pid: int) -> int:
        """Kills a worker, if it still lives, and returns its exit code: negative for a signal.

        Only the template reaps its workers, so until then the number of a dead one means no other process.
        """
        self._workers.discard(pid)
        if not self._forks:
            self.close()
            return self._process.returncode
        try:
            self._send((Order.END, pid))
            return self._answer(Ended).code
        except HostError:
            return 0

    def close(self) -> None:
        """Ends the process and its workers."""
        while self._workers:
            self.end(next(iter(self._workers)))
        self._process.kill()
        self._process.wait()
        self._close_files()

    def _close_files(self) -> None:
        self._channel.close()
        self._socket.close()
        self._log.close()

    def _send(self, message: object) -> None:
        try:
            self._channel.send(message)
        except OSError as error:
            raise self._died() from error

    def _receive(self) -> Any:
        try:
            return self._channel.recv()
        except (EOFError, OSError) as error:
            raise self._died() from error

    def _answer(self, kind: type[_Kind]) -> _Kind:
        """The answer of a kind. Where an interrupt came before an earlier one was read, that is still there."""
        while not isinstance(answer := self._receive(), kind):
            continue
        return answer

    def _died(self) -> HostError:
        code = self._process.wait()
        self._log.seek(0)
        last = self._log.read().decode("utf-8", "replace").strip().rpartition("\n")[2]
        return HostError(
            f"The workers did not start or lost their process (exit code {code}{': ' * bool(last)}{last}).",
            remedy="Run in one process (workers=0, --jobs 0) to see why.",
        )


def _started(channel: socket.socket, log: IO[bytes]) -> subprocess.Popen[bytes]:
    """Starts the process, which listens at its end of a channel, and writes its last words into a log."""
    code = _START.format(paths=_import_paths(), channel=channel.fileno())
    return subprocess.Popen(  # noqa: S603 - our own interpreter and code
        # The flags of -I but -E: the environment is this one, and its hash seed should count.
        [_PYTHON, "-P", "-s", "-X", "utf8", "-c", code],
        env={"PYTHONHASHSEED": "0", "LC_ALL": "C.UTF-8"},
        cwd=_PYTHON.anchor,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=log,
        pass_fds=(channel.fileno(),),
        start_new_session=True,
    )


def _import_paths() -> list[str]:
    """The folder this package was imported from: isolated mode does not know it from PYTHONPATH."""
    return [str(Path(__file__).resolve().parents[2])]
