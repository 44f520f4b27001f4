"""What trainers pass by mistake: stated behaviour for content, an error with a remedy where a reward is made."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable

import pytest
from scorer_fakes import FakeScorer

from quality import UsageError
from quality.rewards import QualityReward, TurnReward
from quality.rewards.adapters import (
    AReaLReward,
    AsyncTRLReward,
    NeMoGymVerifier,
    OpenRLHFReward,
    VerifiersReward,
    VerlReward,
)

GOOD = "```python\nx = 1\n```"
#: Things that are no completion, no prompt and no column, of every kind that JSON and Python have.
ODD = [
    *(None, True, 7, 10**400, 1.5, math.nan, math.inf, b"x", b"\xff", bytearray(b"x"), memoryview(b"x")),
    *(
        [],
        {},
        (),
        set(),
        range(3),
        object(),
        [None],
        [{}],
        [[[]]],
        {1: 2},
        "",
        "\0",
        "\ud800",
        GOOD + "\ud800",
    ),
    *(
        [{"role": "assistant"}],
        [{"content": None}],
        [{"content": [{"text": 7}]}],
        [{"role": {}, "content": []}],
    ),
]
NAMES = [f"{number}-{type(odd).__name__}" for number, odd in enumerate(ODD)]
#: Those of them that say something as a result of tests.
RESULTS = (True, 7, 1.5, math.inf)


def rewarding(**options: object) -> QualityReward:
    return QualityReward(open_scorer=FakeScorer, **options)


def is_reward(value: object) -> bool:
    return value is None or (isinstance(value, float) and 0.0 <= value <= 1.0)


@pytest.mark.parametrize("odd", ODD, ids=NAMES)
def test_an_odd_completion_costs_itself_only(odd: object) -> None:
    first, second = rewarding()([odd, GOOD], passed=[True, True])
    assert second == pytest.approx(0.985)
    assert first == (second if odd == GOOD + "\ud800" else 0.0)


@pytest.mark.parametrize("column", ["passed", "tests_fraction"])
@pytest.mark.parametrize("odd", ODD, ids=NAMES)
def test_an_odd_result_of_tests_is_none_or_a_number(odd: object, column: str) -> None:
    first, second = rewarding()([GOOD, GOOD], **{column: [odd, True]})
    assert second == pytest.approx(0.985)
    assert (first is not None) == any(odd is one for one in RESULTS)


@pytest.mark.parametrize("column", ["passed", "tests_fraction"])
@pytest.mark.parametrize("odd", [[], [True], [True] * 3, (), "ab", b"ab", 7, {}, object(), {True, False}])
def test_a_column_of_another_length_or_kind_says_nothing_of_any_sample(odd: object, column: str) -> None:
    assert rewarding()([GOOD, GOOD], **{column: odd}) == [None, None]


@pytest.mark.parametrize("column", ["prompts", "reference", "before", "completion_ids", "task"])
@pytest.mark.parametrize("odd", ODD, ids=NAMES)
def test_odd_other_columns_change_nothing(odd: object, column: str) -> None:
    for values in (odd, [odd, odd]):
        assert (
            rewarding()([GOOD, GOOD], passed=[True, True], **{column: values}) == [pytest.approx(0.985)] * 2
        )


def hosts(odd: object) -> dict[str, Callable[[], list[object]]]:
    """Each form of the reward, called with nothing but odd things."""
    body = {"response": odd, "verifier_metadata": odd, "passed": odd}
    group = ([odd, GOOD], [odd, odd], [odd, odd], [odd, odd])
    return {
        "trl": lambda: asyncio.run(
            AsyncTRLReward(rewarding())([odd, GOOD], passed=[odd, odd], prompts=[odd, odd])
        ),
        "verl": lambda: [VerlReward(rewarding())(odd, odd, odd, odd)["score"]],
        "openrlhf": lambda: OpenRLHFReward(rewarding())([odd, odd], [odd, odd], [odd, odd])["rewards"],
        "verifiers": lambda: [VerifiersReward(rewarding())(odd, odd, odd, odd, odd)],
        "verifiers group": lambda: VerifiersReward(rewarding()).group(*group),
        "nemo-gym": lambda: [asyncio.run(NeMoGymVerifier(rewarding()).verify(body))["reward"]],
        "areal": lambda: [AReaLReward(rewarding())(odd, odd, odd, odd, passed=odd)],
        "turns": lambda: TurnReward(rewarding())([odd, GOOD], start=odd, passed=odd, prompt=odd),
    }


@pytest.mark.parametrize("host", hosts(None))
def test_no_host_meets_an_error(host: str) -> None:
    for odd in ODD:
        found = hosts(odd)[host]()
        assert found
        assert all(value is None or isinstance(value, float) for value in found)


def test_five_megabytes_are_no_stall() -> None:
    assert rewarding()(["word " * 1_000_000, "```python\n" * 500_000], passed=[True, True]) == [0.0, 0.0]


@pytest.mark.parametrize(
    "options",
    [
        {"weight": 2},
        {"weight": "x"},
        {"weight": None},
        {"weight": math.nan},
        {"weight": {"speed": 0.1}},
        {"weight": {"security": 0.6, "complexity": 0.5}},
        {"failed_factor": 0.9},
        {"on_failure": "ignore"},
        {"graded_tests": 0},
        {"graded_tests": 9},
        {"relative": "parent"},
        {"relative": "group", "span": 0},
        {"quantum": -1},
        {"tests": 7},
        {"workers": -1},
        {"workers": 1.5},
        {"workers": "2"},
        {"workers": True},
        {"timeout": 0},
        {"timeout": "x"},
        {"timeout": math.nan},
        {"profile": "nothing"},
        {"profile": 7},
    ],
    ids=repr,
)
def test_a_programming_error_is_told_when_the_reward_is_made(options: dict[str, object]) -> None:
    with pytest.raises(UsageError, match=r"should be|does not hold|has no|no profile"):
        QualityReward(**options)
