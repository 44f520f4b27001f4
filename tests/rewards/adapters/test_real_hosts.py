"""The adapters called by the frameworks themselves, each where it is installed.

Each class says which of the framework's own code runs. None of it is needed by any other test, so a class whose
framework is missing is skipped, and ``test_adapters.py`` still holds the adapter to the recorded calls.
"""

from __future__ import annotations

import asyncio
import json
import pickle
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from types import SimpleNamespace

import pytest
from scorer_fakes import fake_reward

from quality.rewards.adapters import (
    AReaLReward,
    AsyncTRLReward,
    NeMoGymVerifier,
    OpenRLHFReward,
    VerifiersReward,
)

#: Frameworks warn of each other's and their own old ways.
pytestmark = pytest.mark.filterwarnings("ignore")

GOOD = "```python\nx = f()  # q=0.8\n```"
PASSING = pytest.approx(0.97)
#: A file as users write it, which a framework loads by its path.
USERS_FILE = """
from scorer_fakes import fake_reward, FakeScorer
from quality.rewards.adapters import {adapter}
{name} = {adapter}(open_scorer=FakeScorer)
"""


def needs(name: str):
    return pytest.importorskip(
        name,
        reason=f"{name} is not installed; its calls are recorded in test_adapters.py",
        exc_type=ImportError,
    )


