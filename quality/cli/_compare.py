"""``quality compare``."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from quality.cli._app import FINE, GATE
from quality.cli._options import (
    TreeJudging,
    config_options,
    gathered,
    output_option,
    profile_option,
    run_options,
    text_or_json_option,
    workers_of,
)
from quality.cli._output import spare, write_result


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
@text_or_json_option
@output_option
@run_options
@config_options
@gathered("judging", TreeJudging)
def compare_command(
    *,
    before: str,
    after: str,
    then: Path | None,
    format_: Literal["text", "json"],
    output: Path | None,
    judging: TreeJudging,
) -> int:
    """Compares two files, folders or git revisions: what changed, and what moved the score.

    BEFORE and AFTER are paths, revisions of git, or REV:PATH. An existing path wins. A revision is taken of the
    other side's path, or of the working directory when that names none: 'quality compare HEAD src' compares
    the last commit's src with the present one.

    Tells what the code moved from what the configuration and the versions of the tools moved. One installation
    judges both states, so tools move something only with --then. Changed functions are judged before and after
    over the size that they had before. Exits with 1 when a source of either state could not be measured, so that
    the comparison leaves it out.
    """
    from quality.project.comparison import CompareOptions, compare, to_json, to_text

    spare(output, [Path(before), Path(after), *([then] if then else [])])
    options = CompareOptions(
        judging.profile,
        judging.config,
        judging.no_config,
        workers_of(judging.jobs),
        judging.timeout or 10.0,
        then,
    )
    comparison = compare(before, after, options)
    write_result(to_json(comparison) if format_ == "json" else to_text(comparison), output)
    return GATE if comparison.unmeasured else FINE
