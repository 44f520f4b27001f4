"""``quality calibrate``."""

from __future__ import annotations

import datetime as dt
import json
import os
from pathlib import Path

import click

from quality.cli._options import profile_option
from quality.cli._output import write_result


@click.command("calibrate")
@click.argument("corpora", nargs=-1, required=True, metavar="CORPUS...")
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The table."
)
@click.option("--name", help="The table's name; the output's name without its ending when left out.")
@click.option(
    "--files", type=click.IntRange(min=1), default=40, show_default=True, help="Most sources per project."
)
@click.option("--snippets", is_flag=True, help="Measure functions of 3 to 20 logical lines, each on its own.")
@click.option("-j", "--jobs", type=click.IntRange(min=0), metavar="N", help="Worker processes; 0 for none.")
@profile_option("sample")
def calibrate_command(
    *,
    corpora: tuple[str, ...],
    output: Path,
    name: str | None,
    files: int,
    snippets: bool,
    jobs: int | None,
    profile: str,
) -> None:
    """Measures the score's constants on real code and writes them as a table.

    CORPUS is a folder, a wheel, a source distribution, or 'stdlib'. The table names each with version and
    hash. Use it with 'table = "FILE.json"' in a profile.
    """
    from quality.calibration import CalibrationPlan, calibrate, read_project, snippet_plan
    from quality.runtime import resolve_spec

    projects = [read_project(corpus) for corpus in corpora]
    plan = (snippet_plan if snippets else CalibrationPlan)(name or output.stem, files=files)
    table = calibrate(
        projects,
        resolve_spec(profile).profile,
        plan,
        workers=(os.cpu_count() or 1) if jobs is None else jobs,
        today=dt.datetime.now(tz=dt.UTC).date(),
        say=lambda line: click.echo(line, err=True),
    )
    write_result(json.dumps(table, indent=2) + "\n", output)
