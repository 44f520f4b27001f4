from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scorer_fakes import FakeScorer, completion, fake_reward, fake_score, unmeasured

from quality.model import Reason, UsageError
from quality.rewards import TurnReward


def test_each_turn_gets_what_it_adds_and_the_last_one_the_reward_too():
    turns = TurnReward(fake_reward(), potential=0.1)
    rewards = turns([completion(0.4), completion(0.6), completion(0.9)], start=completion(0.2), passed=True)
    assert rewards[:2] == [pytest.approx(0.1 * 0.2), pytest.approx(0.1 * 0.2)]
    assert rewards[2] == pytest.approx(0.1 * (0 - 0.6) + 0.85 + 0.15 * 0.9)


def test_an_episode_of_one_turn_gets_its_reward_less_a_constant():
    turns = TurnReward(fake_reward(), potential=0.1)
    assert turns([completion(0.9)], passed=True) == fake_reward()([completion(0.9)], passed=[True])
    assert turns([completion(0.9)], start=completion(0.5), passed=False) == [pytest.approx(-0.1 * 0.5)]


QUALITIES = st.lists(st.integers(0, 100).map(lambda percent: percent / 100), min_size=1, max_size=8)


@given(QUALITIES, st.floats(0.95, 1.0), st.floats(0, 0.5), st.integers(0, 100))
@settings(max_examples=60)
def test_the_discounted_sum_is_the_last_reward_less_the_starts_potential(
    qualities, discount, potential, start
):
    turns = TurnReward(fake_reward(), discount=discount, potential=potential, longest=8)
    rewards = turns([completion(q) for q in qualities], start=completion(start / 100), passed=True)
    total = math.fsum(discount**step * reward for step, reward in enumerate(rewards))
    last = discount ** (len(qualities) - 1) * (0.85 + 0.15 * qualities[-1])
    assert total == pytest.approx(last - potential * start / 100)


@given(QUALITIES, QUALITIES, st.floats(0.9, 1.0), st.floats(0, 0.9), st.floats(0, 1))
@settings(max_examples=60)
def test_every_right_episode_is_worth_more_than_every_wrong_one(right, wrong, discount, potential, fraction):
    try:
        turns = TurnReward(fake_reward(), discount=discount, potential=potential, longest=8)
    except UsageError:
        return
    better = turns([completion(q) for q in right], passed=True)
    worse = turns([completion(q) for q in wrong], tests_fraction=min(fraction, 0.99))
    assert math.fsum(worse) < math.fsum(better)
    discounted = [math.fsum(discount**t * r for t, r in enumerate(rewards)) for rewards in (worse, better)]
    assert discounted[0] < discounted[1]


def test_states_without_code_have_no_potential():
    rewards = TurnReward(fake_reward(), potential=0.1)(
        ["prose", completion(0.5), completion(0.5)], passed=True
    )
    assert rewards[0] == 0.0
    assert rewards[1] == pytest.approx(0.05)


def test_a_state_that_could_not_be_analysed_keeps_the_potential_before_it():
    def judge(code):
        return unmeasured(Reason.CRASH) if "lost" in code else fake_score(code)

    turns = TurnReward(fake_reward(open_scorer=lambda: FakeScorer(judge)), potential=0.1)
    lost = "```python\nlost()\n```"
    assert turns([completion(0.4), lost, completion(0.9)], passed=True)[1] == 0.0
    assert turns([completion(0.4), lost], passed=True) == [None, None]


def test_no_turns_give_no_rewards():
    assert TurnReward(fake_reward())([]) == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"potential": 1.0}, "potential should be a number from 0"),
        ({"discount": 0.0}, "discount should be"),
        ({"discount": 1.5}, "discount should be"),
        ({"longest": 0}, "longest should be a whole number"),
        ({"discount": 0.8, "potential": 0.9, "longest": 3}, r"0\.86 is 0\.01 above 0\.85"),
        ({"discount": 0.95, "potential": 0.0, "longest": 16}, r"0\.5 is 0\.106 above 0\.394"),
    ],
)
def test_a_wrong_constant_is_refused_and_the_inequality_named(arguments, message):
    with pytest.raises(UsageError, match=message):
        TurnReward(fake_reward(), **arguments)


@pytest.mark.parametrize("arguments", [{"on_failure": "abstain"}, {"graded_tests": 2, "weight": 0.1}])
def test_an_episode_needs_a_gate(arguments):
    with pytest.raises(UsageError, match="behind a gate"):
        TurnReward(fake_reward(**arguments))
