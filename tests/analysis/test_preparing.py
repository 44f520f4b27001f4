"""From bytes or text to a source, or a refusal with its reason."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.analysis import Refusal, prepare
from quality.model import Limits, Reason, Source

LIMITS = Limits()


def prepared(data: str | bytes, **limits: int) -> Source:
    source = prepare(data, "sample.py", Limits(**limits))
    assert isinstance(source, Source), source
    return source


def refused(data: str | bytes, **limits: int) -> Refusal:
    refusal = prepare(data, "sample.py", Limits(**limits))
    assert isinstance(refusal, Refusal)
    return refusal


def test_bytes_and_text_give_the_same_source() -> None:
    text = "name = 'é'\n"
    assert prepared(text.encode()).text == prepared(text).text == text


def test_a_byte_order_mark_is_taken_off() -> None:
    assert prepared(b"\xef\xbb\xbfx = 1\n").text == prepared("\ufeffx = 1\n").text == "x = 1\n"


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_newlines_are_normalised(newline: str) -> None:
    assert prepared(f"x = 1{newline}y = 2{newline}").text == "x = 1\ny = 2\n"


def test_the_digest_is_that_of_the_original_text() -> None:
    assert prepared("x = 1  # noqa\n").sha256 != prepared("x = 1\n").sha256


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"x = '\xff'\n", "byte 5 is not UTF-8"),
        (b"x = 1\0\n", "NUL"),
        ("x = '\ud800'\n", "lone surrogate"),
        (b"# -*- coding: latin-1 -*-\nx = 1\n", "latin-1"),
        (b"#!/usr/bin/python\n# vim: set fileencoding=utf-7 :\nx = 1\n", "utf-7"),
        (b"\r# coding: utf-7\rx = 1\r", "utf-7"),
        ("# coding: utf-7\nx = 1\n", "utf-7"),
    ],
)
def test_another_encoding_is_refused(data: str | bytes, says: str) -> None:
    refusal = refused(data)
    assert refusal.reason is Reason.ENCODING
    assert says in refusal.detail


@pytest.mark.parametrize(
    "text",
    [
        "# -*- coding: utf-8 -*-\nx = 1\n",
        "# coding: UTF_8\nx = 1\n",
        "x = 1\n# coding: latin-1 is not spoken here\n",
        "x = 1\ny = 2\n# coding: latin-1\n",
    ],
)
def test_a_cookie_that_says_nothing_else_is_fine(text: str) -> None:
    assert prepared(text).text == text


@pytest.mark.parametrize(
    "text",
    [
        *("", "  \n\n", "# only a comment\n", '"""Only a docstring."""\n', "pass\n", "...\n"),
        *("'a'\n1\npass\n", "from __future__ import annotations\n"),
    ],
)
def test_what_does_nothing_is_empty(text: str) -> None:
    assert refused(text).reason is Reason.EMPTY


def test_a_syntax_error_names_its_line() -> None:
    refusal = refused("x = 1\ndef (:\n")
    assert refusal.reason is Reason.SYNTAX_ERROR
    assert refusal.detail.startswith("line 2: ")
    assert refusal.text == "x = 1\ndef (:\n"


@pytest.mark.parametrize(
    ("text", "limits", "says"),
    [
        ("x = 1\n" * 10, {"characters": 50}, "60 characters, the limit is 50"),
        ("x = 1\n" * 10, {"lines": 5}, "11 lines, the limit is 5"),
        ("x = 1234567890\n", {"line_length": 10}, "14 characters in a line, the limit is 10"),
        ("x = ((((1))))\n", {"brackets": 3}, "4 levels of brackets, the limit is 3"),
        ("x = 1 + 2\n" * 10, {"nodes": 30}, "syntax tree nodes"),
        ("x = 1" + " + 1" * 30 + "\n", {"depth": 20}, "levels of syntax"),
        ("try:\n    x = 1\n" + "except E:\n    x = 2\n" * 5, {"branches": 4}, "5 branches of a statement"),
        ("match x:\n" + "    case 1: y = 2\n" * 5, {"branches": 4}, "5 branches of a statement"),
        ("class A: pass\n" + "class A(A): pass\n" * 5, {"lineage": 5}, "6 classes in a line"),
        ("class A: a = 1\n" + "class A(A, A): pass\n" * 4, {"ancestors": 30}, "31 ways up from a class"),
    ],
)
def test_a_text_beyond_a_limit_is_too_large(text: str, limits: dict[str, int], says: str) -> None:
    refusal = refused(text, **limits)
    assert refusal.reason is Reason.TOO_LARGE
    assert says in refusal.detail
    prepared(text)


def test_branches_of_functions_may_be_many() -> None:
    prepared("def f(x):\n    match x:\n" + "        case 1: return 2\n" * 9, branches=2)


def test_brackets_in_strings_and_comments_do_not_count() -> None:
    prepared("x = '((((((('  # ((((((((\ny = '''\n(((((((('''\n", brackets=3)


@pytest.mark.parametrize(
    "hostile",
    [
        "(" * 100_000,
        "[" * 5_000 + "]" * 5_000,
        "x = " + "not " * 30_000 + "1\n",
        "x = 1" + "+1" * 30_000 + "\n",
        "x = y" + ".z" * 5_000 + "\n",
        "x = y" + "()" * 5_000 + "\n",
        "def f():\n" + "".join(" " * depth + "if x:\n" for depth in range(1, 99)) + " " * 99 + "y\n",
        "if x: pass\n" + "elif x: pass\n" * 3_000,
    ],
    ids=lambda text: repr(text[:12]),
)
def test_texts_made_to_stall_parsers_are_refused_without_an_error(hostile: str) -> None:
    assert refused(hostile).reason in {Reason.TOO_LARGE, Reason.SYNTAX_ERROR}


@pytest.mark.parametrize("character", ["\x0b", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"])
def test_characters_that_only_some_tools_take_for_newlines_are_blanked(character: str) -> None:
    source = prepared(f"x = 'a{character}b'\ny = 2\n")
    assert len(source.text.splitlines()) == 2
    assert len(source.text) == len(source.original)


@pytest.mark.parametrize(
    "text", ["x = 1\n\x0c\ny = 2\n", "x = 'a\x0cb'\n", "x = 'a \x0cb'\n", "x = 1 \x0c# c\n"]
)
def test_form_feeds_end_no_line(text: str) -> None:
    source = prepared(text)
    assert len(source.text.splitlines()) == len(source.lines) - 1


@given(st.text(max_size=200) | st.binary(max_size=200))
def test_any_input_is_a_source_or_a_refusal(data: str | bytes) -> None:
    assert isinstance(prepare(data, "sample.py", LIMITS), Source | Refusal)


@given(st.text(alphabet="ab =()#'\"\n\t\x0c:noqa1", max_size=60))
def test_preparing_keeps_the_program(text: str) -> None:
    """Where there are no directives and no odd characters, the source is the text."""
    source = prepare(text, "sample.py", LIMITS)
    if isinstance(source, Source) and "\x0c" not in text:
        assert ast.dump(source.tree) == ast.dump(ast.parse(text))
