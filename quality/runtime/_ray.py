"""The engine on a Ray cluster: one actor per worker, each with an isolated worker process of its own."""

from __future__ import annotations

import os
import re
import socket
import time
from typing import TYPE_CHECKING, Any

from quality.model import HostError, QualityError, UsageError
from quality.runtime._books import Memory
from quality.runtime._codec import decode, encode
from quality.runtime._driven import DrivenEngine
from quality.runtime._log import tell
from quality.runtime._pool import PoolEngine, common_identity
from quality.runtime._task import Identity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality.runtime._books import Books
    from quality.runtime._spec import HostSpec
    from quality.runtime._task import Outcome, Task

#: Texts that an actor gets at a time: a call costs about a millisecond, an analysis several.
_BATCH = 16
#: How long to wait for an answer before new tasks are looked for, in seconds.
_LOOK = 0.05
#: How long the cluster may have no actor that answers, in seconds.
_PATIENCE = 300.0
#: How long to wait for a cluster's address to answer, in seconds.
_KNOCK = 10.0
#: An address that can be asked without Ray.
_PLACE = re.compile(r"(?:ray://)?(?P<host>[^/\s]+):(?P<port>\d{1,5})", re.ASCII)
#: Actors that may be lost in a row without any answer in between.
_MOST_LOST = 16


class Judge:
    """What runs in an actor. The text is judged in a worker process below it, so no text can end the actor.

    Args:
        spec: What its host is built from.
        seconds: CPU time per text.
    """

    def __init__(self, spec: HostSpec, seconds: float) -> None:
        self._engine = PoolEngine(spec, 1, seconds)

    def identity(self) -> Identity:
        """What judges here."""
        return self._engine.identity

    def judge(self, tasks: list[Task]) -> bytes:
        """The outcomes of some tasks, as bytes that make nothing but records when they are read."""
        return encode(list(self._engine.run(tasks, Memory())))


