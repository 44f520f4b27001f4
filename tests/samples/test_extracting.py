from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quality.model import Reason
from quality.samples import Choice, extract

CODE = "def f(x):\n    return x + 1\n"


def fenced(code: str = CODE, tag: str = "python", fence: str = "```") -> str:
    return f"{fence}{tag}\n{code}{fence}\n"


@pytest.mark.parametrize(
    "tag",
    [
        "python",
        "py",
        "Python",
        "PYTHON3",
        "python3.12",
        " python",
        'python title="a.py"',
        "{.python}",
        "python,no_run",
    ],
)
def test_a_block_tagged_as_python_is_taken(tag):
    found = extract(f"Here it is:\n\n{fenced(tag=tag)}\nDone.")
    assert (found.code, found.choice, found.block, found.blocks) == (CODE, Choice.PYTHON, 1, 1)


@pytest.mark.parametrize("fence", ["```", "````", "~~~", "~~~~~"])
def test_any_fence_of_commonmark_is_known(fence):
    assert extract(fenced(fence=fence)).code == CODE


def test_the_last_closed_python_block_counts():
    found = extract(
        fenced("first = f()\n") + "better:\n" + fenced("second = f()\n") + "run\n" + fenced("ls\n", "bash")
    )
    assert (found.code, found.block, found.blocks) == ("second = f()\n", 2, 3)
    assert found.note == "the last closed Python block (block 2 of 3)"


def test_a_closed_block_is_preferred_to_a_later_one_that_is_cut_off():
    assert extract(fenced() + "```python\ndef g(").code == CODE


def test_a_tagged_block_is_preferred_to_a_later_one_without_a_tag():
    assert extract(fenced() + "prints\n" + fenced("print(43)\n", tag="")).code == CODE


def test_a_block_without_a_tag_counts_when_it_is_a_program():
    found = extract(
        fenced(tag="") + "which prints\n" + fenced("[1, 2]\n", tag="") + fenced("no python\n", tag="")
    )
    assert (found.code, found.choice, found.block) == (CODE, Choice.UNTAGGED, 1)


def test_a_block_that_the_end_cuts_off_counts_and_is_reported():
    found = extract("Sure:\n```python\ndef f(x):\n    return x + 1")
    assert (found.code, found.choice) == (CODE.rstrip(), Choice.CUT_OFF)


def test_an_untagged_cut_off_block_counts_only_when_it_parses():
    assert extract("```\nx = f()\n").choice is Choice.CUT_OFF
    assert extract("```\nx = f(\n").code is None


def test_an_indented_fence_gives_its_code_without_the_indentation():
    text = "1. So:\n\n   ```python\n   def f(x):\n\n       return x + 1\n   ```\n"
    assert extract(text).code == "def f(x):\n\n    return x + 1\n"


def test_code_that_does_not_follow_its_fences_indentation_stays_as_it_is():
    assert extract("  ```python\ndef f(x):\n   return x\n  ```").code == "def f(x):\n   return x\n"


def test_a_fence_inside_a_docstring_closes_nothing():
    code = 'def f():\n    """Example:\n\n    ```\n    f()\n    ```\n    """\n    return 1\n'
    assert extract(fenced(code)).code == code


def test_a_shorter_fence_inside_a_longer_one_closes_nothing():
    code = '"""\n```\n"""\nprint(1)\n'
    assert extract(fenced(code, fence="````")).code == code


def test_windows_newlines_are_newlines():
    assert extract(fenced().replace("\n", "\r\n")).code == CODE


def test_a_whole_text_that_is_a_program_is_taken_bare():
    assert extract(CODE).choice is Choice.BARE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n",
        "Sorry, I cannot.",
        "Done",
        "42",
        "[1, 2]",
        "Note: done",
        "'x'",
        "# nothing",
        "```bash\nls\n```",
        "``` `x` ```",
    ],
)
def test_prose_values_and_other_languages_are_no_code(text):
    found = extract(text)
    assert (found.code, found.choice, found.reason) == (None, Choice.NOTHING, Reason.NO_CODE)


@pytest.mark.parametrize(
    "thought",
    [
        "<think>\n" + fenced("draft = f()\n") + "</think>\n",
        "<think>no fence ``` here</think>",
        "draft\n```python\nopen_ended()\n</think>",
        "<thinking>a</thinking>\n<THINK>b</THINK>\n",
    ],
)
def test_what_was_only_thought_does_not_count(thought):
    found = extract(thought + fenced())
    assert (found.code, found.blocks) == (CODE, 1)


