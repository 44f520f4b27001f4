"""The reward with the real analyzers, in this process and in a worker."""

from __future__ import annotations

import pickle

import pytest

from quality.rewards import QualityReward

CLEAN = """
def mean(values):
    if not values:
        raise ValueError("no values")
    return sum(values) / len(values)
"""
SMELLY = """
import os

def mean(values, seen=[]):
    try:
        total = 0
        for i in range(len(values)):
            if values[i] != None:
                if True:
                    total = total + values[i]
        os.system("echo " + str(total))
        return total / len(values)
    except:
        pass
"""
STUB = "def mean(values):\n    pass\n"
OPAQUE = 'exec("def mean(values):\\n    return sum(values) / len(values)")\n'
BROKEN = "def mean(values:\n"
SURROGATE = "x = '\ud800'\nprint(x)\n"


def fenced(code: str) -> str:
    return f"Here you are.\n```python\n{code}```\n"


BATCH = [fenced(code) for code in (CLEAN, SMELLY, CLEAN, STUB, OPAQUE, BROKEN, SURROGATE)]
PASSED = [True, True, False, True, True, True, True]


@pytest.fixture(scope="module")
def reward():
    with QualityReward(weight=0.15) as opened:
        yield opened


def test_right_and_clean_beats_right_and_smelly_beats_wrong_and_clean(reward):
    clean, smelly, wrong = reward(BATCH[:3], passed=PASSED[:3])
    assert clean > smelly > 0.5 >= wrong
    assert 0.85 < smelly < clean <= 1.0


def test_stubs_opaque_unparsable_and_undecodable_code_gets_nothing_even_when_tests_pass(reward):
    assert reward(BATCH[3:], passed=PASSED[3:]) == [0.0] * 4


def test_five_megabytes_get_nothing(reward):
    assert reward([fenced("x = 1\n" * 900_000), "word " * 1_000_000]) == [0.0, 0.0]


def test_workers_and_pickled_copies_give_the_same_rewards(reward):
    here = reward(BATCH, passed=PASSED)
    with QualityReward(weight=0.15, workers=1) as elsewhere:
        assert elsewhere(BATCH, passed=PASSED) == here
    copied = pickle.loads(pickle.dumps(reward))
    assert copied(BATCH, passed=PASSED) == here
