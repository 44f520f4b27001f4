from __future__ import annotations

import concurrent.futures
import copy
import dataclasses
import logging
import math
import pickle
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scorer_fakes import FakeScorer, fake_score, unmeasured

from quality.model import HostError, Reason, Status, UsageError
from quality.rewards import QualityReward

GOOD = "```python\nx = f()  # q=0.8\n```"
STUB = "```python\ndef f(): ...  # stub\n```"


def rewarding(scorer: FakeScorer | None = None, **arguments) -> QualityReward:
    scorer = scorer or FakeScorer()
    return QualityReward(**{"open_scorer": lambda: scorer, **arguments})


def failing(*reasons: Reason | None) -> FakeScorer:
    """Gives these reasons one after the other, None for a score."""
    answers = iter(reasons)

    def judge(code):
        reason = next(answers)
        return fake_score(code) if reason is None else unmeasured(reason)

    return FakeScorer(judge)


def test_passing_samples_get_their_quality_on_top_and_failing_ones_nothing():
    reward = rewarding(weight=0.15)
    assert reward([GOOD, GOOD], passed=[True, False]) == [pytest.approx(0.85 + 0.15 * 0.8), 0.0]


def test_failing_samples_get_a_part_for_the_tests_they_pass():
    assert rewarding()([GOOD], tests_fraction=[0.5]) == [0.25]


def test_without_evidence_it_is_the_quality_term_alone():
    assert rewarding(weight=0.5, failed_factor=0.1)([GOOD]) == [pytest.approx(0.4)]


def test_failing_samples_can_abstain():
    assert rewarding(on_failure="abstain")([GOOD, GOOD], passed=[True, False])[1] is None


def test_each_graded_test_pays():
    reward = rewarding(weight=0.1, graded_tests=2)
    assert reward([GOOD, GOOD], tests_fraction=[0.5, 1.0]) == [pytest.approx(0.53), pytest.approx(0.98)]


@pytest.mark.parametrize(
    "completion",
    [
        STUB,
        "",
        "prose",
        "```python\n```",
        None,
        5,
        b"\xff\xfe",
        [],
        {},
        [{"role": "user", "content": GOOD}],
        ["x"],
        object(),
    ],
)
@pytest.mark.parametrize("columns", [{}, {"passed": [True]}, {"passed": [False]}, {"passed": [None]}])
def test_nothing_is_paid_for_absence_whatever_the_tests_say(completion, columns):
    assert rewarding()([completion], **columns) == [0.0]


@pytest.mark.parametrize(
    "reason", [r for r in Reason if r not in {Reason.CRASH, Reason.TIMEOUT, Reason.MEMORY}]
)
def test_what_the_gate_refuses_gets_nothing(reason):
    scorer = FakeScorer(lambda code: unmeasured(reason))
    assert rewarding(scorer)([GOOD], passed=[True]) == [0.0]
    assert len(scorer.asked) == 1


@pytest.mark.parametrize(
    "completion", [GOOD, GOOD.encode(), {"content": GOOD}, [{"role": "assistant", "content": GOOD}]]
)
def test_completions_come_as_text_bytes_or_messages(completion):
    assert rewarding(weight=0.1)([completion], passed=[True]) == [pytest.approx(0.98)]


@pytest.mark.parametrize("completions", [GOOD, GOOD.encode(), {"content": GOOD}, (GOOD,), iter([GOOD])])
def test_a_bare_completion_is_a_batch_of_one(completions):
    assert rewarding()(completions) == [pytest.approx(0.12)]


@pytest.mark.parametrize("completions", [None, 5, [], ()])
def test_no_completions_give_no_rewards(completions):
    assert rewarding()(completions, passed=[True]) == []


@pytest.mark.parametrize("reason", [Reason.CRASH, Reason.TIMEOUT, Reason.MEMORY])
def test_a_failure_in_this_process_is_tried_again_and_then_gives_no_reward(reason):
    assert rewarding(failing(reason, None))([GOOD], passed=[True]) == [pytest.approx(0.97)]
    assert rewarding(failing(reason, reason))([GOOD], passed=[True]) == [None]


@pytest.mark.parametrize("reason", [Reason.CRASH, Reason.TIMEOUT, Reason.MEMORY])
def test_what_broke_its_workers_is_charged_to_the_sample(reason):
    scorer = failing(reason)
    assert rewarding(scorer, workers=2)([GOOD], passed=[True]) == [0.0]


