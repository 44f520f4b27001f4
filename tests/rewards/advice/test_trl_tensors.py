"""The simulated advantages are those that TRL's trainers put into their tensors.

``RECORDED`` is what ``GRPOTrainer`` and ``RLOOTrainer`` of TRL 1.16.0 logged as advantages when the reward functions
gave these samples' rewards. Where TRL is installed its trainers run again, and must say the same.
"""

from __future__ import annotations

import itertools
import json
import math
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from scorer_fakes import FakeScorer

from quality.rewards import QualityReward, Terms
from quality.rewards.advice import SETTINGS, Simulation, read_recorded, simulate

WEIGHT = 0.15
SIZE = 4
#: Group → per sample what its tests say and its quality.
SAMPLES: dict[str, list[tuple[object, float]]] = {
    "mixed": [(True, 0.9), (False, 0.8), (0.5, 0.7), (True, 0.2)],
    "right": [(True, 0.70), (True, 0.72), (True, 0.75), (True, 0.77)],
    "wrong": [(False, 0.9), (False, 0.1), (False, 0.5), (False, 0.5)],
    "equal": [(True, 0.6)] * 4,
    "alone": [(False, 0.9), (True, 0.4), (None, 0.9), (0.25, 0.3)],
}
RECORDED = json.loads(Path(__file__).with_name("trl_1_16_advantages.json").read_text("utf-8"))
MODES = ("fraction", "abstain")


def simulated(mode: str) -> Simulation:
    lines = (
        json.dumps({"task_id": name, "passed": passed, "quality": quality}).encode()
        for name, group in SAMPLES.items()
        for passed, quality in group
    )
    return simulate(read_recorded(lines, pytest.fail, ()), Terms(WEIGHT, on_failure=mode))


def found(mode: str) -> dict[str, list[list[float]]]:
    return {
        each.setting.name: [list(group) for group in each.advantages] for each in simulated(mode).settings
    }


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("setting", [setting.name for setting in SETTINGS])
def test_the_simulation_says_what_was_recorded(mode: str, setting: str) -> None:
    for name, group in zip(SAMPLES, found(mode)[setting], strict=True):
        # Trainers compute in single precision.
        assert group == pytest.approx(RECORDED[mode][setting][name], rel=1e-3, abs=2e-4), name


@dataclass(frozen=True, slots=True)
class Host:
    """A trainer of TRL and how it is set.

    Attributes:
        setting: What it is called here.
        trainer: The trainer's class.
        options: Its configuration's arguments.
        split: Whether the reward is two columns.
    """

    setting: str
    trainer: str
    options: dict[str, object]
    split: bool = False


HOSTS = [
    *(Host(scale, "GRPO", {"scale_rewards": scale}) for scale in ("group", "batch", "none")),
    Host("none", "GRPO", {"scale_rewards": "none", "loss_type": "dr_grpo"}),
    *(
        Host(
            "gdpo",
            "GRPO",
            {
                "scale_rewards": scale,
                "multi_objective_aggregation": "normalize_then_sum",
                "reward_weights": [1.0, WEIGHT],
            },
            split=True,
        )
        for scale in ("group", "batch", "none")
    ),
    Host("rloo", "RLOO", {"beta": 0.0}),
]


class Recall:
    """A reward function that rewards the samples of ``SAMPLES`` in the place of what the policy wrote."""

    def __init__(self, reward: Callable[..., list[float | None]]) -> None:
        self._reward = reward
        self.__name__ = reward.__name__

    def __call__(self, prompts: Sequence[str], **_: object) -> list[float | None]:
        rows: defaultdict[str, itertools.count[int]] = defaultdict(itertools.count)
        samples = [SAMPLES[prompt][next(rows[prompt])] for prompt in prompts]
        completions = [f"```python\nx = f()  # q={quality}\n```" for _, quality in samples]
        return self._reward(completions, prompts=prompts, passed=[passed for passed, _ in samples])


