"""Options that several commands share."""

from __future__ import annotations

import errno
import math
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable

_Function = TypeVar("_Function", bound="Callable[..., Any]")

#: Formats of reports by name; the plugins that bring them are loaded when one is used.
FORMATS = ("text", "json", "sarif", "gitlab", "junit", "github", "markdown", "html", "sonarqube")


class Number(click.FloatRange):
    """A number in a range; ``nan``, which passes every comparison, is none."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Reads the number."""
        number = super().convert(value, param, ctx)
        if not math.isfinite(number):
            self.fail(f"{value!r} is no finite number.", param, ctx)
        return number


class Source(click.Path):
    """A file or folder to judge. An empty text, as an empty variable leaves, is not the working directory."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Reads the path."""
        if value == "":
            self.fail("'' is no path; '.' is the working directory.", param, ctx)
        return super().convert(value, param, ctx)


def profile_option(default: str | None) -> Callable[[_Function], _Function]:
    """``--profile``."""
    return click.option(
        "--profile",
        metavar="NAME|FILE.toml",
        default=default,
        help="How to judge; 'quality profiles' lists the names.",
        show_default=default is not None,
    )


def output_file(context: click.Context, option: click.Parameter, value: Path | None) -> Path | None:
    """Takes ``-`` for standard output."""
    return None if value == Path("-") else written_file(context, option, value)


def written_file(_context: click.Context, _option: click.Parameter, value: Path | None) -> Path | None:
    """Says before the work, and not after it, that there is no folder for what it makes."""
    if value is not None and (value.is_file() or not value.exists()):
        folder = Path(os.path.realpath(value)).parent
        if not folder.is_dir() or not os.access(folder, os.W_OK):
            from quality.model import UsageError

            cause = errno.EACCES if folder.is_dir() else errno.ENOENT
            raise UsageError(f"{value} cannot be written: {os.strerror(cause)}.")
    return value


def output_option(function: _Function) -> _Function:
    """``-o/--output``."""
    return click.option(
        "-o",
        "--output",
        type=click.Path(dir_okay=False, path_type=Path, allow_dash=True),
        callback=output_file,
        help="Write here, whole or not at all, instead of to standard output.",
    )(function)


def samples_format_option(function: _Function) -> _Function:
    """``--format`` of commands that read and write samples."""
    return click.option(
        "--format",
        "format_",
        type=click.Choice(["jsonl", "parquet"]),
        default="jsonl",
        show_default=True,
        help="Form of FILE and of the output; Parquet needs -o and the extra 'data'.",
    )(function)


def run_options(function: _Function) -> _Function:
    """``--jobs`` and ``--timeout``."""
    jobs = click.option(
        "-j", "--jobs", type=click.IntRange(min=0), metavar="N", help="Worker processes; 0 for none."
    )
    timeout = click.option(
        "--timeout",
        type=Number(min=0, min_open=True),
        metavar="SECONDS",
        help="CPU seconds per source.",
    )
    return jobs(timeout(function))


def insight_options(function: _Function) -> _Function:
    """``--stats`` and ``--log``."""
    stats = click.option(
        "--stats", is_flag=True, help="Say on standard error what was done and where time went."
    )
    log = click.option(
        "--log",
        type=click.Path(dir_okay=False, path_type=Path),
        help="Append events (lost texts, replaced workers, totals) to this file as JSON lines.",
    )
    return stats(log(function))


def cache_options(function: _Function) -> _Function:
    """``--cache`` and ``--no-cache`` of commands that keep results unless told otherwise."""
    cache = click.option(
        "--cache",
        type=click.Path(dir_okay=False, path_type=Path),
        help="Keep results in this file instead of the user's cache folder.",
    )
    without = click.option("--no-cache", is_flag=True, help="Judge every source anew.")
    return cache(without(function))


def config_options(function: _Function) -> _Function:
    """``--config`` and ``--no-config``."""
    config = click.option(
        "--config",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="Read settings from this file.",
    )
    without = click.option("--no-config", is_flag=True, help="Read no settings.")
    return config(without(function))


def reward_options(function: _Function) -> _Function:
    """The constants of a reward."""
    weight = click.option(
        "--weight",
        type=Number(0, 1, max_open=True),
        default=0.15,
        show_default=True,
        help="Quality's share.",
    )
    failed_factor = click.option(
        "--failed-factor",
        type=Number(0, 1, max_open=True),
        default=0.5,
        show_default=True,
        help="What failing samples get at most.",
    )
    on_failure = click.option(
        "--on-failure",
        type=click.Choice(["fraction", "floor", "abstain"]),
        default="fraction",
        show_default=True,
        help="What failing samples get.",
    )
    graded_tests = click.option(
        "--graded-tests",
        type=click.IntRange(min=1),
        metavar="K",
        help="Pay for each of K tests, without a gate.",
    )
    return weight(failed_factor(on_failure(graded_tests(function))))
