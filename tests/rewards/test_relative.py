"""Quality relative to a reference, to the state before, and to the group."""

from __future__ import annotations

import itertools
import logging
import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from quality_fakes import analysis, finding, unit
from scorer_fakes import FakeScorer, fake_score

from quality.model import Score, Status, UsageError
from quality.rewards import QualityReward
from quality.runtime import Outcome, plugins_for, resolve_spec
from quality.runtime import Task as RuntimeTask

PROFILE = resolve_spec("sample").profile


class CountingScorer:
    """Finds as many defects as the code says (``# d=3``), in as many lines (``# n=10``)."""

    fingerprint = "sha256:fake"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def run(self, tasks):
        for task in tasks:
            assert isinstance(task, RuntimeTask)
            self.asked.append(task.data)
            yield self.outcome(task.data)

    def outcome(self, code: str) -> Outcome:
        words = dict(word.split("=") for word in code.split() if "=" in word and len(word) > 2)
        value = 1 - int(words.get("d", 0)) / 20
        found = SAMPLES[int(words.get("d", 0)), int(words.get("n", 10))]
        return Outcome(found, Score(Status.MEASURED, "sample", self.fingerprint, value=value, grade="A"))

    def close(self) -> None:
        pass


class Table(dict):
    """Analyses with a number of defects and lines."""

    def __missing__(self, key):
        defects, lines = key
        rule = rules()["pylint:dangerous-default-value"]
        found = [finding(rule, line) for line in range(1, defects + 1)]
        made = analysis(found, [unit("f", lloc=lines)], lloc=lines)
        return self.setdefault(key, made)


SAMPLES = Table()


def rules():
    return plugins_for(PROFILE).rules


def code(defects: int = 0, lines: int = 10) -> str:
    return f"```python\nx()  # d={defects} n={lines}\n```"


def rewarding(**arguments) -> QualityReward:
    return QualityReward(**{"weight": 0.2, "quantum": 0, "open_scorer": CountingScorer, **arguments})


def qualities(reward: QualityReward, completions, **columns) -> list[float]:
    return [row["quality"] for row in reward.components(completions, **columns)]


@pytest.mark.parametrize("form", ["reference", "before"])
def test_the_same_code_as_the_reference_is_in_the_middle(form):
    (middle,) = qualities(rewarding(relative=form), [code(2)], **{form: ["x()  # d=2 n=10"]})
    assert middle == 0.5


@pytest.mark.parametrize("form", ["reference", "before"])
def test_better_than_the_reference_is_above_and_worse_below(form):
    columns = {form: [code(2)] * 3, "passed": [True] * 3}
    better, same, worse = qualities(rewarding(relative=form), [code(1), code(2), code(3)], **columns)
    assert better > same == 0.5 > worse


def test_each_sample_has_its_own_reference():
    reward = rewarding(relative="reference")
    one, other = qualities(reward, [code(2), code(2)], reference=[code(1), code(3)])
    assert one < 0.5 < other


@given(st.integers(0, 12), st.integers(0, 12), st.floats(0.01, 2))
@settings(max_examples=30)
def test_quality_stays_between_0_and_1(defects, others, span):
    reward = rewarding(relative="reference", span=span)
    (level,) = qualities(reward, [code(defects)], reference=[code(others)])
    assert 0.0 <= level <= 1.0


def test_a_longer_sample_is_not_forgiven_its_length():
    reward = rewarding(relative="reference")
    short, long = qualities(reward, [code(3, 20), code(3, 200)], reference=[code(3, 20)] * 2)
    assert short == 0.5
    assert long <= short


def test_components_show_the_reference():
    reward = rewarding(relative="reference")
    one, without = reward.components([code(1), code(1)], reference=[code(1), None])
    assert one["relative"] == 1.0
    assert 0.0 < one["reference_quality"] < 1.0
    assert (without["relative"], without["reference_quality"]) == (0.0, 0.0)


@pytest.mark.parametrize(
    "column",
    [
        {},
        {"reference": None},
        {"reference": [None]},
        {"reference": [5]},
        {"reference": ["prose"]},
        {"reference": [code()] * 2},
        {"reference": "text"},
    ],
)
def test_without_a_usable_reference_quality_is_absolute(column):
    assert qualities(rewarding(relative="reference"), [code(4)], **column) == [0.8]


def test_a_reference_may_be_a_body_that_goes_on_with_the_prompt():
    prompt = "def f():\n"
    reward = rewarding(relative="reference")
    (row,) = reward.components(
        ["    return 1  # d=1\n"], prompts=[prompt], reference=["    return 2  # d=1\n"]
    )
    assert (row["relative"], row["quality"]) == (1.0, 0.5)


def test_the_group_is_compared_with_the_median_of_its_passing_samples():
    batch = [code(1), code(2), code(3), code(0)]
    levels = qualities(rewarding(relative="group"), batch, prompts=["p"] * 4, passed=[True] * 3 + [False])
    assert levels[0] > levels[1] == 0.5 > levels[2]
    assert levels[3] > levels[0]


