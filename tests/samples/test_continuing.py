"""Completions of prompts: echoes, and bodies that go on with a prompt of code."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.model import Reason
from quality.samples import Choice, extract

PROMPT = 'from typing import List\n\n\ndef f(xs: List[int]) -> int:\n    """Sums."""\n'
BODY = "    total = 0\n    for x in xs:\n        total += x\n    return total\n"


def test_a_body_goes_on_with_the_prompt():
    found = extract(BODY, PROMPT)
    assert (found.code, found.choice) == (PROMPT + BODY, Choice.CONTINUED)


def test_an_echo_of_the_prompt_is_no_second_prompt():
    assert extract(PROMPT + BODY, PROMPT).code == PROMPT + BODY


@pytest.mark.parametrize(
    "prompt", ["def f(xs):\n", "def f(xs):", "class A:\n", "@cache\ndef f(xs):\n    '''Doc.'''\n"]
)
def test_any_open_function_or_class_waits_for_its_body(prompt):
    assert extract("    y = 1\n", prompt).choice is Choice.CONTINUED


@pytest.mark.parametrize(
    "tail",
    ["\nSo this sums the list (all of it).\n", "\nif __name__ == '__main__':\n    f([", "print(f([1,\n"],
)
def test_what_follows_the_function_and_does_not_parse_is_cut_off(tail):
    assert extract(BODY + tail, PROMPT).code.rstrip() == (PROMPT + BODY).rstrip()


def test_what_follows_the_function_and_parses_stays():
    more = "\n\ndef g():\n    return f([1])\n"
    assert extract(BODY + more, PROMPT).code == PROMPT + BODY + more


def test_an_indentation_that_was_stripped_is_restored():
    assert extract("return sum(xs)", PROMPT).code == PROMPT + "    return sum(xs)"
    assert extract(BODY.strip(), PROMPT).code == (PROMPT + BODY).rstrip()


def test_a_whole_program_stands_on_its_own():
    program = "def f(xs):\n    return sum(xs)\n"
    found = extract(program, PROMPT)
    assert (found.code, found.choice) == (program, Choice.BARE)


def test_fenced_code_stands_on_its_own():
    assert extract("```python\ndef f(xs):\n    return 1\n```", PROMPT).choice is Choice.PYTHON


def test_examples_in_an_echoed_prompt_are_nobodys_answer():
    prompt = "Like this:\n```python\nshown()\n```\nNow you.\n"
    assert extract(prompt + "I cannot.", prompt).reason is Reason.NO_CODE
    assert extract(prompt + "```python\nmine()\n```", prompt).code == "mine()\n"


@pytest.mark.parametrize("text", ["", "   \n", "I cannot do that.", "    # nothing\n", "Sorry:"])
def test_no_body_is_no_code_although_the_prompt_is_code(text):
    assert extract(text, PROMPT).code is None


@pytest.mark.parametrize("body", ["    pass\n", "    ...\n", "    'words'\n"])
def test_a_body_that_does_nothing_is_no_answer(body):
    assert extract(body, PROMPT).choice is not Choice.CONTINUED


@pytest.mark.parametrize("prompt", ["Write a function.", "x = 1\n", "", None, 5, ["x"], "def f(:\n"])
def test_a_prompt_that_waits_for_nothing_changes_nothing(prompt):
    assert extract(BODY, prompt).code is None
    assert extract("x = f()\n", prompt).choice is Choice.BARE


@pytest.mark.parametrize(
    "mark", ["<|im_end|>", "</s>", "<|endoftext|>", "<eos>", "<end_of_turn>\n", "<|eot_id|> "]
)
def test_end_of_text_marks_are_no_code(mark):
    assert extract(f"x = f(){mark}").code == "x = f()"
    assert extract(BODY + mark + mark, PROMPT).code.rstrip() == (PROMPT + BODY).rstrip()


def test_every_canonical_solution_of_humaneval_goes_on_with_its_prompt(human_eval):
    for task in human_eval:
        found = extract(task["canonical_solution"], task["prompt"])
        whole = task["prompt"] + task["canonical_solution"]
        assert ast.dump(ast.parse(found.code)) == ast.dump(ast.parse(whole))


PIECES = st.lists(
    st.sampled_from(
        ["def f():", "\n", "    ", "return 1", "```", '"""', "x", "#", "<|a|>", "(", "\0", "\ud800"]
    ),
    max_size=15,
)


@given(PIECES.map("".join), PIECES.map("".join))
def test_no_prompt_makes_it_raise(text, prompt):
    found = extract(text, prompt)
    assert (found.code is None) == (found.choice is Choice.NOTHING)


@pytest.mark.parametrize("piece", ["<|a", "</s> ", "\n", "def f():\n", "[INST]"])
def test_hostile_repetition_beside_a_prompt_is_read_to_its_end(piece):
    text = piece * (90_000 // len(piece))
    for prompt in (text, PROMPT):
        found = extract(text, prompt)
        assert (found.code is None) == (found.choice is Choice.NOTHING)
