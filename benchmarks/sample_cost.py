"""What one sample costs: all analyzers and the score, one process, warm, as a multiple of ``ast.parse``.

Both are measured on the same texts in the same run, so the ratio means the same on any machine.
"""

from __future__ import annotations

import argparse
import ast
import json
import statistics
import time
from collections import defaultdict
from typing import TYPE_CHECKING

from _corpus import human_eval

from quality.runtime import open_host, resolve_spec

if TYPE_CHECKING:
    from quality.analysis import Host

#: ``ast.parse`` of a sample is too short for one reading of the clock.
_PARSES = 20


def main() -> None:
    """Measures and prints."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=3, help="how often each sample is measured")
    options.add_argument("--json", action="store_true", help="print JSON only")
    arguments = options.parse_args()
    codes = human_eval()
    host = open_host(resolve_spec("sample"))
    for code in codes:
        _judge(host, code)
    rounds = [_round(host, codes) for _ in range(arguments.rounds)]
    milliseconds = {
        part: 1000 * statistics.median(each[part] for each in rounds) / len(codes) for part in rounds[0]
    }
    parse = milliseconds["ast.parse"]
    result = {
        "samples": len(codes),
        "rounds": arguments.rounds,
        "milliseconds": milliseconds,
        "ratios": {part: value / parse for part, value in milliseconds.items()},
    }
    if not arguments.json:
        print(f"{len(codes)} samples, median of {arguments.rounds} rounds, warm, one process\n")
        print(f"{'part':<14}{'ms a sample':>14}{'× ast.parse':>14}")
        for part, value in milliseconds.items():
            print(f"{part:<14}{value:>14.3f}{value / parse:>14.1f}")
        print()
    print(json.dumps(result))


def _round(host: Host, codes: list[str]) -> dict[str, float]:
    """Seconds per part over all samples: parsing alone, everything, each analyzer, and the rest."""
    seconds: dict[str, float] = defaultdict(float)
    for code in codes:
        started = time.perf_counter()
        for _ in range(_PARSES):
            ast.parse(code)
        seconds["ast.parse"] += (time.perf_counter() - started) / _PARSES
        started = time.perf_counter()
        spent = _judge(host, code)
        seconds["all"] += time.perf_counter() - started
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
