"""Patterns of paths mean what git takes them for; those made to stall or stop a run do neither."""

from __future__ import annotations

import pytest

from quality.project._patterns import PathPatterns, pattern_of

DEEP = "/".join(["a"] * 2_000)


@pytest.mark.parametrize(
    ("pattern", "meant", "others"),
    [
        ("a.py", ["a.py", "b/a.py", "a.py/c"], ["xa.py", "a.pyx", "aapy"]),
        ("/a.py", ["a.py"], ["b/a.py"]),
        ("b/a.py", ["b/a.py"], ["c/b/a.py"]),
        ("*.py", ["a.py", "b/a.py", "new\nline.py"], ["a.pyc"]),
        ("a*b*c", ["abc", "axbybzc"], ["a/b/c", "axc", "abcd"]),
        ("a?", ["ab"], ["a", "abc", "a/"]),
        ("[ab-c]x", ["ax", "cx"], ["dx", "-x"]),
        ("[!a]x", ["bx"], ["ax", "/x"]),
        ("[]a]x", ["]x", "ax"], ["bx"]),
        ("[a", ["[a"], ["a"]),
        (r"\*.py", ["*.py"], ["a.py"]),
        (r"\#a", ["#a"], ["a"]),
        (r"\!a", ["!a"], ["a"]),
        ("a  ", ["a"], ["a  "]),
        ("out/", ["out/", "out/a.py", "b/out/a.py"], ["out"]),
        ("out/**", ["out/a.py", "out/b/a.py"], ["out/", "b/out/a.py"]),
        ("**/a", ["a", "b/a", "b/c/a"], ["ba"]),
        ("a/**/b", ["a/b", "a/x/b", "a/x/y/b/c"], ["a/xb", "ab"]),
        ("a/**/**/b", ["a/b", "a/x/b"], ["ab"]),
        ("**", ["a", "a/b"], []),
        ("*", ["a", "a/b"], []),
    ],
)
def test_a_pattern_means_what_git_takes_it_for(pattern: str, meant: list[str], others: list[str]) -> None:
    patterns = PathPatterns([pattern])
    assert [path for path in (*meant, *others) if patterns.match(path)] == meant


def test_the_last_one_that_fits_decides() -> None:
    assert PathPatterns(["*.py", "!a.py"]).match("b.py")
    assert not PathPatterns(["*.py", "!a.py"]).match("a.py")
    assert PathPatterns(["!a.py", "*.py"]).match("a.py")


def test_one_that_fits_the_path_goes_before_one_that_fits_a_folder_above() -> None:
    assert not PathPatterns(["!a.py", "out/"]).match("out/a.py")
    assert PathPatterns(["!a.py", "out/"]).match("out/b.py")


@pytest.mark.parametrize("line", ["", "  ", "# a", "!", "/", "///", "a//b", "\\", "a\\", "[z-a]"])
def test_what_git_never_matches_means_nothing(line: str) -> None:
    assert pattern_of(line) is None or not PathPatterns([line]).match("a")


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("a*" * 40 + "b", "a" * 255),
        ("**/a/" * 40 + "b", DEEP),
        ("**/*a*a*a/" * 20 + "b", "/".join(["a" * 200] * 20)),
        ("*a*a*/" * 20 + "b", "/".join(["a" * 200] * 20)),
    ],
)
def test_no_pattern_stalls(pattern: str, path: str) -> None:
    assert not PathPatterns([pattern]).match(path)