def test_a_thought_that_never_ends_takes_its_blocks_with_it():
    assert extract("<think>\n" + fenced()).reason is Reason.NO_CODE


def test_a_thinking_tag_inside_a_line_of_code_is_code():
    code = 'OPEN = "<think>"\nprint(OPEN)\n'
    assert extract(fenced(code)).code == code


def test_the_assistants_last_message_with_code_counts():
    messages = [
        {"role": "user", "content": fenced("asked()\n")},
        {"role": "assistant", "content": fenced()},
        {"role": "tool", "content": fenced("tool()\n")},
        {"role": "assistant", "content": [{"type": "text", "text": "All done."}]},
    ]
    assert extract(messages).code == CODE


@pytest.mark.parametrize(
    "content",
    [
        fenced(),
        fenced().encode(),
        [{"type": "text", "text": fenced()}],
        [fenced()],
        ({"text": fenced()},),
        {"text": fenced()},
    ],
)
def test_a_message_may_be_written_in_several_ways(content):
    assert extract({"content": content}).code == CODE
    assert extract([{"role": "assistant", "content": content}]).code == CODE


@pytest.mark.parametrize("content", [None, 5, [None, 5], [{"type": "image"}], {"text": 5}, []])
def test_content_without_text_is_no_code(content):
    assert extract([{"role": "assistant", "content": content}]).reason is Reason.NO_CODE


@pytest.mark.parametrize("completion", [None, 5, 1.5, object(), [1], [[CODE]], bytearray(b"x"), {1, 2}])
def test_what_is_neither_text_nor_messages_is_bad_input(completion):
    found = extract(completion)
    assert (found.code, found.reason) == (None, Reason.BAD_INPUT)


def test_an_unhashable_role_is_nobody():
    assert extract([{"role": ["assistant"], "content": CODE}]).reason is Reason.NO_CODE


def test_bytes_are_read_as_utf_8_and_others_reach_the_gate_as_surrogates():
    assert extract("```python\nx = f('é')\n```".encode()).code == "x = f('é')\n"
    assert extract(b"```python\nx = f('\xff')\n```").code == "x = f('\udcff')\n"


def test_a_text_too_long_to_be_tried_is_no_code():
    assert extract("f()\n" * 100_000).reason is Reason.NO_CODE
    assert extract(fenced("f()\n" * 100_000)).choice is Choice.PYTHON


PIECES = st.sampled_from(
    [
        "```",
        "````",
        "~~~",
        "python",
        "py",
        "\n",
        " ",
        "\t",
        "   ",
        "<think>",
        "</think>",
        "def f(): return 1",
        "x",
        "`",
        "(",
        "\ud800",
        "\r",
        "\x0c",
        "\0",
        "é",
    ]
)
TEXTS = st.lists(PIECES, max_size=40).map("".join) | st.text()
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS | st.binary(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["role", "content", "text"]), inner),
    max_leaves=6,
)


@settings(deadline=None)
@given(JSON | st.lists(st.fixed_dictionaries({"role": st.just("assistant"), "content": JSON})))
def test_no_content_makes_it_raise_and_code_and_reason_exclude_each_other(completion):
    found = extract(completion)
    assert (found.code is None) == (found.choice is Choice.NOTHING) == (found.reason is not None)
    assert 0 <= found.block <= found.blocks


@settings(deadline=None)
@given(st.lists(st.sampled_from(["def f():", "    return 1", "", "# ```", "x = '```'"]), min_size=1))
def test_code_comes_out_as_it_went_in(lines):
    code = "".join(f"{line}\n" for line in lines)
    assert extract(fenced(code)).code == code


@pytest.mark.parametrize(
    ("piece", "choice"),
    [
        ("```\nx()\n", Choice.UNTAGGED),
        ("```python\n", Choice.CUT_OFF),
        ("`", Choice.NOTHING),
        ("~~~ ```", Choice.NOTHING),
        ("<think>", Choice.NOTHING),
        ("</think>", Choice.NOTHING),
        (" ", Choice.NOTHING),
        ("```\n(\n```\n", Choice.NOTHING),
        ("\n```", Choice.NOTHING),
        ("   ~~~", Choice.NOTHING),
        ("[", Choice.NOTHING),
    ],
)
def test_hostile_repetition_is_read_to_its_end(piece, choice):
    assert extract(piece * (400_000 // len(piece))).choice is choice


def test_an_answer_of_five_megabytes_is_too_large_and_a_thought_of_that_size_is_not():
    assert extract("```\n" * 1_250_000).reason is Reason.TOO_LARGE
    assert extract("<think>" + "hm " * 1_700_000 + "</think>" + fenced()).code == CODE
