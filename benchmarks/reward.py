"""What a reward costs beside scoring alone: 1,024 completions of HumanEval, duplicates included.

A batch as of a training step: 128 tasks with 8 completions each, of which some are the same text again. The reward reads
them out of their fences, finds the duplicates, and scores each code once; the scorer gets all the codes. Both use the
same number of workers, warm, in turns.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import time
from typing import TYPE_CHECKING

from _corpus import human_eval

from quality import Scorer
from quality.rewards import QualityReward

if TYPE_CHECKING:
    from collections.abc import Callable

_TASKS, _GROUP = 128, 8
#: Different texts among the eight of a task; the others repeat them.
_DISTINCT = 5


def batch(round_: int) -> list[str]:
    """The codes of a batch; no round repeats a text of another."""
    solutions = human_eval()[:_TASKS]
    return [f"{code}\n# {round_}.{number % _DISTINCT}\n" for code in solutions for number in range(_GROUP)]


def _head(code: str) -> str:
    """The line that says what a task asks for."""
    return [line for line in code.splitlines() if line.startswith("def ")][-1]


def main() -> None:
    """Measures and prints."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    options.add_argument("--json", action="store_true", help="print JSON only")
    arguments = options.parse_args()
    ratios, alone = [], []
    prompts = [f"Write a function.\n\n```python\n{_head(code)}\n```\n" for code in human_eval()[:_TASKS]]
    prompts = [prompt for prompt in prompts for _ in range(_GROUP)]
    with Scorer(workers=arguments.workers) as scorer, QualityReward(workers=arguments.workers) as reward:
        list(scorer.score_many(batch(-1)[:64]))
        reward([f"```python\n{code}```" for code in batch(-2)[:64]])
        for number in range(arguments.rounds):
            codes = batch(number)
            completions = [f"Here it is.\n\n```python\n{code}```\n" for code in codes]
            columns = {"prompts": prompts, "passed": [place % 3 > 0 for place in range(len(codes))]}
            scoring = _seconds(lambda codes=codes: list(scorer.score_many(codes)))
            rewarding = _seconds(lambda texts=completions, columns=columns: reward(texts, **columns))
            alone.append(len(codes) / scoring)
            ratios.append(rewarding / scoring)
    result = {
        "completions": _TASKS * _GROUP,
        "of them distinct": _TASKS * _DISTINCT,
        "reward, times scoring alone, median": statistics.median(ratios),
        "the same, worst round": max(ratios),
        "completions a second, scoring alone": statistics.median(alone),
    }
    if not arguments.json:
        for name, value in result.items():
            print(f"{name:<44}{value:>12.4g}")
        print()
    print(json.dumps(result))


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
