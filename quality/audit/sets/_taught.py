"""Pairs that were written for this project: the sets that come with this package."""

from __future__ import annotations

import tomllib
from importlib import resources

from quality.audit.sets._pair import Pair


def taught_refactorings() -> list[Pair]:
    """Code before and after the refactorings of M. Fowler's catalogue.

    They are few and no test of truth: a score that prefers the worse side of many of them is wrong.
    """
    return _taught("refactorings")


def taught_algorithms() -> list[Pair]:
    """Solutions of the same task by a slow and by a fast algorithm, which answer the same.

    The fast one often has more to say, and is no simpler; a score that prefers the slow one of many of them draws models that are
    rewarded by it to slow code.
    """
    return _taught("algorithms")


def _taught(name: str) -> list[Pair]:
    text = resources.files("quality.audit.sets").joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return [
        Pair(name, sides["bad"], sides["good"], group=name)
        for name, sides in sorted(tomllib.loads(text).items())
    ]
