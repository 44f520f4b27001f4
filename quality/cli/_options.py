"""Options that several commands share."""

from __future__ import annotations

import dataclasses
import errno
import functools
import math
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from quality.project import Settings
    from quality.rewards import OnFailure, Terms

_Function = TypeVar("_Function", bound="Callable[..., Any]")

#: Formats of reports by name; the plugins that bring them are loaded when one is used.
FORMATS = ("text", "json", "sarif", "gitlab", "junit", "github", "markdown", "html", "sonarqube")


class Number(click.FloatRange):
    """A number in a range; ``nan``, which passes every comparison, is none."""

    name = "number"

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


def stacked(*options: Callable[[Any], Any]) -> Callable[[_Function], _Function]:
    """Several options as one decorator, in the order in which the help shows them."""

    def decorate(function: _Function) -> _Function:
        return functools.reduce(lambda command, option: option(command), reversed(options), function)

    return decorate


def count_option(name: str, default: int, text: str, unit: str = "N") -> Callable[[_Function], _Function]:
    """An option that takes a whole number from 1 on, and shows in the help what it is without it."""
    return click.option(
        name, type=click.IntRange(min=1), default=default, show_default=True, metavar=unit, help=text
    )


def gathered(name: str, kind: type[Any]) -> Callable[[_Function], _Function]:
    """Hands the values of several options to a command as one argument.

    Args:
        name: The argument's name.
        kind: A dataclass with a field for each of the options.
    """
    fields = [field.name for field in dataclasses.fields(kind)]

    def decorate(function: _Function) -> _Function:
        @functools.wraps(function)
        def command(**values: Any) -> Any:
            values[name] = kind(**{field: values.pop(field) for field in fields})
            return function(**values)

        return command  # type: ignore[return-value]

    return decorate


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
    """Says before the work, and not after it, that there is no place for what it makes."""
    if value is not None and (value.is_file() or not value.exists()):
        folder = Path(os.path.realpath(value)).parent
        if not folder.is_dir() or not all(
            os.access(each, os.W_OK) for each in (folder, value) if each.exists()
        ):
            from quality.model import UsageError

            cause = errno.EACCES if folder.is_dir() else errno.ENOENT
            raise UsageError(f"{value} cannot be written: {os.strerror(cause)}.")
    return value


#: ``-o/--output``.
output_option = click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path, allow_dash=True),
    callback=output_file,
    help="Write here, whole or not at all, instead of to standard output.",
)
#: ``--format`` of commands that write for people or for programs.
text_or_json_option = click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="For people or for programs.",
)
#: ``--jobs``.
jobs_option = click.option(
    "-j", "--jobs", type=click.IntRange(min=0), metavar="N", help="Worker processes; 0 for none."
)
#: ``--jobs`` and ``--timeout``.
run_options = stacked(
    jobs_option,
    click.option(
        "--timeout", type=Number(min=0, min_open=True), metavar="SECONDS", help="CPU seconds per source."
    ),
)
#: ``--stats`` and ``--log``.
insight_options = stacked(
    click.option("--stats", is_flag=True, help="Say on standard error what was done and where time went."),
    click.option(
        "--log",
        type=click.Path(dir_okay=False, path_type=Path),
        help="Append events (lost texts, replaced workers, totals) to this file as JSON lines.",
    ),
)
#: ``--cache`` of commands that keep results only when they are told to.
cache_option = click.option(
    "--cache",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Keep results in this file and take them from there.",
)
#: ``--by`` of commands that look at groups of samples.
by_option = click.option(
    "--by", metavar="KEY", help="The key that the samples of a group share.  [default: task_id, else prompt]"
)


def workers_of(jobs: int | None) -> int:
    """How many processes ``--jobs`` asks for: as many as the machine has, where it is left out."""
    return (os.cpu_count() or 1) if jobs is None else jobs


@dataclass(frozen=True, slots=True)
class Judging:
    """How texts are judged: ``--profile``, ``--jobs`` and ``--timeout``."""

    profile: str
    jobs: int | None
    timeout: float | None

    @property
    def workers(self) -> int:
        """Worker processes."""
        return workers_of(self.jobs)


@dataclass(frozen=True, slots=True)
class TreeJudging:
    """How the files of a tree are judged, where its settings may have a say."""

    profile: str | None
    jobs: int | None
    timeout: float | None
    config: Path | None
    no_config: bool

    def settings(self, root: Path) -> Settings:
        """The settings that count for this file or folder."""
        from quality.project import Settings, settings_for

        return Settings() if self.no_config else settings_for(self.profile, root, self.config)


#: Gives a command ``judging``.
judging_options = stacked(profile_option("sample"), run_options, gathered("judging", Judging))
#: ``--config`` and ``--no-config``; with ``profile_option(None)`` and ``run_options`` they give ``judging``.
config_options = stacked(
    click.option(
        "--config",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="Read settings from this file.",
    ),
    click.option("--no-config", is_flag=True, help="Read no settings."),
)


@dataclass(frozen=True, slots=True)
class Constants:
    """The constants of a reward."""

    weight: float
    failed_factor: float
    on_failure: OnFailure
    graded_tests: int | None

    def terms(self) -> Terms:
        """The reward's formula."""
        from quality.rewards import Terms

        return Terms(self.weight, self.failed_factor, self.graded_tests, self.on_failure)


#: Gives a command ``constants``.
reward_options = stacked(
    click.option(
        "--weight",
        type=Number(0, 1, max_open=True),
        default=0.15,
        show_default=True,
        help="Quality's share.",
    ),
    click.option(
        "--failed-factor",
        type=Number(0, 1, max_open=True),
        default=0.5,
        show_default=True,
        help="What failing samples get at most.",
    ),
    click.option(
        "--on-failure",
        type=click.Choice(["fraction", "floor", "abstain"]),
        default="fraction",
        show_default=True,
        help="What failing samples get.",
    ),
    click.option(
        "--graded-tests",
        type=click.IntRange(min=1),
        metavar="K",
        help="Pay for each of K tests, without a gate.",
    ),
    gathered("constants", Constants),
)
