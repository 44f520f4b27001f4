# ruff: noqa: FBT003 - whether a sample passes is what these tests are about
from __future__ import annotations

import contextlib
import io
import itertools
import json
import sys
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scorer_fakes import STUB, FakeScorer, fake_score, unmeasured

from quality.model import Contribution, Reason, UsageError
from quality.rewards.selection import (
    Demands,
    Dropped,
    PairOptions,
    filter_samples,
    judge_candidates,
    pair_samples,
    rank_samples,
)
from quality.samples import SampleFile, encode_line

CAPS = {STUB.id: 0.02}


@pytest.fixture
def made(tmp_path):
    """Makes a file of lines: objects are written as JSON, bytes as they are."""
    numbers = itertools.count()
    files = contextlib.ExitStack()

    def make(*lines) -> SampleFile:
        path = tmp_path / f"{next(numbers)}.jsonl"
        path.write_bytes(
            b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines)
        )
        return files.enter_context(SampleFile(path))

    with files:
        yield make


def sample(quality: float, passed: object = None, **keys) -> dict[str, object]:
    evidence = {} if passed is None else {"passed": passed}
    return {"task_id": "t", "code": f"x = f()  # q={quality}", **evidence, **keys}


def ranked(file: SampleFile, scorer: FakeScorer | None = None, *, by=None, quantum=0.01, **options):
    candidates = judge_candidates(file, scorer or FakeScorer(), CAPS, by=by, quantum=quantum)
    return list(rank_samples(candidates, file, **options))


def order(lines) -> list[tuple[object, int]]:
    return [(line["id"], line["rank"]) for line in lines]


def test_passing_samples_come_first_then_the_better_ones(made):
    file = made(
        sample(0.9, False, id="clean but wrong"),
        sample(0.4, True, id="right"),
        sample(0.7, True, id="right and clean"),
    )
    assert order(ranked(file)) == [("right and clean", 1), ("right", 2), ("clean but wrong", 3)]


def test_failing_samples_are_ordered_by_the_tests_that_they_pass_before_quality(made):
    file = made(
        sample(0.9, id="a", tests_fraction=0.2),
        sample(0.1, id="b", tests_fraction=0.8),
        sample(0.5, True, id="c"),
    )
    assert order(ranked(file)) == [("c", 1), ("b", 2), ("a", 3)]


def test_ties_stay_ties(made):
    file = made(sample(0.701, id=1), sample(0.9, id=2), sample(0.699, id=3), sample(0.2, id=4))
    lines = ranked(file)
    assert order(lines) == [(2, 1), (1, 2), (3, 2), (4, 4)]
    assert [line["tied"] for line in lines] == [1, 2, 2, 1]


def test_what_is_nothing_comes_last_whatever_its_tests_say(made):
    file = made(
        {"id": "none", "task_id": "t", "completion": "I cannot.", "passed": True},
        {"id": "stub", "task_id": "t", "code": "def f(): ...  # stub", "passed": True},
        sample(0.1, False, id="wrong"),
    )
    lines = ranked(file)
    assert order(lines) == [("wrong", 1), ("none", 2), ("stub", 2)]
    assert [line["reason"] for line in lines] == [None, "no-code", "pretends"]


def test_only_the_best_are_kept_on_demand_with_all_that_tie(made):
    file = made(sample(0.5, id=1), sample(0.5, id=2), sample(0.4, id=3))
    assert order(ranked(file, top=1)) == [(1, 1), (2, 1)]


def test_groups_need_not_be_together_and_keep_their_order(made):
    file = made(
        sample(0.1, id=1, task_id="b"),
        sample(0.2, id=2, task_id="a"),
        sample(0.3, id=3, task_id="b"),
        sample(0.4, id=4, task_id="a"),
    )
    assert order(ranked(file)) == [(3, 1), (1, 2), (4, 1), (2, 2)]


@pytest.mark.parametrize(
    ("keys", "by", "groups"),
    [
        ([{"prompt": "p"}, {"prompt": "q"}], None, ["p", "q"]),
        ([{"task_id": 5, "prompt": "p"}, {"task_id": 5, "prompt": "q"}], None, ["5", "5"]),
        (
            [{"task_id": "a", "seed": {"b": 1, "a": 2}}, {"task_id": "b", "seed": {"a": 2, "b": 1}}],
            "seed",
            ['{"a": 2, "b": 1}'] * 2,
        ),
        ([{}, {"task_id": None}], None, ["", ""]),
    ],
)
def test_a_group_is_what_shares_a_key(made, keys, by, groups):
    file = made(*({"code": "x = f()", **each} for each in keys))
    assert [line["group"] for line in ranked(file, by=by)] == groups


