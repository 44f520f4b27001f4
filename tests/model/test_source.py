"""What a source tells about its own text."""

from __future__ import annotations

import pytest

from quality.model import Source


@pytest.mark.parametrize(
    ("text", "joints"),
    [
        ("x = 1\ny = 2\n", ()),
        ("x = 1; y = 2; z = 3\n", ((1, 8), (1, 15))),
        ("x = 'é'; y = 2\n", ((1, 10),)),
        ("if x: f()\n", ((1, 7),)),
    ],
)
def test_joints_are_where_a_statement_begins_on_the_line_of_another(text, joints):
    assert Source(text).joints == joints


def test_it_tells_whether_its_text_mentions_any_of_some_words():
    source = Source("import numpy as np  # not torch\n")
    assert source.mentions("pandas", "numpy")
    assert source.mentions("torch")
    assert not source.mentions("pandas")
    assert not source.mentions()


def test_it_mentions_what_python_reads_in_other_letters():
    assert Source("h = \N{MATHEMATICAL BOLD SMALL O}pen(p)\n").mentions("open(")
    assert Source("h = 'é'\n").mentions("é")
