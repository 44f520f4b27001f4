"""GRPO with tests alone and with tests and quality, from the same start: does quality rise, do tests keep passing?

    pip install -e ".[train]"
    python examples/grpo/train.py -o clean.jsonl --seeds 1 2 3
    python examples/grpo/train.py -o attacked.jsonl --seeds 1 2 3 --attacked

Makes a tiny policy on the spot, downloads nothing, and RUNS THE CODE THAT THE POLICY WRITES (see sandbox.py).
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import warnings
from pathlib import Path
from typing import Any

#: One thread computes: so small a model gains nothing from two, and the tests need the other core.
_SURROUNDINGS = {"OMP_NUM_THREADS": "1", "TOKENIZERS_PARALLELISM": "false", "HF_HUB_OFFLINE": "1"}


def main() -> None:
    """Runs all seeds and prints what each run began and ended with."""
    form = argparse.RawDescriptionHelpFormatter
    options = argparse.ArgumentParser(description=__doc__, formatter_class=form)
    options.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.jsonl")
    options.add_argument("--seeds", type=int, nargs="+", default=[1], metavar="N")
    options.add_argument("--steps", type=int, default=120)
    options.add_argument("--learning-rate", type=float, default=3e-4)
    options.add_argument("--weight", type=float, default=0.15, help="quality's share of the reward")
    options.add_argument("--runs", nargs="+", choices=["tests", "quality"], default=["tests", "quality"])
    options.add_argument("--attacked", action="store_true", help="show the policy attacks before training")
    arguments = options.parse_args()
    os.environ.update(_SURROUNDINGS)
    warnings.filterwarnings("ignore", category=FutureWarning, module="transformers")
    from runs import Plan, run  # reads the environment

    plan = Plan(
        arguments.steps,
        arguments.learning_rate,
        arguments.weight,
        attacked=arguments.attacked,
        runs=tuple(arguments.runs),
    )
    with arguments.output.open("w", encoding="utf-8") as file:

        def write(line: dict[str, Any]) -> None:
            file.write(json.dumps(line) + "\n")
            file.flush()
            if "batch" not in line:
                print(summary(line), flush=True)

        for seed in arguments.seeds:
            with tempfile.TemporaryDirectory() as folder:
                run(seed, plan, Path(folder), write)


def summary(line: dict[str, Any]) -> str:
    """What an examination found, in words."""
    start = f"seed {line['seed']} {line['run']:<8} step {line['step']:>3}"
    tests = f"pass rate {line['pass_rate']:.3f}, quality of what passes {line['quality'] or 0.0:.3f}"
    attacks = ", ".join(f"{name} {share:.3f}" for name, share in line["attacks"].items())
    spent = f", {line['seconds']:.0f} s, {line['cpu_seconds']:.0f} CPU s" if "seconds" in line else ""
    return f"{start}: {tests}, {attacks}, length {line['length']:.0f}{spent}"


if __name__ == "__main__":
    main()
