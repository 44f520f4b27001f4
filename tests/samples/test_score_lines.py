from __future__ import annotations

import dataclasses
import itertools
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scorer_fakes import FINGERPRINT, FakeScorer, fake_score, unmeasured

from quality.model import Reason
from quality.samples import encode_line, score_lines

KEYS = [
    "id",
    "status",
    "reason",
    "score",
    "grade",
    "dimensions",
    "contributions",
    "findings",
    "profile",
    "fingerprint",
]


def scored(*lines: bytes | str, start: int = 1) -> list[dict]:
    return list(score_lines(lines, FakeScorer(), start=start))


def one(value: object) -> dict:
    return scored(json.dumps(value))[0]


def test_a_code_gives_the_keys_of_the_interface_in_order():
    line = one({"id": "a", "code": "x = 1  # q=0.5"})
    assert list(line) == KEYS
    assert (line["id"], line["status"], line["score"], line["fingerprint"]) == (
        "a",
        "measured",
        0.5,
        FINGERPRINT,
    )


def test_a_completion_reports_what_was_taken():
    line = one({"completion": "Text\n```python\nx = 1  # q=0.25\n```\n"})
    assert line["score"] == 0.25
    assert line["extraction"] == {
        "choice": "python-block",
        "block": 1,
        "blocks": 1,
        "note": "the last closed Python block (block 1 of 1)",
    }


def test_a_completion_without_code_is_unmeasured_and_says_so():
    line = one({"id": 1, "completion": "I cannot."})
    assert (line["status"], line["reason"], line["score"], line["grade"]) == (
        "unmeasured",
        "no-code",
        None,
        None,
    )
    assert line["detail"] == "no fenced block, and the text is no Python"
    assert "line" not in line


def test_with_both_the_code_counts_and_the_completion_passes_through():
    line = one({"code": "x  # q=0.1", "completion": "```python\ny\n```"})
    assert (line["score"], line["completion"]) == (0.1, "```python\ny\n```")
    assert "extraction" not in line


def test_a_null_code_leaves_the_word_to_the_completion():
    assert one({"code": None, "completion": "```py\nx  # q=0.2\n```"})["score"] == 0.2


def test_other_keys_pass_through_behind_the_output_keys():
    others = {"task": "t", "n": 12345678901234567890, "deep": [{"a": None, "b": True}], "é\ud800": 1.5}
    line = one({**others, "code": "x"})
    assert list(line) == [*KEYS, *others]
    assert {key: line[key] for key in others} == others


def test_input_keys_that_the_output_uses_are_kept_in_input():
    line = one({"code": "x  # q=0.5", "score": 7, "line": 3, "input": "mine", "tag": "t"})
    assert (line["score"], line["tag"]) == (0.5, "t")
    assert line["input"] == {"score": 7, "line": 3, "input": "mine"}
    assert "line" not in line


@pytest.mark.parametrize("identity", [None, 0, 1.5, True, "a", ["a"], {"a": 1}])
def test_an_id_of_any_type_comes_back(identity):
    assert one({"id": identity, "code": "x"})["id"] == identity


DEEP = b'{"code": "x", "a": ' + b"[" * 200 + b"]" * 200 + b"}"


@pytest.mark.parametrize(
    ("line", "detail"),
    [
        (b"", "the line is empty"),
        (b"  \n", "the line is empty"),
        (b"{", "not JSON: Expecting property name enclosed in double quotes at column 2"),
        (b"[1]", "a line is a JSON object, got an array"),
        (b'"x"', "a line is a JSON object, got text"),
        (b"3", "a line is a JSON object, got a number"),
        (b"null", "a line is a JSON object, got null"),
        (b"true", "a line is a JSON object, got a truth value"),
        (b"{}", "the line has neither 'code' nor 'completion'"),
        (b'{"code": null}', "the line has neither 'code' nor 'completion'"),
        (b'{"code": 5}', "'code' should be text, got a number"),
        (b'{"code": ["x"]}', "'code' should be text, got an array"),
        (b'{"code": false}', "'code' should be text, got a truth value"),
        (b'{"code": {}}', "'code' should be text, got an object"),
        (b'{"completion": 5}', "a completion is text or chat messages, got int"),
        (b'{"code": "x', "not JSON: Unterminated string starting at column 10"),
        (b'{"code": "x\x01"}', "not JSON: Invalid control character at column 12"),
        (b'{"code": "x", "a": NaN}', "not JSON: NaN"),
        (b'{"code": "x", "a": -Infinity}', "not JSON: -Infinity"),
        (b'{"code": "x", "a": 1e999}', "a number is out of range"),
        (b'{"code": "x", "a": 1' + b"0" * 5000 + b"}", "an integer has too many digits"),
        (b'{"code": "\xff"}', "byte 11 is not UTF-8"),
        (DEEP, "nested deeper than 100 levels"),
        (b"[" * 100_000, "nested deeper than 100 levels"),
    ],
)
def test_a_bad_line_is_an_output_line_that_says_what_and_where(line, detail):
    before, bad, after = scored(b'{"code": "x"}', line, b'{"code": "x"}', start=11)
    assert (bad["status"], bad["reason"], bad["score"], bad["line"]) == ("unmeasured", "bad-input", None, 12)
    assert bad["detail"] == detail
    assert before["status"] == after["status"] == "measured"


