"""Each adapter called as its host calls it. The calls are recorded from the sources of the versions named."""

from __future__ import annotations

import asyncio
import functools
import inspect
import json
import pickle
import sys
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from scorer_fakes import fake_reward

from quality.model import UsageError
from quality.rewards.adapters import (
    AReaLReward,
    AsyncTRLReward,
    NeMoGymVerifier,
    OpenRLHFReward,
    VerifiersReward,
    VerlReward,
    _areal,
)

GOOD = "```python\nx = f()  # q=0.8\n```"
PASSING = pytest.approx(0.97)


class TestVerl:
    """0.9.0: ``reward_loop/reward_manager/naive.py`` in a thread, ``reward_loop.py::_postprocess``."""

    @staticmethod
    def answers(compute_score, samples) -> list[dict[str, float]]:
        wrapped = functools.partial(
            lambda raw, extra, **call: raw(**call, **extra), compute_score, {"mine": 1}
        )
        assert not inspect.iscoroutinefunction(wrapped)
        with ThreadPoolExecutor() as pool:
            return list(
                pool.map(
                    lambda sample: wrapped(
                        data_source="toy",
                        solution_str=sample[0],
                        ground_truth=sample[1],
                        extra_info=sample[2],
                    ),
                    samples,
                )
            )

    def test_every_sample_has_a_score_and_the_same_keys(self):
        samples = [
            (GOOD, "", {"passed": True, "num_turns": None, "rollout_reward_scores": {}}),
            ("prose", None, {"passed": False}),
            ("", {"passed": True}, {}),
            (None, "x", {}),
        ]
        rows = self.answers(VerlReward(fake_reward()), samples)
        assert [row["score"] for row in rows] == [PASSING, 0.0, 0.0, 0.0]
        assert {tuple(row) for row in rows} == {tuple(rows[0])}
        assert all(isinstance(value, float) for row in rows for value in row.values())

    def test_the_components_that_gdpo_reads_add_up_to_the_score(self):
        (row,) = self.answers(VerlReward(fake_reward()), [(GOOD, {"tests_fraction": 0.5}, {})])
        assert row["correctness_term"] + row["quality_term"] == row["score"] == 0.25

    @pytest.mark.parametrize(
        ("result", "score"),
        [(True, PASSING), (1.0, PASSING), ({"score": 0.5, "acc": 1}, 0.25), (None, 0.0), (False, 0.0)],
    )
    def test_a_function_of_verls_own_form_gives_the_evidence(self, result, score):
        def tests(data_source, solution_str, ground_truth, extra_info):
            assert (data_source, ground_truth) == ("toy", "[1]")
            return result

        (row,) = self.answers(VerlReward(fake_reward(), tests=tests), [(GOOD, "[1]", {})])
        assert row["score"] == score

    def test_a_prompt_in_the_extra_info_finds_the_body(self):
        (row,) = self.answers(
            VerlReward(fake_reward()), [("    return 1\n", None, {"prompt": "def f():\n", "passed": 1})]
        )
        assert row["measured"] == 1.0


