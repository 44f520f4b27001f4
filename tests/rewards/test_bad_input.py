"""What trainers pass by mistake: stated behaviour for content, an error with a remedy where a reward is made."""

from __future__ import annotations

import asyncio
import math
import re
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
    reward_for,
)
from quality.rewards.selection import Demands, PairOptions

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


async def waits(**_: object) -> list[bool]:
    return []


WRONG: list[tuple[Callable[..., object], dict[str, object]]] = [
    *((QualityReward, {"name": name}) for name in (7, "", None, b"x", ["x"])),
    *((QualityReward, {"open_scorer": odd}) for odd in (7, "Scorer", waits)),
    *((QualityReward, {"span": odd}) for odd in ("x", 0, 3, True, math.nan)),
    *((QualityReward, {"weight": odd}) for odd in ({}, True, [0.1], {"security": "x"}, {7: 0.1})),
    *((QualityReward, {"graded_tests": odd}) for odd in (True, 2.0, "2")),
    *((QualityReward, {"quantum": odd}) for odd in (True, "x", 1, math.nan, None)),
    *((QualityReward, {"on_failure": odd}) for odd in (None, 7, ["floor"])),
    *((QualityReward, {"relative": odd}) for odd in (7, True, ["group"])),
    *((QualityReward, {"tests": odd}) for odd in (waits, "tests")),
    *((QualityReward, {"workers": odd}) for odd in (10**9, None)),
    *((QualityReward, {"timeout": odd}) for odd in (True, None, [2])),
    *((VerlReward, {"tests": odd}) for odd in (waits, 7)),
    *((OpenRLHFReward, {"tests": odd}) for odd in (waits, 7)),
    *((AReaLReward, {"tests": odd}) for odd in (waits, 7, lambda **_: True)),
    (NeMoGymVerifier, {"tests": 7}),
    *((host, {"reward": 7}) for host in (AReaLReward, NeMoGymVerifier, OpenRLHFReward)),
    *((host, {"reward": "x"}) for host in (VerifiersReward, VerlReward, AsyncTRLReward)),
    *((host, {"wieght": 0.1}) for host in (AReaLReward, NeMoGymVerifier, OpenRLHFReward, VerifiersReward)),
    *((host, {"weight": 2}) for host in (AReaLReward, NeMoGymVerifier, OpenRLHFReward, VerlReward)),
    *((host, {"relative": "group"}) for host in (AReaLReward, NeMoGymVerifier, VerlReward)),
    *((reward_for, {"host": host}) for host in ("ppo", "", 7, None)),
    (reward_for, {"host": "verl", "weight": 2}),
    *((TurnReward, {"reward": rewarding(), "discount": odd}) for odd in ("x", 0, 2, True, math.nan)),
    *((TurnReward, {"reward": rewarding(), "longest": odd}) for odd in (0, "x", 2.5, True)),
    *((TurnReward, {"reward": rewarding(), "potential": odd}) for odd in (1, "x", -1)),
    (TurnReward, {"reward": 7}),
    *((rewarding().split, {"group_size": odd}) for odd in (1, "8", 2.5, True, 10**6)),
    *((PairOptions, options) for options in ({"kind": "worst"}, {"margin": "x"}, {"margin": 2}, {"most": 0})),
    *((Demands, options) for options in ({"score": 7}, {"score": "x"}, {"dimensions": {"security": None}})),
]


def name_of(value: object) -> str:
    """Names a case alike in every process: an address would not."""
    return getattr(value, "__name__", "") or re.sub(r" at 0x[0-9a-f]+", "", repr(value))


@pytest.mark.parametrize(("make", "options"), WRONG, ids=name_of)
def test_every_wrong_argument_is_told_where_it_is_given(
    make: Callable[..., object], options: dict[str, object]
) -> None:
    with pytest.raises(UsageError) as caught:
        make(**options)
    assert str(caught.value).endswith((".", "?"))


def test_a_name_that_is_nearly_right_is_suggested() -> None:
    with pytest.raises(UsageError, match="Did you mean 'weight'"):
        VerlReward(wieght=0.1)
    with pytest.raises(UsageError, match="Did you mean 'openrlhf'"):
        reward_for("OpenRHLF")


@pytest.mark.parametrize("host", ["areal", "nemo-gym", "openrlhf", "trl", "verifiers", "verl"])
def test_each_host_has_its_adapter(host: str) -> None:
    assert callable(getattr(reward_for(host, weight=0.1), "verify" if host == "nemo-gym" else "__call__"))
