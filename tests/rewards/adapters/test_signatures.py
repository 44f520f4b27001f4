"""The contracts that the adapters answer, read in the frameworks' own sources (parsed, never imported)."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

import pytest

from quality.rewards import QualityReward
from quality.rewards.adapters import VerifiersReward, VerlReward

pytestmark = pytest.mark.packages


def tree(folder: Path, name: str) -> ast.Module:
    return ast.parse((folder / name).read_text(encoding="utf-8"))


def function(module: ast.Module, name: str) -> ast.FunctionDef | ast.AsyncFunctionDef:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return next(node for node in ast.walk(module) if isinstance(node, kinds) and node.name == name)


def calls(node: ast.AST, name: str) -> list[ast.Call]:
    return [
        call
        for call in ast.walk(node)
        if isinstance(call, ast.Call) and ast.unparse(call.func).split(".")[-1] == name
    ]


def keywords(call: ast.Call) -> set[str]:
    return {keyword.arg for keyword in call.keywords if keyword.arg}


def accepts(target: object, call: ast.Call) -> bool:
    """Whether the target can be called with that call's positional arguments and keywords."""
    inspect.signature(target).bind(*call.args, **dict.fromkeys(keywords(call)))
    return True


def test_trl_1_16_calls_reward_functions_with_these_keywords(fetch_package):
    module = tree(fetch_package("trl", "1.16.0"), "trl/trainer/grpo_trainer.py")
    body = function(module, "_calculate_rewards")
    (call,) = [call for call in calls(body, "reward_func") if "completions" in keywords(call)]
    assert keywords(call) == {"prompts", "completions", "completion_ids"}
    inspect.signature(QualityReward.__call__).bind(None, **dict.fromkeys(keywords(call)), log_extra=None)
    added = {
        node.targets[0].slice.value
        for node in ast.walk(body)
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Subscript)
        and ast.unparse(node.targets[0].value) == "reward_kwargs"
    }
    assert added == {"trainer_state", "log_extra", "log_metric", "environments"}


def test_trl_1_16_normalises_each_column_before_it_adds_them(fetch_package):
    source = (fetch_package("trl", "1.16.0") / "trl/trainer/grpo_trainer.py").read_text(encoding="utf-8")
    assert "reward_k = (grouped - mean_k) / (std_k + 1e-4)" in source
    assert "advantages = (rewards - torch.nanmean(rewards)) / (std_rewards + 1e-4)" in source
    assert "advantages = advantages / (std_rewards + 1e-4)" in source
    assert "advantages = torch.nan_to_num(advantages, nan=0.0)" in source


@pytest.mark.parametrize("manager", ["naive", "dapo", "gdpo", "limited"])
def test_verl_0_9_calls_compute_score_with_these_keywords(fetch_package, manager):
    folder = fetch_package("verl", "0.9.0")
    module = tree(folder, f"verl/experimental/reward_loop/reward_manager/{manager}.py")
    made = [call for call in calls(module, "compute_score") if "solution_str" in keywords(call)]
    assert made
    for call in made:
        assert keywords(call) == {"data_source", "solution_str", "ground_truth", "extra_info"}
        assert accepts(VerlReward.__call__, ast.Call(call.func, [ast.Constant(None)], call.keywords))


def test_verl_0_9_takes_the_keys_of_the_first_sample_for_all(fetch_package):
    path = fetch_package("verl", "0.9.0") / "verl/experimental/reward_loop/reward_loop.py"
    assert "reward_extra_keys = list(reward_extra_infos[0].keys())" in path.read_text(encoding="utf-8")


def test_verifiers_0_1_tells_group_functions_by_these_names(fetch_package):
    module = tree(fetch_package("verifiers", "0.1.14"), "verifiers/rubrics/rubric.py")
    body = function(module, "_is_group_func")
    (names,) = [node for node in ast.walk(body) if isinstance(node, ast.Set)]
    plural = {element.value for element in names.elts}
    assert not plural & set(inspect.signature(VerifiersReward.__call__).parameters)
    assert plural & set(inspect.signature(VerifiersReward.group).parameters)


def test_verifiers_0_1_passes_these_objects(fetch_package):
    module = tree(fetch_package("verifiers", "0.1.14"), "verifiers/rubrics/rubric.py")
    single = ast.unparse(function(module, "score_objects"))
    wanted = set(inspect.signature(VerifiersReward.__call__).parameters) - {"self", "info"}
    assert {name for name in wanted if f"'{name}'" not in single} == set()
    group = function(module, "group_score_objects")
    given = set().union(*(keywords(call) for call in calls(group, "dict")))
    assert set(inspect.signature(VerifiersReward.group).parameters) - {"self"} <= given


def test_verifiers_0_4_marks_reward_methods_and_its_traces_have_a_last_reply(fetch_package):
    folder = fetch_package("verifiers", "0.4.0")
    marked = function(tree(folder, "verifiers/v1/utils/decorators.py"), "reward")
    assert marked.args.args[0].arg == "func"
    reply = function(tree(folder, "verifiers/v1/trace.py"), "last_reply")
    assert ast.unparse(reply.returns) == "str"
    score = ast.unparse(function(tree(folder, "verifiers/v1/task.py"), "score"))
    assert "available = {'task': self.data, 'trace': trace}" in score
