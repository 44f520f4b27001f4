"""``quality check`` and ``quality report``."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quality.cli._app import FINE, GATE, tell
from quality.cli._options import (
    FORMATS,
    Number,
    Source,
    cache_options,
    config_options,
    insight_options,
    output_file,
    output_option,
    profile_option,
    run_options,
)
from quality.cli._output import progress_bar, shown_warnings, spare, write_result
from quality.cli._stats import print_stats
from quality.project import CheckOptions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality.model import Document, Renderer
    from quality.runtime import Counters

_SUITES = click.option(
    "--tests",
    "suites",
    multiple=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="JUNIT.xml",
    help="Results of tests: failing ones fail the gate. Moves no score. Repeatable.  [setting: test-results]",
)
_COVERAGE = click.option(
    "--coverage",
    multiple=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Coverage XML, JSON or LCOV: shows complex functions that tests do not reach. Moves no score. Repeatable."
    "  [setting: coverage]",
)
_PATHS = click.argument("paths", nargs=-1, type=Source(path_type=Path))


@click.command("check")
@_PATHS
@profile_option(None)
@click.option("--format", "format_", default="text", show_default=True, metavar="|".join(FORMATS))
@output_option
@click.option("--fail-under", type=Number(0, 100), metavar="N", help="Fail below this score, 0 to 100.")
@_SUITES
@_COVERAGE
@run_options
@cache_options
@insight_options
@config_options
def check_command(  # noqa: PLR0913 - one parameter per option
    *,
    paths: tuple[Path, ...],
    profile: str | None,
    format_: str,
    output: Path | None,
    fail_under: float | None,
    suites: tuple[Path, ...],
    coverage: tuple[Path, ...],
    jobs: int | None,
    timeout: float | None,
    cache: Path | None,
    no_cache: bool,
    stats: bool,
    log: Path | None,
    config: Path | None,
    no_config: bool,
) -> int:
    """Judges files and folders, prints the report, applies the gate.

    Exits with 1 when a source could not be measured, when a test of --tests failed, and when the score is
    below --fail-under, which folders without a source never reach.
    """
    spare(output, paths or (Path(),))
    renderer = _renderer(format_, to_terminal=output is None)
    options = CheckOptions(
        profile,
        jobs,
        timeout,
        fail_under,
        cache=None if no_cache else cache or "user",
        suites=suites,
        coverage=coverage,
    )
    with _watched(log):
        document = _judge(paths, options, renderer, config, no_config=no_config, stats=stats, log=log)
    write_result(document.text, output)
    return GATE if document.failed else FINE


@click.command("report")
@_PATHS
@profile_option(None)
@click.option("--format", "format_", default="html", show_default=True, metavar="|".join(FORMATS))
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path, allow_dash=True),
    callback=output_file,
    default=Path("report.html"),
    show_default=True,
    help="Where to write it, whole or not at all; - is standard output.",
)
@_SUITES
@_COVERAGE
@run_options
@cache_options
@insight_options
@config_options
def report_command(  # noqa: PLR0913 - one parameter per option
    *,
    paths: tuple[Path, ...],
    profile: str | None,
    format_: str,
    output: Path | None,
    suites: tuple[Path, ...],
    coverage: tuple[Path, ...],
    jobs: int | None,
    timeout: float | None,
    cache: Path | None,
    no_cache: bool,
    stats: bool,
    log: Path | None,
    config: Path | None,
    no_config: bool,
) -> int:
    """Writes the HTML report, one self-contained file. Applies no gate."""
    spare(output, paths or (Path(),))
    renderer = _renderer(format_, to_terminal=False)
    options = CheckOptions(
        profile,
        jobs,
        timeout,
        gate=False,
        cache=None if no_cache else cache or "user",
        suites=suites,
        coverage=coverage,
    )
    with _watched(log):
        document = _judge(paths, options, renderer, config, no_config=no_config, stats=stats, log=log)
    write_result(document.text, output)
    tell(f"{document.summary}{f', report in {output}' if output else ''}")
    return FINE


@contextmanager
def _watched(log: Path | None) -> Iterator[None]:
    """Shows warnings as messages, and writes the events."""
    from quality.runtime import log_to

    with shown_warnings(), log_to(log):
        yield


def _judge(
    paths: tuple[Path, ...],
    options: CheckOptions,
    renderer: Renderer,
    config: Path | None,
    *,
    no_config: bool,
    stats: bool,
    log: Path | None,
) -> Document:
    """Judges and renders; where somebody asks what was done, a document that was kept is no answer."""
    from quality.project import Settings, check, check_document, document_of, settings_for

    roots = paths or (Path(),)
    settings = Settings() if no_config else settings_for(options.profile, roots[0], config)
    with progress_bar("judging") as progress:
        if not (stats or log):
            return check_document(roots, settings, options, renderer, progress)
        counted: list[Counters] = []
        report = check(roots, settings, options, progress, counted.append)
    if stats:
        print_stats(counted[0], lambda slow: slow.path)
    return document_of(report, renderer)


def _renderer(name: str, *, to_terminal: bool) -> Renderer:
    """The renderer of a format; one that can use colours gets them only when a terminal will show them.

    What is piped on has the width that ``COLUMNS`` says.
    """
    from quality.model import UsageError
    from quality.plugins import load_plugins
    from quality.profiles import nearest

    renderers = load_plugins().renderers
    if name not in renderers:
        raise UsageError(f"There is no format {name!r}.", remedy=nearest(name, renderers))
    colourful = getattr(renderers[name], "for_terminal", None)
    if to_terminal and colourful is not None and (sys.stdout.isatty() or os.environ.get("COLUMNS")):
        terminal: Renderer = colourful() if sys.stdout.isatty() else colourful(color=False)
        return terminal
    return renderers[name]