def logged(host: Host, mode: str, folder: Path) -> dict[str, list[float]]:
    """The advantages that a trainer computes in one step, by group."""
    trl = pytest.importorskip("trl", reason="trl is not installed; its advantages are recorded")
    from datasets import Dataset
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

    words = {word: number for number, word in enumerate(["<pad>", "<end>", *SAMPLES])}
    tokenizer = Tokenizer(models.WordLevel(words, unk_token="<pad>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    small = {"hidden_size": 8, "intermediate_size": 8, "num_hidden_layers": 1, "num_attention_heads": 1}
    reward = QualityReward(WEIGHT, on_failure=mode, open_scorer=FakeScorer)
    trainer = getattr(trl, f"{host.trainer}Trainer")(
        model=LlamaForCausalLM(LlamaConfig(vocab_size=len(words), **small)),
        reward_funcs=[Recall(one) for one in (reward.split(SIZE) if host.split else [reward])],
        processing_class=PreTrainedTokenizerFast(
            tokenizer_object=tokenizer, pad_token="<pad>", eos_token="<end>"
        ),
        train_dataset=Dataset.from_list([{"prompt": name} for name in SAMPLES]),
        args=getattr(trl, f"{host.trainer}Config")(
            output_dir=str(folder),
            max_steps=1,
            per_device_train_batch_size=SIZE * len(SAMPLES),
            num_generations=SIZE,
            max_completion_length=2,
            use_cpu=True,
            bf16=False,
            report_to=[],
            save_strategy="no",
            disable_tqdm=True,
            **host.options,
        ),
    )
    trainer.train()
    groups: defaultdict[str, list[float]] = defaultdict(list)
    for prompt, advantage in zip(trainer._logs["prompt"], trainer._logs["advantages"], strict=True):
        groups[prompt].append(advantage)
    return dict(groups)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    "host", HOSTS, ids=lambda host: "-".join([host.trainer, *map(str, host.options.values())])
)
def test_a_trainer_says_what_was_recorded_and_what_is_simulated(
    host: Host, mode: str, tmp_path: Path
) -> None:
    said = logged(host, mode, tmp_path)
    simulated_groups = dict(zip(SAMPLES, found(mode)[host.setting], strict=True))
    for name in SAMPLES:
        assert said[name] == pytest.approx(RECORDED[mode][host.setting][name], abs=1e-6), name
        assert said[name] == pytest.approx(simulated_groups[name], rel=1e-3, abs=2e-4), name


class TestFormulas:
    """The formulas as they were published, written out."""

    @pytest.fixture(params=MODES)
    def batch(self, request: pytest.FixtureRequest) -> Simulation:
        return simulated(request.param)

    @staticmethod
    def known(group: Sequence[float]) -> list[float]:
        return [reward for reward in group if not math.isnan(reward)]

    def by_name(self, batch: Simulation, name: str) -> list[tuple[tuple[float, ...], tuple[float, ...]]]:
        report = next(each for each in batch.settings if each.setting.name == name)
        return list(zip(batch.rewards, report.advantages, strict=True))

    def test_grpo_divides_by_the_groups_deviation(self, batch: Simulation) -> None:
        """Shao et al., 2024: A = (r - mean) / std; with the sample's deviation and 1e-4, as in TRL."""
        for rewards, values in self.by_name(batch, "group"):
            known = self.known(rewards)
            mean = sum(known) / len(known) if known else 0.0
            spread = math.sqrt(sum((r - mean) ** 2 for r in known) / max(len(known) - 1, 1))
            expected = [0.0 if math.isnan(r) else (r - mean) / (spread + 1e-4) for r in rewards]
            assert values == pytest.approx(expected if len(known) > 1 else [0.0] * len(rewards))

    def test_dr_grpo_does_not_divide(self, batch: Simulation) -> None:
        """Liu et al., 2025: A = r - mean."""
        for rewards, values in self.by_name(batch, "none"):
            known = self.known(rewards)
            expected = [0.0 if math.isnan(r) else r - sum(known) / len(known) for r in rewards]
            assert values == pytest.approx(expected)

    def test_rloo_leaves_the_sample_out_of_its_baseline(self, batch: Simulation) -> None:
        """Ahmadian et al., 2024: A_i = r_i - sum of the others / (k - 1)."""
        for rewards, values in self.by_name(batch, "rloo"):
            for place, (reward, value) in enumerate(zip(rewards, values, strict=True)):
                others = self.known([r for number, r in enumerate(rewards) if number != place])
                fits = others and not math.isnan(reward)
                assert value == pytest.approx(reward - sum(others) / len(others) if fits else 0.0)

    def test_gdpo_normalises_each_reward_in_its_group_and_their_sum_in_the_batch(self) -> None:
        """Liu et al., 2026: A_k = (r_k - mean_k) / std_k in the group; A = sum of w_k A_k, normalised in the batch."""
        groups = {name: samples for name, samples in SAMPLES.items() if name != "alone"}
        sums: list[float] = []
        for samples in groups.values():
            failing = 0.5 / (1 - WEIGHT)
            tests = [1.0 if share is True else failing * float(share) for share, _ in samples]
            quality = [level if share is True else math.nan for share, level in samples]
            columns = [self.normal(tests), self.normal(quality)]
            sums += [
                sum(w * value for w, value in zip((1.0, WEIGHT), pair, strict=True) if not math.isnan(value))
                for pair in zip(*columns, strict=True)
            ]
        mean = sum(sums) / len(sums)
        spread = math.sqrt(sum((value - mean) ** 2 for value in sums) / (len(sums) - 1))
        lines = (
            json.dumps({"task_id": name, "passed": passed, "quality": quality}).encode()
            for name, group in groups.items()
            for passed, quality in group
        )
        report = next(
            each
            for each in simulate(read_recorded(lines, pytest.fail, ()), Terms(WEIGHT)).settings
            if each.setting.name == "gdpo"
        )
        flat = [value for group in report.advantages for value in group]
        assert flat == pytest.approx([(value - mean) / (spread + 1e-4) for value in sums])

    def normal(self, column: Sequence[float]) -> list[float]:
        known = self.known(column)
        if len(known) < 2:
            return [math.nan] * len(column)
        mean = sum(known) / len(known)
        spread = math.sqrt(sum((value - mean) ** 2 for value in known) / (len(known) - 1))
        return [(value - mean) / (spread + 1e-4) for value in column]
