from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.model import hidden, shortened, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("naïve 日本語", "naïve 日本語"),
        ("\tx", "    x"),
        ("\x1b[31m", "\\x1b[31m"),
        ("a\rb\nc", "a\\rb\\nc"),
        ("\u202egnirts\u2066", "\\u202egnirts\\u2066"),
        ("zero\u200bwidth\ufeff", "zero\\u200bwidth\\ufeff"),
        ("line\u2028end", "line\\u2028end"),
        ("no\u00a0break", "no\\xa0break"),
        ("blank\u3164letter", "blank\\u3164letter"),
        ("\udc80", "\\udc80"),
        ("\U000e0041", "\\U000e0041"),
    ],
)
def test_what_does_not_show_is_spelled_out(text, shown):
    assert visible(text) == shown


@given(st.text(st.characters()))
def test_nothing_hidden_is_left(text):
    assert not any(hidden(character) for character in visible(text))


@pytest.mark.parametrize(("length", "shown"), [(3, 3), (100, 100), (101, 76), (30_000, 76)])
def test_only_a_name_that_nobody_reads_loses_its_middle(length, shown):
    name = "".join(chr(ord("a") + number % 26) for number in range(length))
    short = shortened(name)
    assert len(short) == shown
    assert (short == name) == (length <= 100)
    assert name.startswith(short[:50])
    assert name.endswith(short[-25:])