def test_a_line_keeps_its_keys_and_those_that_the_output_uses_are_put_aside(made):
    (line,) = ranked(made(sample(0.5, True, id=1, rank="mine", score=3, model="m")))
    assert line["input"] == {"rank": "mine", "score": 3}
    assert (line["model"], line["code"], line["passed"], line["tests_fraction"]) == (
        "m",
        "x = f()  # q=0.5",
        True,
        1.0,
    )
    assert list(line)[:8] == ["id", "group", "rank", "tied", "passed", "tests_fraction", "score", "reason"]


def test_a_bad_line_comes_last_in_its_own_place(made):
    lines = ranked(made(b"bad", sample(0.5, id=2, task_id="")))
    assert order(lines) == [(2, 1), (None, 2)]
    assert lines[1]["reason"] == "bad-input"


def paired(file: SampleFile, scorer: FakeScorer | None = None, **options):
    candidates = judge_candidates(file, scorer or FakeScorer(), CAPS)
    return list(pair_samples(candidates, file, PairOptions(**options)))


def answer(quality: float, passed: object = None, **keys) -> dict[str, object]:
    line = {"prompt": "p", "completion": f"```python\nx = f()  # q={quality}\n```", "id": quality, **keys}
    return line if passed is None else {**line, "passed": passed}


def test_a_pair_is_what_trl_reads_with_the_margin_and_the_reasons(made):
    def judge(code):
        score = fake_score(code)
        parts = [Contribution("clarity", "pylint:bad", 1, 0.3), Contribution("clarity", "pylint:bad", 2, 0.2)]
        return score if score.value > 0.5 else fake_score(code, contributions=tuple(parts))

    (pair,) = paired(made(answer(0.9), answer(0.4)), FakeScorer(judge))
    assert pair == {
        "prompt": "p",
        "chosen": "```python\nx = f()  # q=0.9\n```",
        "rejected": "```python\nx = f()  # q=0.4\n```",
        "kind": "quality",
        "margin": 0.5,
        "chosen_score": 0.9,
        "rejected_score": 0.4,
        "chosen_id": 0.9,
        "rejected_id": 0.4,
        "reasons": ["pylint:bad +0.500"],
    }


def test_conversations_stay_conversations(made):
    prompt = [{"role": "user", "content": "p"}]
    lines = [
        {
            **answer(q, prompt=prompt),
            "completion": [{"role": "assistant", "content": f"```py\nx = f()  # q={q}\n```"}],
        }
        for q in (0.2, 0.8)
    ]
    (pair,) = paired(made(*lines))
    assert pair["prompt"] == prompt
    assert pair["chosen"] == lines[1]["completion"]


def test_the_best_is_paired_with_the_worst_and_nobody_twice(made):
    pairs = paired(made(*(answer(q) for q in (0.1, 0.9, 0.3, 0.7, 0.5))))
    assert [(pair["chosen_id"], pair["rejected_id"]) for pair in pairs] == [(0.9, 0.1), (0.7, 0.3)]


def test_pairs_are_bounded_by_margin_and_number(made):
    lines = [answer(q) for q in (0.1, 0.2, 0.8, 0.9)]
    assert len(paired(made(*lines), most=1)) == 1
    assert len(paired(made(*lines), margin=0.7)) == 1
    assert paired(made(answer(0.5), answer(0.5)), margin=0.0) == []


def test_pairs_of_tests_have_one_that_passes_and_one_that_fails(made):
    lines = [
        answer(0.3, True),
        answer(0.9, False),
        answer(0.6, True),
        answer(0.5, False, completion="no code"),
    ]
    pairs = paired(made(*lines), kind="tests")
    assert [(pair["chosen_id"], pair["rejected_id"]) for pair in pairs] == [(0.6, 0.5), (0.3, 0.9)]
    assert pairs[1]["margin"] == pytest.approx(-0.6)
    assert pairs[0]["reasons"][0] == "no-code"


def test_what_passes_and_only_pretends_is_rejected_and_never_chosen(made):
    def ends(*lines: dict[str, object]) -> list[tuple[object, object]]:
        return [(pair["chosen_id"], pair["rejected_id"]) for pair in paired(made(*lines))]

    good = answer(0.9, True)
    first, second, third, failing = (
        {"id": name, "prompt": "p", "code": f"def f(): ...  # stub {name}", "passed": name != "failing"}
        for name in ("first", "second", "third", "failing")
    )
    assert ends(good, first) == [(0.9, "first")]
    assert ends(first, second, third, good) == [(0.9, "third")]
    assert ends(good, failing) == []


