"""What the arguments of rewards should be; a wrong one is told where a reward is made."""

from __future__ import annotations

import inspect
from typing import TypeGuard, cast

from quality.model import UsageError


def check_function(name: str, value: object, *, waits: bool = False) -> None:
    """Refuses what cannot be called; and, unless ``waits``, a coroutine function, whose result nobody would wait for.

    Raises:
        UsageError: Names the argument.
    """
    if not callable(value):
        raise UsageError(f"{name} should be a function, got {value!r}.")
    asynchronous = inspect.iscoroutinefunction(value) or inspect.iscoroutinefunction(
        getattr(value, "__call__", None)  # noqa: B004 - the method itself
    )
    if asynchronous and not waits:
        raise UsageError(
            f"{name} should be a plain function, got {value!r}.",
            remedy="Pass the results of asynchronous tests as the column 'passed'.",
        )


def check_count(name: str, value: object, least: int, most: int | None = None) -> None:
    """Refuses what is no whole number of a range.

    Raises:
        UsageError: Names the argument.
    """
    fits = isinstance(value, int) and not isinstance(value, bool) and value >= least
    if not fits or (most is not None and cast("int", value) > most):
        limit = f"{least} or more" if most is None else f"{least} to {most}"
        raise UsageError(f"{name} should be a whole number, {limit}, got {value!r}.")


def is_number(value: object) -> TypeGuard[float]:
    """Tells a number from a truth value and everything else."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def check_number(name: str, value: object, least: float, below: float) -> None:
    """Refuses what is no number from ``least`` to less than ``below``.

    Raises:
        UsageError: Names the argument.
    """
    if not (is_number(value) and least <= value < below):
        raise UsageError(f"{name} should be a number from {least:g} to less than {below:g}, got {value!r}.")


def check_text(name: str, value: object) -> None:
    """Refuses what is no text, and an empty one.

    Raises:
        UsageError: Names the argument.
    """
    if not isinstance(value, str) or not value:
        raise UsageError(f"{name} should be a text, got {value!r}.")


def check_share(name: str, value: object) -> None:
    """Refuses what is no number from 0 to 1.

    Raises:
        UsageError: Names the argument.
    """
    if not (is_number(value) and 0.0 <= value <= 1.0):
        raise UsageError(f"{name} should be a number from 0 to 1, got {value!r}.")
