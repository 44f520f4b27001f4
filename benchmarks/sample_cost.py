"""What one sample costs: all analyzers and the score, one process, warm, as a multiple of ``ast.parse``.

Both are measured on the same texts in the same run, in CPU time, so the ratio means the same on any machine and on a
busy one. As in a worker, what was opened is kept from the garbage collector. ``rest`` is the host: the gate, parsing,
settling findings, the score.
"""

from __future__ import annotations

import argparse
import ast
import gc
import json
import time
from collections import defaultdict
from typing import TYPE_CHECKING

from _corpus import human_eval

from quality.runtime import open_host, resolve_spec

if TYPE_CHECKING:
    from quality.analysis import Host

#: How often all samples are parsed in a round: that is short, and noise on it moves every ratio.
_PARSES = 10


def main() -> None:
    """Measures and prints."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=3, help="how often each sample is measured")
    options.add_argument("--json", action="store_true", help="print JSON only")
    options.add_argument("--profile", default="sample")
    arguments = options.parse_args()
    codes = human_eval()
    host = open_host(resolve_spec(arguments.profile))
    for code in codes:
        _judge(host, code)
    gc.collect()
    gc.freeze()
    rounds = [_round(host, codes) for _ in range(arguments.rounds)]
    milliseconds = {part: 1000 * min(each[part] for each in rounds) / len(codes) for part in rounds[0]}
    parse = milliseconds["ast.parse"]
    result = {
        "samples": len(codes),
        "rounds": arguments.rounds,
        "milliseconds": milliseconds,
        "ratios": {part: value / parse for part, value in milliseconds.items()},
        "rest over analyzers": milliseconds["rest"] / (milliseconds["all"] - milliseconds["rest"]),
    }
    if not arguments.json:
        print(
            f"{len(codes)} samples, {arguments.profile}, best of {arguments.rounds} rounds, warm, one process\n"
        )
        print(f"{'part':<14}{'ms a sample':>14}{'× ast.parse':>14}")
        for part, value in milliseconds.items():
            print(f"{part:<14}{value:>14.3f}{value / parse:>14.1f}")
        print(f"\nrest over analyzers: {result['rest over analyzers']:.1%}\n")
    print(json.dumps(result))


def _round(host: Host, codes: list[str]) -> dict[str, float]:
    """Seconds per part over all samples: parsing alone, everything, each analyzer, and the rest."""
    seconds: dict[str, float] = defaultdict(float)
    started = time.thread_time()
    for _ in range(_PARSES):
        for code in codes:
            ast.parse(code)
    seconds["ast.parse"] = (time.thread_time() - started) / _PARSES
    for code in codes:
        started = time.thread_time()
        spent = _judge(host, code)
        seconds["all"] += time.thread_time() - started
        for analyzer, value in spent.items():
            seconds[analyzer] += value
    analyzers = sum(value for part, value in seconds.items() if part not in {"ast.parse", "all"})
    return {**seconds, "rest": seconds["all"] - analyzers}


def _judge(host: Host, code: str) -> dict[str, float]:
    analysis = host.examine(code)
    host.judge([analysis])
    return dict(analysis.seconds)


if __name__ == "__main__":
    main()