def test_quality_pairs_are_never_made_of_failing_samples(made):
    lines = [answer(0.3, True), answer(0.9, False), answer(0.1, None)]
    assert {pair["chosen_id"] for pair in paired(made(*lines), margin=0.01)} == {0.3}
    assert paired(made(answer(0.9, False), answer(0.1, False))) == []


def test_lines_without_a_prompt_and_samples_that_we_could_not_judge_are_in_no_pair(made):
    scorer = FakeScorer(lambda code: unmeasured(Reason.CRASH) if "0.1" in code else fake_score(code))
    assert paired(made({"task_id": "t", "code": "x = f()"}, sample(0.2))) == []
    assert paired(made(answer(0.9), answer(0.1)), scorer) == []


def kept(file: SampleFile, scorer: FakeScorer | None = None, **demands):
    candidates = judge_candidates(file, scorer or FakeScorer(), CAPS)
    return list(filter_samples(candidates, file, Demands(**demands)))


def test_lines_stay_byte_for_byte_as_they_came(made):
    odd = b'  {"code" :"x = f()","unknown":[1.0,  "\\u00e9"]} '
    assert kept(made(odd, odd)) == [odd + b"\n", odd + b"\n"]


def test_what_goes_says_why(made):
    file = made(
        b"bad",
        sample(0.4, True, id="score"),
        sample(0.9, False, id="failing"),
        {"id": "none", "code": ""},
        {"id": "stub", "code": "def f(): ...  # stub", "passed": True},
        sample(0.9, True, id="stays"),
        sample(0.9, True, id="again"),
        sample(0.95, id="untested"),
        {"id": "dimension", "code": "x = 1  # q=0.7", "passed": True},
    )
    lines = kept(file, score=0.5, dimensions={"security": 0.8}, passed=True, unique=True)
    dropped = [line for line in lines if isinstance(line, Dropped)]
    assert [(line.number, line.reason) for line in dropped] == [
        (1, "bad-input"),
        (2, "score"),
        (3, "failing"),
        (4, "empty"),
        (5, "pretends"),
        (7, "duplicate"),
        (8, "failing"),
        (9, "security"),
    ]
    assert json.loads(lines[5])["id"] == "stays"
    assert dropped[1].detail == "0.4000 is below 0.5"


def test_nothing_is_demanded_by_default_but_a_score(made):
    assert (
        len([line for line in kept(made(sample(0.01), sample(0.02, False))) if isinstance(line, bytes)]) == 2
    )


LINES = st.lists(
    st.builds(
        sample,
        st.integers(0, 9).map(lambda n: n / 10),
        st.sampled_from([None, True, False, 0.5, "x"]),
        task_id=st.sampled_from("ab"),
    )
    | st.sampled_from([b"", b"bad", b"[]", b"\xff"]),
    max_size=8,
)


@given(LINES)
@settings(max_examples=40)
def test_every_line_is_ranked_once_and_every_output_is_json(tmp_path_factory, lines):
    path = tmp_path_factory.mktemp("ranked") / "in.jsonl"
    path.write_bytes(
        b"".join((line if isinstance(line, bytes) else json.dumps(line).encode()) + b"\n" for line in lines)
    )
    with SampleFile(path) as file:
        found = ranked(file)
        assert len(found) == len(lines)
        assert all(json.loads(encode_line(line))["rank"] >= 1 for line in found)
        assert len(kept(file)) == len(lines)


def test_standard_input_can_be_read_twice(monkeypatch):
    lines = b"".join(encode_line(sample(q, id=q)) for q in (0.2, 0.8))
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(lines)))
    with SampleFile(None) as file:
        assert order(ranked(file)) == [(0.8, 1), (0.2, 2)]


def test_a_line_that_is_too_long_is_bad_and_the_next_is_read(made, monkeypatch):
    monkeypatch.setattr("quality.samples._file.LONGEST_LINE", 100)
    monkeypatch.setattr("quality.samples._lines.LONGEST_LINE", 100)
    file = made(b'{"id": 1, "code": "' + b"x" * 500 + b'"}', sample(0.5, id=2))
    # By its group it is in another one than the good line.
    assert [(line["id"], line["reason"]) for line in ranked(file)] == [(None, "bad-input"), (2, None)]


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(UsageError, match="cannot be read: No such file"):
        SampleFile(tmp_path / "nowhere")
