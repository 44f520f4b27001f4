"""An engine that starts when the first text is met that is not known yet."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from quality.analysis import tool_versions
from quality.model import HostError
from quality.runtime._spec import plugins_for
from quality.runtime._task import Engine, Identity, Outcome, Task, task_key
from quality.scoring import fingerprint

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator

    from quality.runtime._books import Memory
    from quality.runtime._spec import HostSpec


def expected_identity(spec: HostSpec) -> Identity | None:
    """What a host of this description will be, without opening it; None where only that can tell.

    An analyzer that is not required may not open, which changes the fingerprint; a required one that does
    not open ends the run.
    """
    profile = spec.profile
    plugins = plugins_for(profile)
    if not all(use.required and use.id in plugins.analyzers for use in profile.analyzers):
        return None
    versions = {use.id: plugins.analyzers[use.id].version for use in profile.analyzers}
    rules = [rule for rule_id, rule in plugins.rules.items() if profile.enables(rule_id)]
    return Identity(fingerprint(profile, versions, rules), tool_versions(versions))


class LazyEngine:
    """Answers from the memory alone as long as that knows every text; then starts what judges.

    Args:
        identity: What the engine will be.
        start: Starts it.
    """

    def __init__(self, identity: Identity, start: Callable[[], Engine]) -> None:
        self.identity = identity
        self._start = start
        self._engine: Engine | None = None

    def run(self, tasks: Iterable[Task], memory: Memory) -> Iterator[Outcome]:
        """Yields the outcomes in the tasks' order."""
        rest = iter(tasks)
        if self._engine is None:
            for task in rest:
                known = memory.find(task_key(task))
                if known is None:
                    rest = itertools.chain([task], rest)
                    break
                yield known
            else:
                return
        yield from self._started().run(rest, memory)

    def as_completed(
        self, tasks: Iterable[Task | None], memory: Memory
    ) -> Generator[tuple[int, Outcome], None, None]:
        """Yields each outcome as soon as it is there."""
        return self._started().as_completed(tasks, memory)

    def close(self) -> None:
        """Ends the engine, if it was started."""
        if self._engine is not None:
            self._engine.close()

    def _started(self) -> Engine:
        if self._engine is None:
            engine = self._start()
            if engine.identity != self.identity:
                engine.close()
                raise HostError(
                    "An analyzer changed its version when it was opened.",
                    remedy="Turn the results cache off, and tell the author of its plugin.",
                )
            self._engine = engine
        return self._engine