class TestOpenRLHF:
    """0.11 as recorded: queries are prompt and answer, decoded with special tokens; rewards are concatenated."""

    def batch(self, answers, labels):
        prompt = "Write f.\nExample:\n```python\nshown()\n```\n"
        return {
            "queries": [f"<s>{prompt}{answer}</s>" for answer in answers],
            "prompts": [prompt] * len(answers),
            "labels": labels,
        }

    def test_the_prompt_is_taken_off_and_labels_give_the_evidence(self):
        batch = self.batch([GOOD, "I cannot.", GOOD], [{"passed": True}, '{"passed": 1}', "{broken"])
        answer = OpenRLHFReward(fake_reward())(**batch)
        assert answer["rewards"] == [PASSING, 0.0, 0.0]
        assert answer["scores"] == [1.0, 1.0, 0.0]
        assert answer["extra_logs"]["abstained"] == [0.0, 0.0, 1.0]
        assert {len(column) for column in answer["extra_logs"].values()} == {3}

    def test_the_keys_do_not_depend_on_the_batch(self):
        keys = {
            tuple(OpenRLHFReward(fake_reward())(**self.batch(answers, labels))["extra_logs"])
            for answers, labels in [([GOOD], [{"passed": True}]), (["prose"] * 2, [None, "7"])]
        }
        assert len(keys) == 1

    def test_rewards_are_tensors_where_torch_is_loaded(self, monkeypatch):
        monkeypatch.setitem(sys.modules, "torch", SimpleNamespace(tensor=tuple))
        answer = OpenRLHFReward(fake_reward())(**self.batch([GOOD], [None]))
        assert isinstance(answer["rewards"], tuple)
        assert all(isinstance(column, tuple) for column in answer["extra_logs"].values())

    def test_a_test_function_gets_the_hosts_arguments(self):
        def tests(queries, prompts, labels):
            return [label == "yes" for label in labels]

        answer = OpenRLHFReward(fake_reward(), tests=tests)(**self.batch([GOOD, GOOD], ["yes", "no"]))
        assert answer["rewards"] == [PASSING, 0.0]

    def test_the_same_over_json(self):
        body = json.loads(json.dumps({"query": [GOOD], "prompts": None, "labels": [{"passed": True}]}))
        answer = json.loads(json.dumps(OpenRLHFReward(fake_reward()).respond(body)))
        assert answer["rewards"] == [PASSING]

    @pytest.mark.parametrize(
        "body", [{}, {"query": "x"}, {"query": [GOOD], "prompts": ["a", "b"]}, {"query": [GOOD], "labels": 5}]
    )
    def test_a_wrong_request_is_named(self, body):
        with pytest.raises(UsageError, match="should be a list"):
            OpenRLHFReward(fake_reward()).respond(body)

    def test_an_empty_request_has_an_empty_answer(self):
        assert OpenRLHFReward(fake_reward()).respond({"query": []})["rewards"] == []

    def test_it_can_be_pickled(self):
        copied = pickle.loads(pickle.dumps(OpenRLHFReward(fake_reward())))
        assert copied(**self.batch([GOOD], [{"passed": True}]))["rewards"] == [PASSING]


class TestVerifiers:
    def test_0_1_14_calls_it_with_the_arguments_that_it_names(self):
        """``Rubric._call_individual_reward_func``: what is in the signature is taken from the objects."""
        func = VerifiersReward(fake_reward())
        objects = {
            "prompt": [{"role": "user", "content": "p"}],
            "completion": [{"role": "assistant", "content": GOOD}],
            "answer": "",
            "state": {"passed": True},
            "info": {},
            "task": None,
            "parser": object(),
        }
        names = inspect.signature(func).parameters
        assert float(func(**{key: value for key, value in objects.items() if key in names})) == PASSING
        assert func.__name__ == "quality_reward"

    def test_0_1_14_calls_group_functions_with_lists(self):
        assert VerifiersReward(fake_reward()).group(
            completions=[GOOD, GOOD], prompts=["p"] * 2, infos=[{}, {}], states=[{"passed": 1}, {"passed": 0}]
        ) == [PASSING, 0.0]

    def test_0_4_0_awaits_methods_of_a_task(self):
        data = SimpleNamespace(model_dump=lambda: {"prompt": "p", "tests_fraction": 0.5})
        trace = SimpleNamespace(last_reply=GOOD)
        assert asyncio.run(VerifiersReward(fake_reward()).trace(trace, data)) == 0.25
        assert asyncio.run(VerifiersReward(fake_reward()).trace(trace, passed=True)) == PASSING
        assert asyncio.run(VerifiersReward(fake_reward()).trace(SimpleNamespace(last_reply=""), data)) == 0.0


BODY = {
    "responses_create_params": {"input": [{"role": "user", "content": "Write f."}]},
    "response": {
        "id": "resp_1",
        "object": "response",
        "output": [
            {"type": "reasoning", "id": "rs_1", "summary": [{"type": "summary_text", "text": "hm"}]},
            {
                "type": "message",
                "id": "msg_1",
                "role": "assistant",
                "status": "completed",
                "content": [{"type": "output_text", "text": GOOD, "annotations": []}],
            },
        ],
    },
    "verifier_metadata": {"passed": True},
}