class TestTRL:
    """``GRPOTrainer.train`` and ``AsyncRolloutWorker._score_group``, which is pickled for a spawned process first."""

    @pytest.mark.parametrize("wrap", [lambda one: one, AsyncTRLReward])
    def test_a_trainer_trains_with_it_and_logs_its_components(self, tmp_path, wrap):
        trl = needs("trl")
        from datasets import Dataset
        from tokenizers import Tokenizer, models, pre_tokenizers
        from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

        words = {"<pad>": 0, "<end>": 1, "p": 2, "x": 3, "=": 4, "1": 5}
        tokenizer = Tokenizer(models.WordLevel(words, unk_token="<pad>"))
        tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
        policy = LlamaForCausalLM(
            LlamaConfig(
                vocab_size=6, hidden_size=8, intermediate_size=8, num_hidden_layers=1, num_attention_heads=1
            )
        )
        asked = []

        def passes(completions, answer, trainer_state, **columns):
            asked.append((answer, trainer_state.global_step))
            return [True, False] * (len(completions) // 2)

        trainer = trl.GRPOTrainer(
            model=policy,
            reward_funcs=wrap(fake_reward(tests=passes)),
            processing_class=PreTrainedTokenizerFast(
                tokenizer_object=tokenizer, pad_token="<pad>", eos_token="<end>"
            ),
            train_dataset=Dataset.from_list([{"prompt": "p", "answer": "1"}] * 2),
            args=trl.GRPOConfig(
                output_dir=str(tmp_path),
                max_steps=1,
                per_device_train_batch_size=2,
                num_generations=2,
                max_completion_length=4,
                use_cpu=True,
                bf16=False,
                report_to=[],
                save_strategy="no",
                disable_tqdm=True,
                logging_steps=1,
            ),
        )
        trainer.train()
        assert asked == [(["1", "1"], 0)]
        logged = next(line for line in trainer.state.log_history if "reward" in line)
        assert logged["quality_reward/passed"] == 0.5
        assert "rewards/quality_reward/mean" in logged

    def test_the_asynchronous_trainer_scores_a_group(self):
        needs("trl")
        worker = pytest.importorskip("trl.experimental.async_grpo.async_rollout_worker")
        from accelerate.state import PartialState

        PartialState()  # as its process does first
        copied = pickle.loads(pickle.dumps(fake_reward()))
        group = worker.RolloutGroup(
            prompts=[[{"role": "user", "content": "p"}]] * 3,
            reward_kwargs={"passed": [True, False, None]},
            completions=[[{"role": "assistant", "content": GOOD}]] * 3,
            completions_ids=[[1]] * 3,
            completions_sequences=[[]] * 3,
            tool_call_counts=[0] * 3,
            tool_failure_counts=[0] * 3,
            model_version=0,
            group_id=0,
            env_rewards=[],
            rollout_rewards=[],
        )
        seen = []

        def noted(**columns):
            seen.append(copied(**columns))
            return seen[-1]

        stub = SimpleNamespace(
            reward_funcs=[noted],
            reward_func_names=["quality_reward"],
            _env_reward_types=[],
            _provides_rollout_reward=False,
        )
        asyncio.run(worker._AsyncRolloutLoop._score_group(stub, group))
        assert seen == [[PASSING, 0.0, None]]


class TestVerl:
    """``get_custom_reward_fn`` loads the file, ``NaiveRewardManager.run_single`` decodes and asks."""

    def test_its_reward_manager_loads_the_file_and_rewards_a_sample(self, tmp_path):
        needs("verl")
        ppo = pytest.importorskip("verl.trainer.ppo.reward", exc_type=ImportError)
        import numpy as np
        import torch
        from omegaconf import OmegaConf
        from verl import DataProto
        from verl.experimental.reward_loop.reward_manager.naive import NaiveRewardManager

        file = tmp_path / "reward.py"
        file.write_text(USERS_FILE.format(adapter="VerlReward", name="compute_score"), encoding="utf-8")
        config = OmegaConf.create(
            {"reward": {"custom_reward_function": {"path": str(file), "name": "compute_score"}}}
        )
        compute_score = ppo.get_custom_reward_fn(config)
        data = DataProto.from_dict(
            tensors={
                "responses": torch.tensor([[1, 2]]),
                "attention_mask": torch.ones(1, 4, dtype=torch.long),
            },
            non_tensors={
                "data_source": np.array(["toy"], dtype=object),
                "reward_model": np.array([{"ground_truth": ""}], dtype=object),
                "extra_info": np.array([{"passed": True}], dtype=object),
            },
        )
        tokenizer = SimpleNamespace(decode=lambda ids, skip_special_tokens: GOOD)

        async def rewarded():
            return await NaiveRewardManager(config, tokenizer, compute_score).run_single(data)

        answer = asyncio.run(rewarded())
        assert answer["reward_score"] == PASSING
        assert answer["reward_extra_info"]["quality_term"] == pytest.approx(0.12)


class TestOpenRLHF:
    """``SingleTurnAgentExecutor.execute``: it loads the file, or posts to an address; the engine is a stand-in."""

    @staticmethod
    def executed(endpoint: str) -> dict[str, object]:
        agent = pytest.importorskip("openrlhf.utils.agent", exc_type=ImportError)

        class HFTokenizer:
            def __call__(self, text, **options):
                import torch

                return {"input_ids": torch.tensor([[1]])}

            def decode(self, tokens, **options):
                return f"<s>Write f.\n{GOOD}</s>"

        async def generate(tokens, params, **options):
            output = SimpleNamespace(token_ids=[2], finish_reason="stop", logprobs=None)
            return SimpleNamespace(outputs=[output])

        call = agent.SingleTurnAgentExecutor(endpoint).execute(
            "Write f.\n",
            '{"passed": true}',
            SimpleNamespace(max_tokens=8, logprobs=None),
            64,
            HFTokenizer(),
            SimpleNamespace(generate=generate),
        )
        return asyncio.run(call)

    def test_it_loads_the_file_and_asks_for_a_reward(self, tmp_path):
        needs("openrlhf")
        file = tmp_path / "reward.py"
        file.write_text(USERS_FILE.format(adapter="OpenRLHFReward", name="reward_func"), encoding="utf-8")
        output = self.executed(str(file))
        assert float(output["reward"][0]) == pytest.approx(0.97, abs=1e-6)
        assert float(output["scores"][0]) == 1.0
        assert "quality_term" in output["extra_logs"]

    def test_its_client_understands_the_answer_over_http(self):
        needs("openrlhf")
        answers = OpenRLHFReward(fake_reward())

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                data = json.dumps(answers.respond(body)).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *arguments):
                pass

        with HTTPServer(("127.0.0.1", 0), Handler) as server:
            thread = threading.Thread(target=server.serve_forever)
            thread.start()
            try:
                output = self.executed(f"http://127.0.0.1:{server.server_port}/reward")
            finally:
                server.shutdown()
                thread.join()
        assert output["reward"] == [PASSING]


