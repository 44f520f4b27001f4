"""``quality check`` and ``quality report``."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quality.cli._app import FINE, GATE, tell
from quality.cli._options import (
    FORMATS,
    Number,
    Source,
    TreeJudging,
    config_options,
    gathered,
    insight_options,
    output_file,
    output_option,
    profile_option,
    run_options,
    stacked,
)
from quality.cli._output import progress_bar, shown_warnings, spare, write_result
from quality.cli._stats import print_stats
from quality.project import CheckOptions

if TYPE_CHECKING:
    from collections.abc import Callable

    from quality.model import Document, Renderer
    from quality.runtime import Counters

_CACHE = stacked(
    click.option(
        "--cache",
        type=click.Path(dir_okay=False, path_type=Path),
        help="Keep results in this file instead of the user's cache folder.",
    ),
    click.option("--no-cache", is_flag=True, help="Judge every source anew."),
)
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


@dataclass(frozen=True, slots=True)
class _Asked:
    """What both commands are asked for."""

    paths: tuple[Path, ...]
    format_: str
    output: Path | None
    suites: tuple[Path, ...]
    coverage: tuple[Path, ...]
    cache: Path | None
    no_cache: bool
    stats: bool
    log: Path | None
    judging: TreeJudging

    def options(self, *, fail_under: float | None = None, gate: bool = True) -> CheckOptions:
        """The same for the host."""
        return CheckOptions(
            self.judging.profile,
            self.judging.jobs,
            self.judging.timeout,
            fail_under,
            gate,
            None if self.no_cache else self.cache or "user",
            self.suites,
            self.coverage,
        )


def _asking(
    format_: str, output: Callable[[Any], Any], *more: Callable[[Any], Any]
) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """The options of both commands.

    Args:
        format_: The format when none is asked for.
        output: ``--output``.
        more: Options of one command alone.
    """
    return stacked(
        click.argument("paths", nargs=-1, type=Source(path_type=Path)),
        profile_option(None),
        click.option(
            "--format",
            "format_",
            default=format_,
            show_default=True,
            metavar="|".join(FORMATS),
            help="How to write the report; plugins may bring more.",
        ),
        output,
        *more,
        _SUITES,
        _COVERAGE,
        run_options,
        _CACHE,
        insight_options,
        config_options,
        gathered("judging", TreeJudging),
        gathered("asked", _Asked),
    )


@click.command("check")
@_asking(
    "text",
    output_option,
    click.option("--fail-under", type=Number(0, 100), metavar="N", help="Fail below this score, 0 to 100."),
)
def check_command(*, asked: _Asked, fail_under: float | None) -> int:
    """Judges files and folders, prints the report, applies the gate.

    Exits with 1 when a source could not be measured, when a test of --tests failed, and when the score is
    below --fail-under, which folders without a source never reach.
    """
    document = _judge(asked, asked.options(fail_under=fail_under), to_terminal=asked.output is None)
    return GATE if document.failed else FINE


@click.command("report")
@_asking(
    "html",
    click.option(
        "-o",
        "--output",
        type=click.Path(dir_okay=False, path_type=Path, allow_dash=True),
        callback=output_file,
        default=Path("report.html"),
        show_default=True,
        help="Where to write it, whole or not at all; - is standard output.",
    ),
)
def report_command(*, asked: _Asked) -> int:
    """Writes the HTML report, one self-contained file. Applies no gate."""
    document = _judge(asked, asked.options(gate=False), to_terminal=False)
    tell(f"{document.summary}{f', report in {asked.output}' if asked.output else ''}")
    return FINE


def _judge(asked: _Asked, options: CheckOptions, *, to_terminal: bool) -> Document:
    """Judges, renders and writes."""
    from quality.runtime import log_to

    roots = asked.paths or (Path(),)
    spare(asked.output, (*roots, *asked.suites, *asked.coverage))
    renderer = _renderer(asked.format_, to_terminal=to_terminal)
    with shown_warnings(), log_to(asked.log):
        document = _document(roots, asked, options, renderer)
    write_result(document.text, asked.output)
    return document


def _document(roots: tuple[Path, ...], asked: _Asked, options: CheckOptions, renderer: Renderer) -> Document:
    """Judges and renders; where somebody asks what was done, a document that was kept is no answer."""
    from quality.project import check, check_document, document_of

    settings = asked.judging.settings(roots[0])
    with progress_bar("judging") as progress:
        if not (asked.stats or asked.log):
            return check_document(roots, settings, options, renderer, progress)
        counted: list[Counters] = []
        report = check(roots, settings, options, progress, counted.append)
    if asked.stats:
        print_stats(counted[0], lambda slow: slow.path)
    return document_of(report, renderer)


def _renderer(name: str, *, to_terminal: bool) -> Renderer:
    """The renderer of a format; one that can use colours gets them only when a terminal will show them.

    What is piped on has the width that ``COLUMNS`` says.
    """
    from quality.model import UsageError
    from quality.plugins import load_plugins
    from quality.profiles import nearest

    plugins = load_plugins()
    renderers = plugins.renderers
    if name not in renderers:
        remedy = f"{nearest(name, renderers)} {plugins.lost}".rstrip()
        raise UsageError(f"There is no format {name!r}.", remedy=remedy)
    colourful = getattr(renderers[name], "for_terminal", None)
    if to_terminal and colourful is not None and (sys.stdout.isatty() or os.environ.get("COLUMNS")):
        terminal: Renderer = colourful() if sys.stdout.isatty() else colourful(color=False)
        return terminal
    return renderers[name]
