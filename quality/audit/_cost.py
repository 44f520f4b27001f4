"""What a score costs, as a ratio to parsing the same text."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quality.audit._statistics import median
from quality.model import parsed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quality.audit._panel import Verdict

_REPEATS = 7


@dataclass(frozen=True, slots=True)
class Cost:
    """Medians over texts.

    Attributes:
        texts: How many were timed.
        ratio: Time of all analyzers, in times of ``ast.parse``.
        low: The tenth part of the texts costs no more.
        high: Nine tenths of the texts cost no more.
        analyzers: Analyzer → the same for it alone.
    """

    texts: int
    ratio: float
    low: float
    high: float
    analyzers: Mapping[str, float]


def measure_cost(rounds: Sequence[Mapping[str, Verdict]]) -> Cost:
    """Compares the time that analyzers took with that of parsing.

    Args:
        rounds: Text → what was made of it, the same texts each time: of each text and analyzer the least time counts.
    """
    timed = {text: _least(rounds, text) for text, verdict in rounds[0].items() if verdict.seconds}
    parsing = {text: _parse_time(text) for text in timed}
    names = sorted({name for seconds in timed.values() for name in seconds})
    alone = {name: _ratio([s.get(name, 0.0) for s in timed.values()], [*parsing.values()]) for name in names}
    whole = [math.fsum(seconds.values()) for seconds in timed.values()]
    ratios = sorted(_ratios(whole, [*parsing.values()]))
    last = len(ratios) - 1
    low, high = (ratios[round(level * last)] if ratios else 0.0 for level in (0.1, 0.9))
    return Cost(len(timed), median(ratios), low, high, alone)


def _least(rounds: Sequence[Mapping[str, Verdict]], text: str) -> dict[str, float]:
    """The shortest time of each analyzer on a text: what disturbs only ever adds, and the first round warms up."""
    measured = [verdicts[text].seconds for verdicts in rounds]
    return {name: min(seconds.get(name, math.inf) for seconds in measured) for name in measured[0]}


def _ratio(times: Sequence[float], parsing: Sequence[float]) -> float:
    return median(_ratios(times, parsing))


def _ratios(times: Sequence[float], parsing: Sequence[float]) -> list[float]:
    return [a / b for a, b in zip(times, parsing, strict=True) if b > 0]


def _parse_time(text: str) -> float:
    """The shortest of a few parses."""
    best = math.inf
    for _ in range(_REPEATS):
        start = time.perf_counter()
        parsed(text)
        best = min(best, time.perf_counter() - start)
    return best
