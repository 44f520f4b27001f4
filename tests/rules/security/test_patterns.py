"""Which regular expressions can take time without bound, and that finding out takes little."""

from __future__ import annotations

import re

import pytest

from quality_rules._ambiguity import is_exponential
from quality_rules._patterns import read


def doubles(pattern: str, *, whole: bool = False, flags: int = 0) -> bool:
    try:
        parsed = read(pattern, flags)
    except (re.error, OverflowError, RecursionError):
        return False
    return parsed is not None and is_exponential(parsed, whole=whole)


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
        "(?:a{1,2})*b",
        "(?:a{2}|a{3})+b",
        r"(?:ab|a|b)*!",
        r'(?:"[^"]*"|[^,])*;',
        r"""<((?:\s+\w+|\s*=\s*|".*?"|'.*?')*)/>""",
        r'"(?:[^"]|\\.)*"',
        "(?:a*b*)*c",
    ],
)
def test_a_pattern_that_can_be_cut_in_several_ways(pattern: str) -> None:
    assert doubles(pattern)


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
        r'"(?:[^"\\]|\\.)*"',
        r"(?:\b\w+\b\s*)*!",
        "(?:ab|ac)+d",
        "(a+)+b*",
        "(a+)+(?:(?:b*)|c)",
        "(?:a{4}b|a{3}c)*d",
        "(?:a|(?=b)a)*c",
        r"(?:[^,]+,)*[^,]+$",
        r"(?:.|\n)*x",
        "",
    ],
)
def test_a_pattern_that_cannot(pattern: str) -> None:
    assert not doubles(pattern)


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
    assert doubles(pattern, whole=True) in {True, False}


def test_the_flags_decide_what_a_dot_matches() -> None:
    assert doubles(r"(?:.|\n)*x", flags=re.DOTALL)
