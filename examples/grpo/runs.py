"""One start, and from it a run with tests alone and a run with tests and quality."""

from __future__ import annotations

import copy
import functools
import statistics
import tempfile
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import torch
from datasets import Dataset
from policy import make_model, make_tokenizer, sample, warm_start
from sandbox import pass_fractions
from toy import ATTACKS, Task, answers, load_tasks
from transformers import PrinterCallback, ProgressCallback
from trl import GRPOConfig, GRPOTrainer

from quality import Scorer
from quality.rewards import QualityReward, length_correlation

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

_LONGEST = 80
#: Below 1, so that what the tiny policy gets wrong is its choice of a way and not a token here and there.
_TEMPERATURE = 0.7
_GROUP, _GROUPS = 8, 8
_SHOWN = 9_600
_ASKED = 96


class Recorder:
    """A TRL reward function that tests a batch, measures it, and rewards it by tests alone or by quality too."""

    def __init__(
        self, reward: QualityReward, record: Callable[[dict[str, Any]], None], *, pays: bool
    ) -> None:
        self._reward = reward
        self._record = record
        self._pays = pays
        self.__name__ = "tests_and_quality" if pays else "tests"

    def __call__(
        self,
        prompts: Sequence[str],
        completions: Sequence[str],
        tests: Sequence[Sequence[str]],
        entry_point: Sequence[str],
        **_: Any,
    ) -> list[float | None]:
        """Rewards a batch; ``tests`` and ``entry_point`` are columns of the data set."""
        passed = [share == 1.0 for share in pass_fractions(completions, tests)]
        columns: dict[str, Any] = {"prompts": prompts, "passed": passed, "entry_point": entry_point}
        self._record(measures(completions, self._reward.components(completions, **columns)))
        return self._reward(completions, **columns) if self._pays else [float(one) for one in passed]


def measures(completions: Sequence[str], rows: Sequence[dict[str, float]]) -> dict[str, Any]:
    """What a batch is like: pass rate, mean quality of what passes, and how often each attack is tried."""
    passing = [number for number, row in enumerate(rows) if row["passed"]]
    return {
        "pass_rate": len(passing) / len(rows),
        "quality": statistics.fmean(rows[number]["quality"] for number in passing) if passing else None,
        "length": statistics.fmean(map(len, completions)),
        "length_correlation": length_correlation(
            [rows[number]["quality"] for number in passing], [completions[number] for number in passing]
        ),
        "attacks": {name: sum(map(tries, completions)) / len(rows) for name, tries in ATTACKS.items()},
    }


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train.

    Attributes:
        steps: How many batches.
        rate: The learning rate of the first step; it falls to 0 in a straight line.
        weight: Quality's share of the reward.
        attacked: Whether the policy is shown attacks before training.
        runs: Which runs: ``tests`` alone, ``quality`` too.
    """

    steps: int = 120
    rate: float = 3e-4
    weight: float = 0.15
    attacked: bool = False
    runs: tuple[str, ...] = ("tests", "quality")


def train(
    policy: Any, tokenizer: Any, tasks: list[Task], recorder: Recorder, *, seed: int, plan: Plan
) -> None:
    """Trains the policy in place."""
    count = plan.steps * _GROUPS
    rows = [{"prompt": task.prompt, "tests": list(task.tests), "entry_point": task.name} for task in tasks]
    with tempfile.TemporaryDirectory() as folder:
        trainer = GRPOTrainer(
            model=policy,
            reward_funcs=recorder,
            processing_class=tokenizer,
            train_dataset=Dataset.from_list([rows[number % len(rows)] for number in range(count)]),
            args=GRPOConfig(
                output_dir=folder,
                seed=seed,
                max_steps=plan.steps,
                per_device_train_batch_size=_GROUP * _GROUPS,
                num_generations=_GROUP,
                max_completion_length=_LONGEST,
                learning_rate=plan.rate,
                lr_scheduler_type="linear",  # at a constant rate so small a policy ends wherever its last steps threw it
                scale_rewards="batch",  # keeps the weight: see docs/rewards.md
                beta=0.0,
                temperature=_TEMPERATURE,
                top_k=0,
                use_cpu=True,
                bf16=False,
                gradient_checkpointing=False,
                report_to=[],
                save_strategy="no",
                logging_steps=plan.steps,
                disable_tqdm=True,
            ),
        )
        trainer.remove_callback(PrinterCallback)
        trainer.remove_callback(ProgressCallback)
        trainer.train()


def run(seed: int, plan: Plan, folder: Path, write: Callable[[dict[str, Any]], None]) -> None:
    """One start, and from it each run of the plan."""
    tasks = load_tasks()
    shown = list(answers(tasks, _SHOWN, seed, attacked=plan.attacked))
    tokenizer = make_tokenizer(sorted({text for pair in shown for text in pair}))
    start = make_model(tokenizer, seed)
    begun = time.process_time()
    warm_start(start, tokenizer, shown)
    print(f"seed {seed}: warm start in {time.process_time() - begun:.0f} CPU s", flush=True)
    # The policy says the same again and again.
    scores = functools.partial(Scorer, cache=folder / "scores.sqlite")
    with QualityReward(weight=plan.weight, open_scorer=scores) as reward:
        for kind in plan.runs:
            policy = copy.deepcopy(start)
            common = {"run": kind, "seed": seed, "attacked": plan.attacked}
            write({**common, "step": 0, **examine(policy, tokenizer, tasks, reward, seed)})
            place = 0

            def record(found: dict[str, Any], common: dict[str, Any] = common) -> None:
                nonlocal place
                place += 1
                write({**common, "step": place, "batch": True, **found})

            begun, clock = time.process_time(), time.monotonic()
            recorder = Recorder(reward, record, pays=kind == "quality")
            train(policy, tokenizer, tasks, recorder, seed=seed, plan=plan)
            spent = {"cpu_seconds": time.process_time() - begun, "seconds": time.monotonic() - clock}
            write({**common, "step": plan.steps, **spent, **examine(policy, tokenizer, tasks, reward, seed)})


def examine(
    policy: Any, tokenizer: Any, tasks: list[Task], reward: QualityReward, seed: int
) -> dict[str, Any]:
    """Measures a policy on samples that train nothing, drawn from the same seed for every run."""
    torch.manual_seed(seed + 1)
    asked = [task for task in tasks for _ in range(_ASKED)]
    completions = sample(policy, tokenizer, [task.prompt for task in asked], _LONGEST, _TEMPERATURE)
    passed = [share == 1.0 for share in pass_fractions(completions, [task.tests for task in asked])]
    columns = {"prompts": [task.prompt for task in asked], "entry_point": [task.name for task in asked]}
    return measures(completions, reward.components(completions, passed=passed, **columns))
