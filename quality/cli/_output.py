"""Where results go: standard output or a file, and progress to a terminal."""

from __future__ import annotations

import sys
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

import click

from quality.cli._app import close_pipe, tell
from quality.model import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path


def write_result(text: str, output: Path | None) -> None:
    """Prints a result, or writes it whole or not at all.

    Raises:
        UsageError: The file cannot be written.
    """
    if output is None:
        try:
            click.echo(text, nl=False)
        except BrokenPipeError:  # what the result says still decides the exit code
            close_pipe()
        return
    with written_whole(output) as file:
        file.write(text.encode("utf-8"))


@contextmanager
def written_whole(output: Path) -> Iterator[BinaryIO]:
    """A file that appears whole or not at all.

    Raises:
        UsageError: The file cannot be written.
    """
    from quality.runtime import atomic_writer  # only where a file is written

    try:
        with atomic_writer(output) as file:
            yield file
    except OSError as error:
        raise UsageError(f"{output} cannot be written: {error.strerror or error}.") from None


def spare(output: Path | None, sources: Iterable[Path]) -> None:
    """Refuses to write over what is read: it would be gone.

    Args:
        output: Where the result goes; None for standard output.
        sources: What is read: files, and folders whose Python files are.

    Raises:
        UsageError: The output is one of these.
    """
    if output is None or not output.is_file():
        return
    for source in sources:
        below = (
            source.is_dir() and output.suffix == ".py" and output.resolve().is_relative_to(source.resolve())
        )
        if below or (source.exists() and output.samefile(source)):
            raise UsageError(
                f"{output} is read, and would be lost.", remedy="Name another file for the output."
            )


@contextmanager
def shown_warnings() -> Iterator[None]:
    """Prints warnings as one line each, without the place in the code that they come from."""
    with warnings.catch_warnings():
        warnings.showwarning = _show  # type: ignore[assignment]
        yield


def _show(message: Warning | str, *_place: object) -> None:
    tell(f"Warning: {message}")


@contextmanager
def progress_bar(label: str) -> Iterator[Callable[[int, int], None] | None]:
    """A progress callback while standard error is a terminal, else None."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console  # only for terminals
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        Task,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    class Rate(ProgressColumn):
        def render(self, task: Task) -> Text:
            return Text(f"{task.speed:,.0f}/s" if task.speed else "")

    place = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    columns = (*place, Rate(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
