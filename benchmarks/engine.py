"""What the engine costs: starting, replacing a worker, judging with one and two workers, and results from the cache.

All figures of a run are of one machine; those of the workers are beside those of the same texts in this process.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from pathlib import Path

from _corpus import human_eval

from quality.runtime import Scorer, resolve_spec
from quality.runtime._pool import PoolEngine


def main() -> None:
    """Measures and prints."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--copies", type=int, default=6, help="how many variants of each of 164 texts")
    options.add_argument("--json", action="store_true", help="print JSON only")
    arguments = options.parse_args()
    # A comment makes a variant another text for the engine, and the same work for the analyzers.
    codes = [f"{code}\n# {number}\n" for number in range(arguments.copies) for code in human_eval()]
    result = {**_starts(), **_throughput(codes), **_cached(codes)}
    if not arguments.json:
        for name, value in result.items():
            print(f"{name:<44}{value:>12.4g}")
        print()
    print(json.dumps(result))


def _starts() -> dict[str, float]:
    spec = resolve_spec("sample")
    result: dict[str, float] = {}
    for forks, workers in ((True, 1), (True, 4), (False, 4)):
        started = time.perf_counter()
        engine = PoolEngine(spec, workers, 2.0, forks=forks)
        how = "forked" if forks else "each started"
        result[f"start of {workers} workers, {how}, s"] = time.perf_counter() - started
        started = time.perf_counter()
        engine._replace(engine._workers[0])  # noqa: SLF001 - what a lost text costs
        result[f"replacing one of {workers}, {how}, s"] = time.perf_counter() - started
        engine.close()
    return result


def _throughput(codes: list[str]) -> dict[str, float]:
    rates: dict[int, float] = {}
    for workers in (0, 1, 2):
        with Scorer(workers=workers) as scorer:
            for _ in scorer.score_many(codes[:164]):
                pass
            started = time.perf_counter()
            for _ in scorer.score_many(codes):
                pass
            rates[workers] = len(codes) / (time.perf_counter() - started)
    return {
        **{f"samples/s with {workers} workers": rate for workers, rate in rates.items()},
        "one worker, times this process": rates[1] / rates[0],
        "two workers, times one": rates[2] / rates[1],
    }


def _cached(codes: list[str]) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "results.sqlite"
        result: dict[str, float] = {}
        for what in ("into the cache", "from the cache"):
            with Scorer(workers=2, cache=file) as scorer:
                started = time.perf_counter()
                for _ in scorer.score_many(codes):
                    pass
                result[f"samples/s {what}"] = len(codes) / (time.perf_counter() - started)
        result["bytes of the cache a sample"] = file.stat().st_size / len(codes)
    with Scorer() as scorer:
        started = time.perf_counter()
        for _ in scorer.score_many(codes[:1] * 20_000):
            pass
        result["samples/s of one text again and again"] = 20_000 / (time.perf_counter() - started)
    return result


if __name__ == "__main__":
    main()
