"""The calls of TRL 1.16.0, recorded from ``GRPOTrainer`` and ``AsyncRolloutWorker`` and run without torch.

``trl/trainer/grpo_trainer.py::_calculate_rewards``: keywords ``prompts``, ``completions``,
``completion_ids``, one list per further dataset column, ``trainer_state``, ``log_extra``, ``log_metric``; the
result has one entry per prompt, None becomes NaN, the rest goes into a float32 tensor.
``trl/experimental/async_grpo/async_rollout_worker.py::_score_group``: the same without state and logs, in a
thread, after the function was pickled for a spawned process.
``trl/trainer/utils.py``: the name is ``__name__``; a coroutine function, or one as ``__call__``, is awaited.
"""

from __future__ import annotations

import array
import asyncio
import functools
import inspect
import math
import pickle
from collections import defaultdict
from types import SimpleNamespace

import pytest
from scorer_fakes import FakeScorer

from quality.rewards import QualityReward

GOOD = "```python\nx = f()  # q=0.8\n```"


class Trainer:
    """What the trainer does with a reward function, in its order."""

    def __init__(self, reward_func):
        self.reward_func = reward_func
        self.state = SimpleNamespace(global_step=3)
        self.extra = defaultdict(list)
        self.metrics = defaultdict(list)

    def calculate_rewards(self, inputs, prompts, completions):
        keys = [key for key in inputs[0] if key not in ["prompt", "completion", "completion_ids"]]
        reward_kwargs = {key: [example[key] for example in inputs] for key in keys}
        reward_kwargs["trainer_state"] = self.state
        reward_kwargs["log_extra"] = lambda column, values: self.extra[column].extend(values)
        reward_kwargs["log_metric"] = lambda name, value: self.metrics[name].append(value)
        output = self.reward_func(
            prompts=prompts, completions=completions, completion_ids=[[1, 2]] * len(prompts), **reward_kwargs
        )
        output = [reward if reward is not None else math.nan for reward in output]
        assert len(output) == len(prompts)
        return array.array("f", output).tolist()


@pytest.fixture
def reward():
    return QualityReward(open_scorer=FakeScorer)


def test_the_trainer_gets_a_number_or_none_for_each_completion(reward):
    inputs = [{"prompt": "p", "passed": passed, "task_id": 1} for passed in (True, False, None)]
    rewards = Trainer(reward).calculate_rewards(inputs, ["p"] * 3, [GOOD] * 3)
    assert rewards[:2] == [pytest.approx(0.97), 0.0]
    assert math.isnan(rewards[2])


def test_conversational_completions_are_lists_of_messages(reward):
    inputs = [{"prompt": [{"role": "user", "content": "p"}], "passed": True}]
    completions = [[{"role": "assistant", "content": GOOD}]]
    assert Trainer(reward).calculate_rewards(inputs, [inputs[0]["prompt"]], completions) == [
        pytest.approx(0.97)
    ]


def test_a_test_function_in_the_trainers_form_gives_the_evidence():
    def passes(prompts, completions, completion_ids, answer, trainer_state, log_extra, log_metric):
        assert trainer_state.global_step == 3
        log_metric("tests/pass_rate", 0.5)
        return [float(wanted in text) for wanted, text in zip(answer, completions, strict=True)]

    trainer = Trainer(QualityReward(open_scorer=FakeScorer, tests=passes))
    inputs = [{"prompt": "p", "answer": answer} for answer in ("x =", "y =")]
    assert trainer.calculate_rewards(inputs, ["p"] * 2, [GOOD] * 2) == [pytest.approx(0.97), 0.0]
    assert trainer.metrics["tests/pass_rate"] == [0.5]


def test_components_are_logged_as_columns_and_their_means_as_metrics(reward):
    trainer = Trainer(reward)
    trainer.calculate_rewards([{"prompt": "p", "passed": True}] * 2, ["p"] * 2, [GOOD, "prose"])
    assert trainer.extra["quality_reward/quality"] == [0.8, 0.0]
    assert trainer.metrics["quality_reward/charged"] == [0.5]
    assert trainer.extra.keys() == trainer.metrics.keys()
    assert {len(column) for column in trainer.extra.values()} == {2}


def test_the_same_columns_are_logged_whatever_the_batch_holds(reward):
    logged = []
    for completions in ([GOOD, GOOD], [None, b""], ["prose", STUB]):
        trainer = Trainer(reward)
        trainer.calculate_rewards([{"prompt": "p"}] * 2, ["p"] * 2, completions)
        logged.append(list(trainer.extra))
    assert logged[0] == logged[1] == logged[2]


STUB = "```python\ndef f(): ...  # stub\n```"


def test_it_is_named_and_taken_for_a_plain_function(reward):
    function = functools.partial(reward)
    while isinstance(function, functools.partial):
        function = function.func
    assert function.__name__ == "quality_reward"
    assert not inspect.iscoroutinefunction(function)
    assert not inspect.iscoroutinefunction(function.__call__)


def test_the_asynchronous_trainer_pickles_it_and_calls_it_in_a_thread(reward):
    copied = pickle.loads(pickle.dumps({"reward_funcs": [reward]}))["reward_funcs"][0]
    arguments = {"completions": [GOOD], "prompts": ["p"], "completion_ids": [[1]], "passed": [True]}
    assert asyncio.run(asyncio.to_thread(copied, **arguments)) == [pytest.approx(0.97)]
