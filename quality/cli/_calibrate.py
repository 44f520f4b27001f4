"""``quality calibrate``."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import click

from quality.cli._app import shown, tell
from quality.cli._options import count_option, jobs_option, profile_option, workers_of, written_file
from quality.cli._output import spare, write_result


@click.command("calibrate")
@click.argument("corpora", nargs=-1, required=True, metavar="CORPUS...")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    callback=written_file,
    required=True,
    help="The table.",
)
@click.option(
    "--name", metavar="NAME", help="The table's name; the output's name without its ending when left out."
)
@count_option("--files", 40, "Most sources per project.")
@count_option("--measured", 150, "Most sources per project whose functions are measured, which is cheaper.")
@click.option("--snippets", is_flag=True, help="Measure functions of 3 to 20 logical lines, each on its own.")
@jobs_option
@profile_option("sample")
def calibrate_command(  # noqa: PLR0913 - one parameter per option
    *,
    corpora: tuple[str, ...],
    output: Path,
    name: str | None,
    files: int,
    measured: int,
    snippets: bool,
    jobs: int | None,
    profile: str,
) -> None:
    """Measures the score's constants on real code and writes them as a table.

    CORPUS is a folder, a wheel, a source distribution, or 'stdlib'. The table names each with version and
    hash. Sources that are there twice and functions with the same body count once, and no project gives more
    than --files sources for findings and --measured for sizes. Use the table with 'table = "FILE.json"' in a profile.

    Prints how well the corpus tells of projects that are not in it: it leaves every fifth of the projects out
    and compares them with the rest. A corpus that cannot be read is named and left out.
    """
    from quality.calibration import (
        CalibrationPlan,
        calibrate,
        read_projects,
        snippet_plan,
        to_json,
        to_summary,
    )
    from quality.model import UsageError
    from quality.runtime import resolve_spec

    spare(output, map(Path, corpora))
    projects, problems = read_projects(corpora)
    if not projects:
        raise UsageError("None of the corpora can be used:\n" + "\n".join(f"  {line}" for line in problems))
    for line in problems:
        tell(f"quality: not used: {line}")
    plan = (snippet_plan if snippets else CalibrationPlan)(
        name or output.stem, files=files, measured=measured
    )
    table = calibrate(
        projects,
        resolve_spec(profile).profile,
        plan,
        workers=workers_of(jobs),
        today=dt.datetime.now(tz=dt.UTC).date(),
        say=tell if sys.stderr.isatty() else None,
        lose=lambda line: tell(f"quality: not used: {line}"),
    )
    write_result(to_json(table), output)
    click.echo(shown(to_summary(table)))