class TestNeMoGym:
    """0.4.0: ``base_resources_server.py``, ``example_tool_call_multireward/app.py``."""

    def test_the_answer_is_the_request_with_a_reward_and_its_components(self):
        answer = asyncio.run(NeMoGymVerifier(fake_reward()).verify(BODY))
        assert answer["reward"] == PASSING
        assert answer["reward"] == sum(answer["reward_components"].values())
        assert answer.items() >= BODY.items()

    def test_models_and_their_json_are_the_same(self):
        model = SimpleNamespace(model_dump=lambda: dict(BODY))
        verifier = NeMoGymVerifier(fake_reward())
        assert asyncio.run(verifier.verify(model)) == asyncio.run(verifier.verify(BODY))

    def test_tests_may_be_awaited(self):
        async def tests(body):
            return body["verifier_metadata"] is None

        assert asyncio.run(NeMoGymVerifier(fake_reward(), tests=tests).verify(BODY))["reward"] == 0.0

    @pytest.mark.parametrize(
        "response",
        [None, 5, {}, {"output": None}, {"output": [5]}, {"output": [{"type": "message", "content": "x"}]}],
    )
    def test_a_response_without_text_gets_nothing(self, response):
        body = {**BODY, "response": response}
        assert asyncio.run(NeMoGymVerifier(fake_reward()).verify(body))["reward"] == 0.0


class TestAReaL:
    """1.0: ``api/reward_api.py`` pickles ``partial(reward_fn, *args, **kwargs)`` into a pool for each call."""

    def test_it_gives_a_number(self):
        call = functools.partial(AReaLReward(fake_reward()), "p", GOOD, [1], [2, 3], passed=True, answer="x")
        assert pickle.loads(pickle.dumps(call))() == PASSING

    def test_every_call_of_a_process_uses_the_same_scorer(self):
        made = AReaLReward(fake_reward())
        calls = [pickle.loads(pickle.dumps(made)) for _ in range(3)]
        assert [call("p", GOOD, [], [], passed=True) for call in calls] == [PASSING] * 3
        assert _areal._KEPT[made._key] is calls[0].reward

    def test_two_rewards_are_kept_apart(self):
        one, other = AReaLReward(fake_reward(weight=0.1)), AReaLReward(fake_reward(weight=0.2))
        assert one("p", GOOD, passed=True) != other("p", GOOD, passed=True)


class TestAsyncTRL:
    """1.16.0: ``is_async_callable`` looks at ``__call__``; the calls are awaited together."""

    def test_it_is_taken_for_asynchronous_and_named(self):
        function = AsyncTRLReward(fake_reward())
        assert inspect.iscoroutinefunction(function.__call__)
        assert function.__name__ == "quality_reward"

    def test_it_gives_what_the_reward_gives(self):
        function = pickle.loads(pickle.dumps(AsyncTRLReward(fake_reward())))
        call = function(
            prompts=["p"], completions=[GOOD], completion_ids=[[1]], passed=[True], trainer_state=None
        )
        assert asyncio.run(call) == [PASSING]


@pytest.mark.parametrize("adapter", [VerlReward, AReaLReward, NeMoGymVerifier])
def test_who_asks_for_one_sample_at_a_time_has_no_groups(adapter):
    with pytest.raises(UsageError, match="no group to be relative to"):
        adapter(fake_reward(relative="group"))


@pytest.mark.parametrize(
    "adapter", [VerlReward, AReaLReward, NeMoGymVerifier, OpenRLHFReward, VerifiersReward]
)
def test_a_reward_is_given_or_made(adapter):
    assert adapter(weight=0.1).reward.terms.weight == 0.1
    with pytest.raises(UsageError, match="A reward is given, and so is 'weight'"):
        adapter(fake_reward(), weight=0.1)
    with pytest.raises(UsageError, match="own argument 'tests'"):
        adapter(fake_reward(tests=lambda **columns: [True]))
