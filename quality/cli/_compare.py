"""``quality compare``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

import click

from quality.cli._app import FINE
from quality.cli._options import config_options, output_option, profile_option, run_options
from quality.cli._output import write_result


@click.command("compare")
@click.argument("before")
@click.argument("after")
@click.option(
    "--then",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.json",
    help="A report of BEFORE by older tools, from 'quality check --format json'.",
)
@profile_option(None)
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
@output_option
@run_options
@config_options
def compare_command(  # noqa: PLR0913 - one parameter per option
    *,
    before: str,
    after: str,
    then: Path | None,
    profile: str | None,
    format_: Literal["text", "json"],
    output: Path | None,
    jobs: int | None,
    timeout: float | None,
    config: Path | None,
    no_config: bool,
) -> int:
    """Compares two files, folders or git revisions: what changed, and what moved the score.

    BEFORE and AFTER are paths, revisions of git, or REV:PATH. An existing path wins. A revision is taken of the
    other side's path, or of the working directory when that names none: 'quality compare HEAD src' compares
    the last commit's src with the present one.

    Tells what the code moved from what the configuration and the versions of the tools moved. One installation
    judges both states, so tools move something only with --then. Changed functions are judged before and after
    over the size that they had before.
    """
    from quality.project.comparison import CompareOptions, compare, to_json, to_text

    workers = jobs if jobs is not None else os.cpu_count() or 1
    options = CompareOptions(profile, config, no_config, workers, timeout or 10.0, then)
    comparison = compare(before, after, options)
    write_result(to_json(comparison) if format_ == "json" else to_text(comparison), output)
    return FINE
