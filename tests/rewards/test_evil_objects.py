"""Objects whose own methods raise cost themselves only, in every form of the reward and of choosing."""

from __future__ import annotations

import asyncio
import pickle
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from evil_objects import evil_objects
from scorer_fakes import FakeScorer

from quality.rewards import QualityReward, TurnReward, length_correlation
from quality.rewards.adapters import (
    AReaLReward,
    AsyncTRLReward,
    NeMoGymVerifier,
    OpenRLHFReward,
    VerifiersReward,
    VerlReward,
)
from quality.rewards.selection import Demands, keep_rows, pair_rows, rank_rows
from quality.samples import extract, plain

GOOD = "```python\nx = 1\n```"
KINDS = sorted(evil_objects())
PAID = pytest.approx(0.985)


@pytest.fixture(params=KINDS)
def evil(request: pytest.FixtureRequest) -> object:
    return evil_objects()[request.param]


@pytest.fixture
def reward() -> QualityReward:
    return QualityReward(open_scorer=FakeScorer, relative="group")


def test_a_completion_has_no_code(evil: object) -> None:
    assert extract(evil).code is None
    assert extract(GOOD, evil).code == "x = 1\n"
    assert extract([{"role": "assistant", "content": evil}]).code is None
    assert extract([{"role": evil, "content": GOOD}]).code in {"x = 1\n", None}


def test_a_plain_value_can_be_read(evil: object) -> None:
    for value in (evil, [evil], {"a": evil}):
        assert pickle.loads(pickle.dumps(plain(value))) == plain(value)


def test_as_a_completion_it_gets_nothing_and_its_neighbour_what_is_due(evil: object) -> None:
    reward = QualityReward(open_scorer=FakeScorer)
    assert reward([evil, GOOD], passed=[True, True]) == [0.0, PAID]
    assert reward([[{"content": evil}], GOOD], passed=[True, True]) == [0.0, PAID]


def test_as_all_completions_it_ends_no_run(evil: object) -> None:
    assert all(value in {None, 0.0} for value in QualityReward(open_scorer=FakeScorer)(evil, passed=[True]))


@pytest.mark.parametrize("kind", KINDS)
def test_as_a_result_of_tests_it_says_nothing_unless_it_is_a_number(kind: str) -> None:
    evil = evil_objects()[kind]
    for name in ("passed", "tests_fraction"):
        first, second = QualityReward(open_scorer=FakeScorer)([GOOD, GOOD], **{name: [evil, True]})
        assert (first, second) == (None, PAID)
        if kind != "endless":  # which is a list of two numbers
            assert QualityReward(open_scorer=FakeScorer)([GOOD, GOOD], **{name: evil}) == [None, None]


@pytest.mark.parametrize("name", ["prompts", "reference", "before", "entry_point", "completion_ids", "task"])
def test_as_another_column_it_changes_nothing(evil: object, name: str) -> None:
    for relative in (None, "reference", "before"):
        reward = QualityReward(open_scorer=FakeScorer, relative=relative)
        reward._judge = QualityReward(open_scorer=FakeScorer)._judge
        for values in (evil, [evil, evil]):
            assert reward([GOOD, GOOD], passed=[True, True], **{name: values}) == [PAID, PAID]


def forms(evil: object) -> dict[str, Callable[[], list[object]]]:
    """Each adapter, given nothing but the object."""
    reward = QualityReward(open_scorer=FakeScorer)
    body = {"response": evil, "verifier_metadata": evil, "passed": evil}
    return {
        "trl": lambda: asyncio.run(
            AsyncTRLReward(reward)([evil, GOOD], passed=[evil, evil], prompts=[evil, evil])
        ),
        "verl": lambda: [VerlReward(reward, tests=lambda **_: evil)(evil, GOOD, evil, evil)["score"]],
        "openrlhf": lambda: OpenRLHFReward(reward, tests=lambda **_: evil)(
            [evil, GOOD], [evil, evil], [evil, evil]
        )["rewards"],
        "verifiers": lambda: [VerifiersReward(reward)(evil, evil, evil, evil, evil)],
        "verifiers group": lambda: VerifiersReward(reward).group(
            [evil, GOOD], [evil, evil], [evil, evil], [evil, evil]
        ),
        "verifiers trace": lambda: [
            asyncio.run(VerifiersReward(reward).trace(SimpleNamespace(last_reply=evil), evil, passed=evil))
        ],
        "nemo-gym": lambda: [
            asyncio.run(NeMoGymVerifier(reward, tests=lambda _: evil).verify(body))["reward"]
        ],
        "areal": lambda: [AReaLReward(reward)(evil, GOOD, evil, evil, passed=evil, other=evil)],
        "turns": lambda: TurnReward(reward)([evil, GOOD], start=evil, passed=evil, prompt=evil),
    }


@pytest.mark.parametrize("form", forms(None))
def test_no_adapter_meets_an_error(form: str, evil: object) -> None:
    found = forms(evil)[form]()
    assert found
    assert all(value is None or isinstance(value, float) for value in found)


class Scorer(FakeScorer):
    profile = SimpleNamespace(name="fake", caps={}, dimensions=())


def test_a_row_with_it_is_ranked_paired_and_kept(evil: object) -> None:
    rows = [
        {
            "id": evil,
            "task_id": "t",
            "prompt": "p",
            "code": "a = f()  # q=0.5",
            "passed": True,
            "other": evil,
        },
        {"id": 2, "task_id": "t", "prompt": "p", "code": "b = f()  # q=0.9", "passed": evil, "other": [evil]},
        {"id": 3, "task_id": "t", "prompt": evil, "code": evil},
        evil,
    ]
    assert len(rank_rows(rows, Scorer())) == 4
    assert len(keep_rows(rows, Scorer(), Demands(score=0.1)).dropped) >= 1
    assert isinstance(pair_rows(rows, Scorer()), list)


def test_a_text_with_it_has_no_length(evil: object) -> None:
    assert length_correlation([0.1, 0.2, 0.3], ["a", "bb", evil]) == pytest.approx(1.0)