@pytest.mark.parametrize("workers", [0, 1])
def test_a_score_without_all_its_analyzers_gives_no_reward(workers):
    partial = dataclasses.replace(fake_score("x"), status=Status.PARTIAL)
    scorer = FakeScorer(lambda code: partial)
    assert rewarding(scorer, workers=workers)([GOOD], passed=[True]) == [None]
    assert len(scorer.asked) == 2


def test_a_sample_without_usable_evidence_gives_no_reward():
    rewards = rewarding()([GOOD] * 4, passed=[True, None, math.nan, "yes"])
    assert rewards == [pytest.approx(0.97), None, None, None]


def test_evidence_of_another_length_gives_no_rewards_and_a_warning(caplog):
    with caplog.at_level(logging.WARNING):
        assert rewarding()([GOOD, GOOD], passed=[True]) == [None, None]
    assert "nothing usable of 2 samples" in caplog.text


def test_each_distinct_code_is_scored_once():
    scorer = FakeScorer()
    rewards = rewarding(scorer)([GOOD, STUB, GOOD, f"Other words.\n{GOOD}"], passed=[True] * 4)
    assert rewards[0] == rewards[2] == rewards[3]
    assert len(scorer.asked) == 2


def test_a_scorer_that_never_opens_raises():
    def missing():
        raise HostError("Profile 'sample' needs the analyzer 'pylint'.")

    with pytest.raises(HostError):
        QualityReward(open_scorer=missing)([GOOD])


def test_a_scorer_that_breaks_in_the_middle_of_a_run_is_opened_again():
    scorer = FakeScorer(breaks=1)
    assert rewarding(scorer)([GOOD], passed=[True]) == [pytest.approx(0.97)]
    assert scorer.closed == 1


def test_a_scorer_that_stays_broken_gives_no_rewards_and_the_run_goes_on():
    scorer = FakeScorer(breaks=2)
    reward = rewarding(scorer)
    assert reward([GOOD, "prose"], passed=[True, True]) == [None, 0.0]
    assert reward([GOOD], passed=[True]) == [pytest.approx(0.97)]


def test_a_test_function_gives_the_evidence():
    seen = {}

    def run_tests(prompts, completions, completion_ids, **columns):
        seen.update(columns, prompts=prompts)
        return ["x = f()" in text for text in completions]

    reward = rewarding(tests=run_tests)
    assert reward([GOOD, "y"], prompts=["p", "q"], task=[1, 2]) == [pytest.approx(0.97), 0.0]
    assert (seen["task"], seen["prompts"]) == ([1, 2], ["p", "q"])


def test_completions_that_can_be_read_once_reach_the_test_function_too():
    reward = rewarding(tests=lambda completions, **columns: [bool(text) for text in completions])
    assert reward(iter([GOOD])) == [pytest.approx(0.97)]


def test_a_column_counts_before_the_test_function():
    reward = rewarding(tests=lambda **columns: pytest.fail("called"))
    assert reward([GOOD], passed=[False]) == [0.0]


def test_a_test_function_that_says_nothing_is_no_quality_only_reward():
    assert rewarding(tests=lambda **columns: None)([GOOD]) == [None]


async def asynchronous(**columns):
    return []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"weight": 1.5}, "weight should be"),
        ({"weight": 0.6}, "failed_factor < 1 - weight does not hold"),
        ({"profile": "smaple"}, "There is no profile 'smaple'"),
        ({"workers": -1}, "workers should be 0 or more"),
        ({"timeout": 0}, "timeout should be more than 0"),
        ({"timeout": math.nan}, "timeout should be more than 0"),
        ({"tests": asynchronous}, "Pass the results of asynchronous tests as the column 'passed'"),
        ({"tests": [True]}, "tests should be a function"),
    ],
)
def test_a_wrong_argument_is_refused_when_the_reward_is_made(arguments, message):
    with pytest.raises(UsageError, match=message):
        QualityReward(**arguments)


KEYS = [
    *("reward", "correctness_term", "quality_term", "quality", "passed", "tests_fraction"),
    *("measured", "charged", "abstained", "relative", "reference_quality", "needed"),
    *(
        f"dimension_{name}"
        for name in ("complexity", "reliability", "security", "structure", "clarity", "efficiency")
    ),
]


