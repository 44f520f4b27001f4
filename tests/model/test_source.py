"""What a source tells about its own text."""

from __future__ import annotations

import pytest

from quality.model import Source


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("x = 1\ny = (\n    2\n)\n", ((1, 1), (2, 1))),
        ("x = 'é'; y = 2\n", ((1, 1), (1, 10))),
        ("if x: f()\nelse: g()\n", ((1, 1), (1, 7), (2, 7))),
        ("@a\n@b\ndef f(): ...\n", ((1, 2), (2, 2), (3, 1), (3, 10))),
        ("try:\n    f()\nexcept E:\n    g()\n", ((1, 1), (2, 5), (3, 1), (4, 5))),
        ("match x:\n    case 1: f()\n", ((1, 1), (2, 10), (2, 13))),
    ],
)
def test_starts_are_where_statements_decorators_and_clauses_begin(text, starts):
    assert Source(text).starts == starts


def test_it_tells_whether_its_text_mentions_any_of_some_words():
    source = Source("import numpy as np  # not torch\n")
    assert source.mentions("pandas", "numpy")
    assert source.mentions("torch")
    assert not source.mentions("pandas")
    assert not source.mentions()


def test_it_mentions_what_python_reads_in_other_letters():
    assert Source("h = \N{MATHEMATICAL BOLD SMALL O}pen(p)\n").mentions("open(")
    assert Source("h = 'é'\n").mentions("é")