class TestVerifiers01:
    """``Rubric.score_rollout`` and ``Rubric.score_group`` of the 0.1 line."""

    @staticmethod
    def state(passed):
        from verifiers.types import State

        return State(
            prompt=[{"role": "user", "content": "p"}],
            completion=[{"role": "assistant", "content": GOOD}],
            answer="",
            info={"passed": passed},
            task="toy",
            trajectory=[],
        )

    def test_a_rubric_scores_a_rollout(self):
        vf = needs("verifiers.rubrics.rubric")
        state = self.state(passed=True)
        asyncio.run(vf.Rubric(funcs=[VerifiersReward(fake_reward())]).score_rollout(state))
        assert state["reward"] == PASSING
        assert state["metrics"] == {"quality_reward": PASSING}

    def test_a_rubric_scores_a_group(self):
        vf = needs("verifiers.rubrics.rubric")
        states = [self.state(passed=True), self.state(passed=False)]
        asyncio.run(vf.Rubric(funcs=[VerifiersReward(fake_reward()).group]).score_group(states))
        assert [state["reward"] for state in states] == [PASSING, 0.0]


class TestVerifiers04:
    """``Task.score`` of the 0.4 line, which finds the method by its mark and records the reward."""

    def test_a_task_scores_a_trace(self):
        needs("verifiers.v1.trace")
        v1 = needs("verifiers.v1")
        from verifiers.v1.trace import Trace, TraceTask

        made = VerifiersReward(fake_reward())

        class Data(v1.TaskData):
            passed: bool = True

        class Toy(v1.Task[Data]):
            @v1.reward(weight=1.0)
            async def quality(self, trace) -> float:
                return await made.trace(trace, self.data)

        task = Toy(Data(prompt="p"))
        trace = Trace.model_construct(
            task=TraceTask(type="Toy", data=task.data), root_reply=GOOD, rewards={}, metrics={}, nodes=[]
        )
        asyncio.run(task.score(trace))
        assert trace.rewards["quality"].value == PASSING


class TestNeMoGym:
    """``BaseVerifyRequest`` and ``BaseVerifyResponse``; no server is started."""

    def test_its_models_hold_the_request_and_the_answer(self):
        gym = needs("nemo_gym.base_resources_server")
        request = gym.BaseVerifyRequest.model_validate(
            {
                "responses_create_params": {"input": [{"role": "user", "content": "Write f."}]},
                "response": {
                    "id": "resp_1",
                    "created_at": 0.0,
                    "model": "m",
                    "object": "response",
                    "parallel_tool_calls": True,
                    "tool_choice": "auto",
                    "tools": [],
                    "output": [
                        {
                            "type": "message",
                            "id": "msg_1",
                            "role": "assistant",
                            "status": "completed",
                            "content": [{"type": "output_text", "text": GOOD, "annotations": []}],
                        }
                    ],
                },
            }
        )

        class Response(gym.BaseVerifyResponse):
            reward_components: dict[str, float]

        made = NeMoGymVerifier(fake_reward(), tests=lambda body: True)
        answer = Response(**asyncio.run(made.verify(request)))
        assert answer.reward == PASSING
        assert sum(answer.reward_components.values()) == PASSING
        assert answer.response == request.response


class TestAReaL:
    """``AsyncRewardWrapper``: a pool of processes, a deadline, another try."""

    def test_its_pool_calls_it(self):
        api = needs("areal.api.reward_api")
        call = api.AsyncRewardWrapper(AReaLReward(fake_reward()), max_workers=1)
        assert asyncio.run(call("p", GOOD, [1], [2], passed=True)) == PASSING
        assert asyncio.run(call("p", "prose", [1], [2], passed=True)) == 0.0
