"""The public way to score."""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import os
from typing import TYPE_CHECKING, Self

from quality.model import UsageError
from quality.runtime._books import Memory
from quality.runtime._cache import Cache
from quality.runtime._counters import Counters, Tally
from quality.runtime._inline import InlineEngine
from quality.runtime._lazy import LazyEngine, expected_identity
from quality.runtime._log import tell
from quality.runtime._pool import PoolEngine
from quality.runtime._spec import check_run, resolve_spec
from quality.runtime._task import Engine, Outcome, Task
from quality.runtime._turn import Turn
from quality.runtime._worker import GRACE

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator
    from types import TracebackType

    from quality.model import Profile, Score
    from quality.runtime._spec import HostSpec


class Scorer:
    """Scores texts under one profile; keeps its analyzers warm.

    Threads may share it: with ``workers`` one run waits for the end of another.

    Args:
        profile: A profile, its name, or the path of a TOML file.
        workers: 0 scores in this process, where no deadline can be enforced from outside and a text that
            crashes an analyzer's C code ends the process; N scores in N isolated processes.
        timeout: CPU seconds per text in a worker, more than 0; for each of two tries.
        engine: ``local`` for processes on this machine; ``ray`` for actors on a Ray cluster (the extra ``ray``):
            the one that ``RAY_ADDRESS`` names, or one that is started here. Results are the same.
        cache: A SQLite file that keeps results over runs and serves several processes; None for none. A file
            that cannot be used is named in a ``CacheWarning`` and costs only time.

    Raises:
        UsageError: An argument is out of range, or there is no such profile.
        HostError: A required analyzer is missing or broken.
    """

    def __init__(
        self,
        profile: str | Profile = "sample",
        *,
        workers: int = 0,
        timeout: float = 2.0,
        engine: str = "local",
        cache: str | os.PathLike[str] | None = None,
    ) -> None:
        check_run(workers, timeout, engine)
        if not isinstance(cache, str | os.PathLike | None):
            raise UsageError(f"cache should be a file's path or None, got {cache!r}.")
        spec = resolve_spec(profile)
        self.profile: Profile = spec.profile
        self._engine = _engine(spec, workers, timeout, engine, lazy=cache is not None)
        self._cache = Cache(cache, self.fingerprint) if cache is not None else None
        self._tally = Tally(timeout)
        self._closed = False
        # In this process texts take turns, not runs.
        self._turn: contextlib.AbstractContextManager[None] = Turn() if workers else contextlib.nullcontext()
        tell("opened", profile=self.profile.name, fingerprint=self.fingerprint, workers=workers)

    @property
    def fingerprint(self) -> str:
        """The fingerprint of all scores of this scorer."""
        return self._engine.identity.fingerprint

    @property
    def versions(self) -> dict[str, str]:
        """Python and analyzers → version."""
        return self._engine.identity.versions

    def score(self, code: str | bytes) -> Score:
        """Scores one text. Nothing in the text makes it raise."""
        with contextlib.closing(self._scores([code])) as found:
            return next(found)

    def score_many(self, codes: Iterable[str | bytes]) -> Generator[Score, None, None]:
        """Scores texts in order, streaming: reads ahead a bounded number of them.

        Raises:
            UsageError: Something else than a text or bytes is among them, or the scorer is closed or, with
                workers, in the middle of another run of this thread.
        """
        if isinstance(codes, str | bytes):
            raise UsageError("codes should be several texts, got one.", remedy="Use 'score' for one text.")
        return self._scores(codes)

    def _scores(self, codes: Iterable[str | bytes]) -> Generator[Score, None, None]:
        for outcome in self.run(Task(_text(code, number)) for number, code in enumerate(codes)):
            yield outcome.score

    def run(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        """Scores tasks in order and gives the analyses too. Equal tasks are judged once."""
        with self._working():
            for number, outcome in enumerate(self._engine.run(tasks, Memory(self._cache, self._tally))):
                self._tally.given(number, outcome)
                yield outcome

    def as_completed(self, tasks: Iterable[Task | None]) -> Iterator[tuple[int, Outcome]]:
        """Scores tasks and gives each outcome as soon as it is there, so that no task waits behind another.

        Args:
            tasks: May be a queue: None says that there is no task at present. It is asked again while tasks
                are judged.

        Yields:
            The task's number, from 0, and its outcome. Ends when all that was read is judged and there is no
            more at present.
        """
        memory = Memory(self._cache, self._tally)
        with self._working(), contextlib.closing(self._engine.as_completed(tasks, memory)) as found:
            for number, outcome in found:
                self._tally.given(number, outcome)
                yield number, outcome

    def counters(self) -> Counters:
        """What this scorer has done so far, over all its runs. Any thread may ask at any time."""
        return self._tally.snapshot()

    def close(self) -> None:
        """Ends the workers and closes the cache."""
        self._closed = True
        self._engine.close()
        if self._cache is not None:
            self._cache.close()
        tell("closed", **dataclasses.asdict(self.counters()))

    @contextlib.contextmanager
    def _working(self) -> Iterator[None]:
        """One run; what it found is kept at its end."""
        if self._closed:
            raise UsageError(
                "This scorer is closed.", remedy="Make another, or score inside its 'with' block."
            )
        with self._turn:
            try:
                yield
            finally:
                if self._cache is not None:
                    self._cache.save()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def try_within(deadline: float) -> float:
    """The ``timeout`` of a scorer that gives a text up within a deadline, after both of its tries.

    Half of the deadline is each try's, and what C code may take on top is taken off as far as half of that
    remains.
    """
    return max(deadline / 2 - GRACE, deadline / 4)


def _engine(spec: HostSpec, workers: int, timeout: float, engine: str, *, lazy: bool) -> Engine:
    """Starts what judges; with a cache, where possible, only when something is not in it."""
    start: Callable[[], Engine]
    if engine == "ray":
        from quality.runtime._ray import RayEngine  # an extra

        start = functools.partial(RayEngine, spec, workers, timeout)
    elif workers:
        start = functools.partial(PoolEngine, spec, workers, timeout)
    else:
        start = functools.partial(InlineEngine, spec)
    identity = expected_identity(spec) if lazy else None
    return start() if identity is None else LazyEngine(identity, start)


_warm: dict[str, Scorer] = {}


def score(code: str | bytes, *, profile: str = "sample") -> Score:
    """Scores one text in this process.

    The first call of a process opens the analyzers (about two seconds); later calls find them open.

    Args:
        code: Python source text.
        profile: A profile's name, or the path of a TOML file.

    Raises:
        UsageError: There is no such profile, or ``code`` is something else than a text or bytes.
        HostError: A required analyzer is missing or broken.
    """
    if profile not in _warm:
        _warm[profile] = Scorer(profile)
    return _warm[profile].score(code)


def _text(code: object, number: int) -> str | bytes:
    if isinstance(code, str | bytes):
        return code
    raise UsageError(
        f"code {number} should be a text or bytes, got {type(code).__name__}.",
        remedy="Leave out what has no code, or give ''.",
    )
