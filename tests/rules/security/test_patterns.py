"""Which regular expressions can take time without bound, and that finding out takes little."""

from __future__ import annotations

import pytest

from quality_rules._patterns import is_exponential


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+$",
        "(a*)*$",
        r"([a-z]+\s?)*!",
        "((a+))+b",
        "(?:x+x+)+y",
        "(.+,?)*;",
        "x(?:(?:a+)+b)",
        "(a{2,})*b",
    ],
)
def test_a_pattern_that_can_be_cut_in_several_ways(pattern: str) -> None:
    assert is_exponential(pattern, whole=False)


@pytest.mark.parametrize(
    "pattern",
    [
        "a+$",
        "(ab)*$",
        r"([a-z]+,)*$",
        "(a+)+",
        "(a|b)*c",
        r"(\d+\.)+\d+$",
        "(a+){3}$",
        "(",
        "[[a]*",
        "(?P<n>a)(?P<n>b)*",
        "",
    ],
)
def test_a_pattern_that_cannot(pattern: str) -> None:
    assert not is_exponential(pattern, whole=False)


@pytest.mark.parametrize(
    "pattern",
    [
        "(" * 900 + "a+" + ")+" * 900 + "$",
        "(" * 5000,
        "(?:a|b" + "|c" * 900 + ")*$",
        "a{1,60000}" * 150,
        "[" + "a-z" * 600 + "]*$",
    ],
)
def test_hostile_patterns_end(pattern: str) -> None:
    assert is_exponential(pattern, whole=True) in {True, False}
