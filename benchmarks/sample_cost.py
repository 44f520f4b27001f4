"""What one sample costs: all analyzers and the score, one process, warm, as a multiple of ``ast.parse``.

Both are measured on the same texts in the same run, in CPU time, so the ratio means the same on any machine and on a
busy one: of each text and part the least of all rounds counts, since whatever else runs only adds to it. As in a worker,
what was opened is kept from the garbage collector, and garbage is collected behind a text. ``rest`` is the host: the gate,
parsing, settling findings, the score. ``bare`` are the analyzers without it, each on a source of its own that it has to
parse itself.
"""

from __future__ import annotations

import argparse
import ast
import gc
import json
import time
from typing import TYPE_CHECKING

from _corpus import human_eval

from quality.model import Source
from quality.runtime import open_host, resolve_spec
from quality.runtime._garbage import keep_opened

if TYPE_CHECKING:
    from quality.analysis import Host

#: How often a text is parsed in a round: that is short, and noise on it moves every ratio.
_PARSES = 5


def main() -> None:
    """Measures and prints."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=3, help="how often each text is measured")
    options.add_argument("--json", action="store_true", help="print JSON only")
    options.add_argument("--profile", default="sample")
    arguments = options.parse_args()
    codes = human_eval()
    host = open_host(resolve_spec(arguments.profile))
    for code in codes:
        _judge(host, code)
    keep_opened()
    seconds: list[dict[str, float]] = [{} for _ in codes]
    for _ in range(arguments.rounds):
        for code, least in zip(codes, seconds, strict=True):
            for part, value in _measured(host, code).items():
                least[part] = min(value, least.get(part, value))
    milliseconds = {part: 1000 * sum(each[part] for each in seconds) / len(codes) for part in seconds[0]}
    parse = milliseconds["ast.parse"]
    result = {
        "samples": len(codes),
        "rounds": arguments.rounds,
        "milliseconds": milliseconds,
        "ratios": {part: value / parse for part, value in milliseconds.items()},
        "rest over analyzers": milliseconds["rest"] / _analyzers(milliseconds),
        "host over bare": (milliseconds["rest"] + _analyzers(milliseconds)) / milliseconds["bare"] - 1,
    }
    if not arguments.json:
        print(
            f"{len(codes)} samples, {arguments.profile}, least of {arguments.rounds} rounds, warm, one process\n"
        )
        print(f"{'part':<14}{'ms a sample':>14}{'× ast.parse':>14}")
        for part, value in milliseconds.items():
            print(f"{part:<14}{value:>14.3f}{value / parse:>14.1f}")
        print(f"\nrest over analyzers: {result['rest over analyzers']:.1%}")
        print(f"what the host adds to the analyzers' bare cost: {result['host over bare']:.1%}\n")
    print(json.dumps(result))


def _analyzers(parts: dict[str, float]) -> float:
    return parts["all"] - parts["rest"] - parts["garbage"]


def _measured(host: Host, code: str) -> dict[str, float]:
    """Seconds per part of one text: parsing alone, everything, each analyzer, and the rest."""
    started = time.thread_time()
    for _ in range(_PARSES):
        ast.parse(code)
    parse = (time.thread_time() - started) / _PARSES
    started = time.thread_time()
    analyzers = _judge(host, code)
    judged = time.thread_time()
    gc.collect(1)
    garbage = time.thread_time() - judged
    rest = judged - started - sum(analyzers.values())
    everything = judged - started + garbage
    measured = {"ast.parse": parse, "all": everything, **analyzers, "rest": rest, "garbage": garbage}
    return {**measured, "bare": _bare(host, code)}


def _bare(host: Host, code: str) -> float:
    """Seconds of the analyzers without a host."""
    seconds = 0.0
    for analyzer in host._analyzers:  # noqa: SLF001 - the host would prepare the source for them
        source = Source(code)
        started = time.thread_time()
        analyzer.analyze(source)
        seconds += time.thread_time() - started
        del source
        gc.collect(1)
    return seconds


def _judge(host: Host, code: str) -> dict[str, float]:
    analysis = host.examine(code)
    host.judge([analysis])
    return dict(analysis.seconds)


if __name__ == "__main__":
    main()
