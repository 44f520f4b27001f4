"""Refactorings of the textbooks: the one set that comes with this package."""

from __future__ import annotations

import tomllib
from importlib import resources

from quality.audit.sets._pair import Pair


def taught_refactorings() -> list[Pair]:
    """Code before and after the refactorings of M. Fowler's catalogue, written for this project.

    They are few and no test of truth: a score that prefers the worse side of many of them is wrong.
    """
    text = resources.files("quality.audit.sets").joinpath("refactorings.toml").read_text(encoding="utf-8")
    return [
        Pair(name, sides["bad"], sides["good"], group=name)
        for name, sides in sorted(tomllib.loads(text).items())
    ]
