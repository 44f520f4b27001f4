"""``--stats``: what a run did and where its time went, on standard error."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quality.cli._app import tell
from quality.model import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from quality.runtime import Counters, SlowText


def print_stats(
    counters: Counters, name: Callable[[SlowText], str], reasons: Mapping[str, int] | None = None
) -> None:
    """Prints the numbers of a run.

    Args:
        counters: The numbers.
        name: What people call a text: its path or its line.
        reasons: Why results have no score, where more is known of them than of the texts: what is no sample was
            judged as an empty text.
    """
    for line in _lines(counters, name, counters.reasons if reasons is None else reasons):
        tell(line)


def _lines(counters: Counters, name: Callable[[SlowText], str], reasons: Mapping[str, int]) -> Iterator[str]:
    statuses = ", ".join(f"{number:,} {status}" for status, number in counters.statuses.items())
    yield f"{counted(counters.texts, 'result')}: {statuses}{_in_brackets(reasons)}"
    asked = counters.cache_hits + counters.cache_misses
    cached = f", {counters.cache_hits:,} of {asked:,} from the cache" if asked else ""
    yield (
        f"{counters.judged:,} judged, {counters.repeated:,} equal to another{cached}; "
        f"{counters.retried:,} tried again, {counted(counters.replaced, 'worker')} replaced"
    )
    yield from _analyzers(counters)
    yield from _slowest(counters, name)


def _analyzers(counters: Counters) -> Iterator[str]:
    if not counters.seconds:
        return
    total = sum(counters.seconds.values())
    yield ""
    yield f"{'analyzer':<16}{'CPU s':>10}{'share':>8}{'ms a text':>11}{'failures':>10}{'from cache':>12}"
    for analyzer, seconds in sorted(counters.seconds.items(), key=lambda each: -each[1]):
        share = seconds / total if total else 0.0
        each = 1_000 * seconds / max(counters.judged, 1)
        failures = counters.failures.get(analyzer, 0)
        yield (
            f"{analyzer:<16}{seconds:>10.2f}{share:>8.0%}{each:>11.2f}{failures:>10,}{counters.cache_hits:>12,}"
        )


def _slowest(counters: Counters, name: Callable[[SlowText], str]) -> Iterator[str]:
    if not counters.slowest:
        return
    yield ""
    yield f"{'CPU s':>10}  slowest"
    for slow in counters.slowest:
        yield f"{slow.seconds:>10.3f}  {name(slow)}{f' ({slow.reason})' * bool(slow.reason)}"


def _in_brackets(numbers: Mapping[str, int]) -> str:
    return (
        f" ({', '.join(f'{name} {number:,}' for name, number in sorted(numbers.items()))})" if numbers else ""
    )