def test_each_prompt_is_a_group():
    prompts = ["p", "p", [{"role": "user", "content": "q"}], [{"role": "user", "content": "q"}]]
    levels = qualities(rewarding(relative="group"), [code(1), code(1), code(5), code(5)], prompts=prompts)
    assert levels == [0.5] * 4


def test_without_prompts_the_batch_is_one_group():
    one, other = qualities(rewarding(relative="group"), [code(1), code(3)])
    assert one > 0.5 > other
    assert one + other == pytest.approx(1.0)


def test_a_group_in_which_nobody_passes_is_judged_absolutely():
    assert qualities(rewarding(relative="group"), [code(4)], passed=[False]) == [0.8]


def test_the_order_of_a_batch_does_not_matter():
    batch = [code(1), code(2), code(7), code(0)]
    reward = rewarding(relative="group")
    expected = dict(zip(batch, qualities(reward, batch), strict=True))
    for order in itertools.permutations(batch):
        assert dict(zip(order, qualities(reward, order), strict=True)) == expected


@given(
    st.lists(st.tuples(st.integers(0, 9), st.booleans()), min_size=1, max_size=6),
    st.sampled_from(["reference", "before", "group"]),
)
@settings(max_examples=40)
def test_every_wrong_sample_gets_less_than_every_right_one(samples, form):
    completions = [code(defects) for defects, _ in samples]
    passed = [fine for _, fine in samples]
    rewards = rewarding(relative=form)(
        completions, passed=passed, reference=[code(1)] * len(samples), before=[code(2)] * len(samples)
    )
    right = [reward for reward, fine in zip(rewards, passed, strict=True) if fine]
    wrong = [reward for reward, fine in zip(rewards, passed, strict=True) if not fine]
    assert max(wrong, default=0.0) < min(right, default=1.0)


def test_references_are_scored_once_and_with_the_samples():
    scorer = CountingScorer()
    reward = rewarding(relative="reference", open_scorer=lambda: scorer)
    reward([code(1), code(2)], reference=[code(2)] * 2)
    assert len(scorer.asked) == 2


def test_a_batch_that_is_asked_again_is_not_scored_again():
    scorer = CountingScorer()
    reward = rewarding(relative="group", open_scorer=lambda: scorer)
    reward([code(1)])
    reward.components([code(1)])
    assert len(scorer.asked) == 1


def test_it_can_be_pickled():
    reward = rewarding(relative="group")
    copied = pickle.loads(pickle.dumps(reward))
    assert copied([code(1), code(2)]) == reward([code(1), code(2)])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            {"relative": "median"},
            "relative should be one of 'reference', 'before', 'group' or None, got 'median'",
        ),
        ({"relative": "group", "span": 0}, "span should be a number above 0 and at most 2, got 0"),
        ({"relative": "group", "span": "x"}, "span should be"),
        ({"weight": {"securty": 0.1}}, "has no dimension 'securty'. Did you mean 'security'?"),
        ({"weight": {"security": -0.1}}, r"weight\['security'\] should be a number from 0 to less than 1"),
        ({"weight": {"security": True}}, r"weight\['security'\] should be"),
        ({"weight": {"security": 0.4, "complexity": 0.2}}, "0.5 is 0.1 above 0.4"),
    ],
)
def test_a_wrong_form_is_refused_when_the_reward_is_made(arguments, message):
    with pytest.raises(UsageError, match=message):
        QualityReward(**arguments)


def test_weights_per_dimension_are_terms_of_the_reward():
    scorer = FakeScorer(lambda code: fake_score(code, dimensions={"security": 0.5, "clarity": 1.0}))
    reward = QualityReward({"security": 0.1, "clarity": 0.05}, quantum=0, open_scorer=lambda: scorer)
    (row,) = reward.components(["```py\nx()\n```"], passed=[True])
    assert row["reward"] == pytest.approx(0.85 + 0.1 * 0.5 + 0.05 * 1.0)
    assert row["quality"] == pytest.approx((0.1 * 0.5 + 0.05) / 0.15)


def test_relative_to_the_real_analyzers():
    before = "def f(x, seen=[]):\n    if x == None:\n        return 0\n    return len(range(x))\n"
    after = "def f(x):\n    return 0 if x is None else x\n"
    larger = f"{before}\n\ndef g(x):\n    return x + 1\n"
    with QualityReward(0.2, relative="before") as reward:
        better, same, worse = reward.components(
            [after, before, before], before=[before, before, after], passed=[True] * 3
        )
        whole, part = reward.components(
            [larger, larger], before=[before, None], passed=[True] * 2, prompts=["Mend f(x)."] * 2
        )
    assert better["quality"] > same["quality"] == 0.5 > worse["quality"]
    assert better["reward"] > same["reward"] > worse["reward"] > 0.5
    # The prompt names what is to be changed, and the module has more.
    assert (whole["needed"], part["needed"]) == (1.0, pytest.approx(4 / 6))


def test_a_column_of_another_length_is_no_error(caplog):
    with caplog.at_level(logging.WARNING):
        assert len(rewarding(relative="before")([code(), code()], before=[code()])) == 2