class RayEngine(DrivenEngine):
    """Judges in actors on a Ray cluster: the one that ``RAY_ADDRESS`` names, or one on this machine.

    An actor or node that dies costs no text: what it had is judged elsewhere, and another actor takes its place
    as soon as the cluster has room. Each actor asks for one CPU.

    Args:
        spec: What each actor's host is built from.
        workers: How many actors, at least 1.
        seconds: CPU time per text.

    Raises:
        UsageError: Ray is not installed.
        HostError: There is no cluster at the address, it has no room for one actor, or the actors do not agree on
            the fingerprint.
    """

    def __init__(self, spec: HostSpec, workers: int, seconds: float) -> None:
        self._ray = _import_ray()
        self._started = not self._ray.is_initialized()
        if self._started:
            _connect(self._ray)
        # Ray would restart an actor that died with its node, but none that was killed: new ones serve both.
        self._class = self._ray.remote(num_cpus=1, max_restarts=0)(Judge)
        self._arguments = (spec, seconds)
        self._idle: list[Any] = []
        #: Reference to an answer → the actor that owes it and what it has; nothing while it starts.
        self._owed: dict[Any, tuple[Any, list[tuple[int, Task]]]] = {}
        self._known: Identity | None = None
        self._lost = 0
        self._answered = time.monotonic()
        try:
            for _ in range(workers):
                self._start()
            self.identity = self._first_identity()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Ends the actors, and Ray where this engine started it."""
        if not self._ray.is_initialized():
            return
        for actor in [*self._idle, *(actor for actor, _ in self._owed.values())]:
            self._ray.kill(actor)
        self._idle, self._owed = [], {}
        if self._started:
            self._ray.shutdown()

    def _start(self) -> None:
        actor = self._class.remote(*self._arguments)
        self._owed[actor.identity.remote()] = (actor, [])

    def _first_identity(self) -> Identity:
        """Waits for one actor; the others may still be starting."""
        while self._known is None:
            for _ in self._answers():
                pass
        return self._known

    def _begin(self, memory: Memory) -> int:
        del memory
        self._answered = time.monotonic()
        return len(self._idle) + len(self._owed)

    def _feed(self, books: Books) -> None:
        while self._idle and books.waiting:
            actor = self._idle.pop()
            batch = [books.waiting.popleft() for _ in range(min(_BATCH, len(books.waiting)))]
            self._owed[actor.judge.remote([task for _, task in batch])] = (actor, batch)

    def _collect(self, books: Books) -> None:
        for batch, outcomes in self._answers():
            if outcomes is None:
                books.waiting.extendleft(reversed(batch))
                continue
            for (number, _), outcome in zip(batch, outcomes, strict=True):
                books.settle(number, outcome)

    def _answers(self) -> Iterator[tuple[list[tuple[int, Task]], list[Outcome] | None]]:
        """Yields what was answered; None for a batch whose actor is lost."""
        done, _ = self._ray.wait(list(self._owed), timeout=_LOOK) if self._owed else ([], [])
        for reference in done:
            actor, batch = self._owed.pop(reference)
            try:
                answer = self._ray.get(reference)
            except self._ray.exceptions.RayTaskError as error:
                raise _host_error(error) from error
            except self._ray.exceptions.RayError as error:
                self._replace(actor, error)
                if batch:
                    yield batch, None
                continue
            self._lost, self._answered = 0, time.monotonic()
            self._idle.append(actor)
            if isinstance(answer, Identity):
                self._known = common_identity([self._known or answer, answer])
            else:
                yield batch, decode(answer)
        if not self._idle and not any(batch for _, batch in self._owed.values()):
            self._be_patient()

    def _replace(self, actor: Any, error: BaseException) -> None:
        """Puts a new actor in the place of one that does not answer."""
        self._lost += 1
        tell("actor-lost", why=type(error).__name__, lost=self._lost)
        if self._lost > _MOST_LOST:
            raise HostError(
                f"{self._lost} Ray actors were lost in a row ({error}).",
                remedy="Look at the cluster: 'ray status' and the logs of its nodes.",
            )
        self._ray.kill(actor)
        self._start()

    def _be_patient(self) -> None:
        if time.monotonic() - self._answered > _PATIENCE:
            raise HostError(
                f"No Ray actor has answered for {_PATIENCE:g} s.",
                remedy="Each needs one free CPU and this version of quality: look at 'ray status'.",
            )

    def _reset(self) -> None:
        for reference, (actor, batch) in list(self._owed.items()):
            if batch:
                del self._owed[reference]
                self._ray.kill(actor)
                self._start()


def _import_ray() -> Any:
    try:
        import ray  # an extra
    except ImportError:
        raise UsageError(
            "The engine 'ray' needs Ray.", remedy="Install it: pip install 'quality[ray]'."
        ) from None
    return ray


def _connect(ray: Any) -> None:
    """Connects to the cluster of ``RAY_ADDRESS``, or starts one here.

    Raises:
        HostError: Neither works; says which.
    """
    address = os.environ.get("RAY_ADDRESS", "")
    try:
        _knock(address)
        ray.init(log_to_driver=False, configure_logging=False)
    except (OSError, OverflowError, ValueError, RuntimeError, ImportError, ray.exceptions.RayError) as error:
        why = str(error).partition("\n")[0].rstrip(".:")
        if address:
            raise HostError(
                f"The Ray cluster at RAY_ADDRESS={address} cannot be used: {why}.",
                remedy="Give the address of a head node as HOST:PORT, or unset it to start Ray on this machine.",
            ) from None
        raise HostError(
            f"Ray does not start on this machine: {why}.",
            remedy="See session_latest/logs in Ray's folder for temporary files, or score without --engine ray.",
        ) from None


def _knock(address: str) -> None:
    """Sees whether anybody listens, in seconds: Ray itself tries for minutes.

    Raises:
        OSError: Nobody does.
    """
    place = _PLACE.fullmatch(address)
    if place:
        socket.create_connection((place["host"].strip("[]"), int(place["port"])), _KNOCK).close()


def _host_error(error: Any) -> QualityError:
    """What the host in an actor said."""
    cause = getattr(error, "cause", None)
    return cause if isinstance(cause, QualityError) else HostError(f"A Ray actor failed: {cause or error}.")
