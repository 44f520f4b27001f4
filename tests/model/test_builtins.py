"""The names that Python gives every module."""

from __future__ import annotations

import subprocess
import sys

from quality.model import BUILTIN_FUNCTIONS, BUILTINS


def names(condition: str) -> set[str]:
    """Names of the builtins of a fresh interpreter that a condition holds for."""
    program = f"import builtins; print(*[name for name, each in vars(builtins).items() if {condition}])"
    done = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_they_are_those_of_a_fresh_interpreter() -> None:
    assert names("True") == BUILTINS


def test_functions_are_functions() -> None:
    assert names("type(each) is type(len)") == BUILTIN_FUNCTIONS