def test_components_have_the_same_keys_and_finite_numbers_for_every_sample():
    scorer = failing(None, Reason.CRASH, Reason.CRASH)
    table = rewarding(scorer).components([GOOD, "x = 1", None], passed=[True, True, False])
    assert [list(row) for row in table] == [KEYS] * 3
    assert all(type(value) is float and math.isfinite(value) for row in table for value in row.values())
    assert [row["abstained"] for row in table] == [0.0, 1.0, 0.0]
    assert [row["charged"] for row in table] == [0.0, 0.0, 1.0]


def test_components_add_up_to_the_reward():
    (row,) = rewarding().components([GOOD], passed=[True])
    assert (
        row["correctness_term"] + row["quality_term"]
        == row["reward"]
        == rewarding()([GOOD], passed=[True])[0]
    )
    assert (row["quality"], row["passed"], row["tests_fraction"], row["dimension_security"]) == (
        0.8,
        1.0,
        1.0,
        0.8,
    )


def test_quality_is_quantised():
    near = [f"x  # q={value}" for value in ("0.8012", "0.7991")]
    one, other = rewarding()([f"```py\n{code}\n```" for code in near], passed=[True, True])
    assert one == other


def run_no_tests(**columns: object) -> list[bool]:
    return [True]


def test_a_pickled_reward_opens_a_scorer_of_its_own():
    reward = QualityReward(0.2, open_scorer=FakeScorer, tests=run_no_tests, name="mine")
    before = reward([GOOD])
    for copied in (pickle.loads(pickle.dumps(reward)), copy.deepcopy(reward)):
        assert copied([GOOD]) == before == [pytest.approx(0.96)]
        assert copied.__name__ == "mine"
        assert copied._judge._scorer is not reward._judge._scorer


def test_a_reward_with_the_real_scorer_can_be_pickled_before_its_first_batch():
    reward = QualityReward(0.1, workers=2, timeout=1.0)
    assert repr(pickle.loads(pickle.dumps(reward))) == repr(reward)


def test_threads_take_turns():
    running = Counter()

    class Watched(FakeScorer):
        def score_many(self, codes):
            running["now"] += 1
            running["most"] = max(running["most"], running["now"])
            yield from super().score_many(codes)
            running["now"] -= 1

    reward = rewarding(Watched())
    batches = [[f"```py\nx = {n}  # q=0.{n}\n```"] * 3 for n in range(1, 9)]
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        results = list(pool.map(reward, batches))
    assert results == [reward(batch) for batch in batches]
    assert running["most"] == 1


def test_closing_ends_the_scorer_and_the_next_batch_opens_another():
    scorer = FakeScorer()
    with rewarding(scorer) as reward:
        reward([GOOD])
    assert scorer.closed == 1
    assert reward([GOOD]) == [pytest.approx(0.12)]


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.floats()
    | st.text()
    | st.binary()
    | st.just(GOOD)
    | st.just(STUB)
    | st.just("\ud800"),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["role", "content", "text"]), inner)
    ),
    max_leaves=5,
)


@settings(deadline=None)
@given(st.lists(ANYTHING, max_size=6), st.none() | st.lists(ANYTHING, max_size=6), ANYTHING)
def test_no_content_makes_it_raise_or_leave_the_range(completions, passed, fractions):
    rewards = rewarding()(completions, passed=passed, tests_fraction=fractions, junk=[{}])
    assert len(rewards) == len(completions)
    assert all(reward is None or 0.0 <= reward <= 1.0 for reward in rewards)


QUALITY = st.integers(0, 100).map(lambda percent: f"```py\nx = f()  # q={percent / 100}\n```")


@settings(deadline=None)
@given(st.lists(st.tuples(QUALITY, st.booleans(), st.floats(0, 1)), min_size=2, max_size=6))
def test_in_a_batch_every_wrong_sample_gets_less_than_every_right_one(samples):
    completions, passed, fractions = (list(column) for column in zip(*samples, strict=True))
    rewards = rewarding()(completions, passed=passed, tests_fraction=fractions)
    right = [reward for reward, fine in zip(rewards, passed, strict=True) if fine]
    wrong = [reward for reward, fine in zip(rewards, passed, strict=True) if not fine]
    assert max(wrong, default=0.0) < min(right, default=1.0)
