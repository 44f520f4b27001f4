"""What a scorer has done so far, in plain numbers."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from quality.model import Reason

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quality.runtime._task import Outcome

_Number = TypeVar("_Number", int, float)

#: How many of the slowest texts are kept.
SLOWEST = 10


@dataclass(frozen=True, slots=True)
class SlowText:
    """One of the texts that took longest.

    Attributes:
        seconds: What its analyzers took together; the deadline when they did not finish.
        number: Which text of its run it was, from 0.
        path: Its logical path.
        reason: Why it has no score, or empty.
    """

    seconds: float
    number: int
    path: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Counters:
    """A snapshot. Every number only grows as long as its scorer lives.

    Attributes:
        texts: Results given.
        statuses: ``measured``, ``partial``, ``unmeasured`` → results given.
        reasons: Reason → unmeasured results given.
        judged: Texts that the analyzers were run on.
        repeated: Texts that equal another one of their run, whose result they got.
        cache_hits: Results taken from the results cache.
        cache_misses: Texts that the results cache did not know.
        retried: Texts tried once more because they lost their worker.
        replaced: Workers replaced, for age, growth or a lost text.
        seconds: Analyzer → seconds it took over all judged texts.
        failures: Analyzer → judged texts on which it failed.
        slowest: The texts that took longest, slowest first; at most ``SLOWEST``.
    """

    texts: int
    statuses: Mapping[str, int]
    reasons: Mapping[str, int]
    judged: int
    repeated: int
    cache_hits: int
    cache_misses: int
    retried: int
    replaced: int
    seconds: Mapping[str, float]
    failures: Mapping[str, int]
    slowest: tuple[SlowText, ...]


class Tally:
    """Counts. Threads may share it.

    Args:
        deadline: Seconds that a text took at least when it did not finish in time.
    """

    def __init__(self, deadline: float = 0.0) -> None:
        self._turn = threading.Lock()
        self._deadline = deadline
        self._numbers: Counter[str] = Counter()
        self._statuses: Counter[str] = Counter()
        self._reasons: Counter[str] = Counter()
        self._seconds: dict[str, float] = {}
        self._failures: Counter[str] = Counter()
        self._slowest: dict[str, SlowText] = {}
        self._bound = 0.0

    def count(self, what: str) -> None:
        """Adds one to a number of ``Counters``."""
        with self._turn:
            self._numbers[what] += 1

    def judged(self, outcome: Outcome) -> None:
        """Counts a text that the analyzers were run on."""
        with self._turn:
            self._numbers["judged"] += 1
            for analyzer, seconds in outcome.analysis.seconds.items():
                self._seconds[analyzer] = self._seconds.get(analyzer, 0.0) + seconds
            self._failures.update({failure.analyzer for failure in outcome.analysis.failures})

    def given(self, number: int, outcome: Outcome) -> None:
        """Counts a result, of whatever origin."""
        score = outcome.score
        with self._turn:
            self._numbers["texts"] += 1
            self._statuses[score.status] += 1
            if score.reason is not None:
                self._reasons[score.reason] += 1
            late = score.reason is Reason.TIMEOUT
            seconds = self._deadline if late else sum(outcome.analysis.seconds.values())
            if seconds > self._bound:
                self._rank(number, outcome, seconds)

    def snapshot(self) -> Counters:
        """The numbers so far."""
        with self._turn:
            numbers = self._numbers
            return Counters(
                texts=numbers["texts"],
                statuses=_sorted(self._statuses),
                reasons=_sorted(self._reasons),
                judged=numbers["judged"],
                repeated=numbers["repeated"],
                cache_hits=numbers["cache_hits"],
                cache_misses=numbers["cache_misses"],
                retried=numbers["retried"],
                replaced=numbers["replaced"],
                seconds=_sorted(self._seconds),
                failures=_sorted(self._failures),
                slowest=tuple(self._ranked()),
            )

    def _rank(self, number: int, outcome: Outcome, seconds: float) -> None:
        """Puts a text among the slowest: one that comes again once only."""
        analysis = outcome.analysis
        key = analysis.sha256 or f"#{number}"
        slow = SlowText(seconds, number, analysis.path, str(outcome.score.reason or ""))
        self._slowest.setdefault(key, slow)
        if len(self._slowest) > SLOWEST:
            fastest = min(self._slowest, key=lambda each: self._slowest[each].seconds)
            del self._slowest[fastest]
            self._bound = min(slow.seconds for slow in self._slowest.values())

    def _ranked(self) -> list[SlowText]:
        return sorted(self._slowest.values(), key=lambda slow: (-slow.seconds, slow.number))


def _sorted(numbers: Mapping[str, _Number]) -> dict[str, _Number]:
    return {str(name): numbers[name] for name in sorted(numbers)}