def test_a_bad_line_keeps_the_id_and_the_keys_that_could_be_read():
    line = one({"id": "a", "code": 5, "task": "t"})
    assert (line["id"], line["reason"], line["task"]) == ("a", "bad-input", "t")


def test_a_byte_order_mark_is_no_part_of_the_line():
    assert scored(b'\xef\xbb\xbf{"code": "x"}')[0]["status"] == "measured"


def test_a_line_longer_than_the_limit_is_bad(monkeypatch):
    monkeypatch.setattr("quality.samples._lines.LONGEST_LINE", 20)
    assert scored(b'{"code": "' + b"x" * 20 + b'"}')[0]["detail"] == "the line is longer than 20 bytes"


def test_the_scorers_reasons_come_through():
    scorer = FakeScorer(lambda code: unmeasured(Reason.SYNTAX_ERROR, "line 1: invalid syntax"))
    (line,) = score_lines([b'{"code": "x ="}'], scorer)
    assert (line["reason"], line["detail"]) == ("syntax-error", "line 1: invalid syntax")


def test_lone_surrogates_reach_the_scorer_and_the_output_is_ascii():
    scorer = FakeScorer(lambda code: fake_score("x") if code == "'\ud800'" else unmeasured(Reason.EMPTY))
    (line,) = score_lines([b'{"code": "\'\\ud800\'", "note": "\\udfff \xc3\xa9"}'], scorer)
    assert line["status"] == "measured"
    assert encode_line(line).isascii()
    assert json.loads(encode_line(line))["note"] == "\udfff é"


def test_an_encoded_line_is_one_line_whatever_it_holds():
    line = one({"code": "x", "text": "a\nb\u2028c\x00\x7f"})
    assert encode_line(line).count(b"\n") == 1
    assert json.loads(encode_line(line)) == json.loads(json.dumps(line))


def test_lines_are_read_only_as_far_as_the_scorer_reads():
    read = []

    def endless():
        for number in itertools.count():
            read.append(number)
            yield b'{"code": "x"}' if number % 2 else b"bad"

    outputs = score_lines(endless(), FakeScorer())
    taken = list(itertools.islice(outputs, 10))
    assert [line["status"] for line in taken] == ["unmeasured", "measured"] * 5
    assert len(read) == 10


def test_order_is_kept_when_the_scorer_reads_ahead():
    class Ahead(FakeScorer):
        def score_many(self, codes):
            read = list(codes)
            yield from map(fake_score, read)

    lines = [json.dumps({"id": n, "code": f"x  # q=0.{n}"}) if n % 3 else "bad" for n in range(1, 9)]
    outputs = list(score_lines(lines, Ahead()))
    assert [line["score"] for line in outputs] == [0.1, 0.2, None, 0.4, 0.5, None, 0.7, 0.8]
    assert [line["id"] for line in outputs] == [1, 2, None, 4, 5, None, 7, 8]


def test_a_partial_score_stays_a_score():
    score = dataclasses.replace(fake_score("x"), status="partial")
    (line,) = score_lines([b'{"code": "x"}'], FakeScorer(lambda code: score))
    assert (line["status"], line["score"]) == ("partial", 0.9)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)
OBJECTS = st.dictionaries(st.sampled_from([*KEYS, "code", "completion", "input", "line", "x"]), VALUES)


@settings(deadline=None)
@given(st.lists(OBJECTS.map(json.dumps) | st.text() | st.binary(), max_size=5))
def test_every_line_gives_exactly_one_line_of_valid_json(lines):
    outputs = scored(*lines)
    assert len(outputs) == len(lines)
    for line in outputs:
        read = json.loads(encode_line(line), parse_constant=pytest.fail)
        assert (read["score"] is None) == (read["status"] == "unmeasured")
        assert read["fingerprint"] == FINGERPRINT
