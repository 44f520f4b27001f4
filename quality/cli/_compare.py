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
@click.argument("before", type=click.Path(path_type=Path))
@click.argument("after", type=click.Path(path_type=Path))
@profile_option(None)
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
@output_option
@run_options
@config_options
def compare_command(  # noqa: PLR0913 - one parameter per option
    *,
    before: Path,
    after: Path,
    profile: str | None,
    format_: Literal["text", "json"],
    output: Path | None,
    jobs: int | None,
    timeout: float | None,
    config: Path | None,
    no_config: bool,
) -> int:
    """Compares two files or two folders: what changed, and what moved the score.

    Tells what the code moved from what the configuration moved. Changed functions are judged before and after
    over the size that they had before.
    """
    from quality.model import UsageError
    from quality.project.comparison import CompareOptions, compare, to_json, to_text

    if before.exists() and after.exists() and before.is_dir() != after.is_dir():
        raise UsageError(f"{before} and {after} should be two files or two folders.")
    workers = jobs if jobs is not None else os.cpu_count() or 1
    options = CompareOptions(profile, config, no_config, workers, timeout or 10.0)
    comparison = compare(before, after, options)
    write_result(to_json(comparison) if format_ == "json" else to_text(comparison), output)
    return FINE
