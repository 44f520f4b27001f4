"""``quality score``."""

from __future__ import annotations

import os
from pathlib import Path

import click

from quality.cli._app import FINE
from quality.cli._options import output_option, profile_option, run_options


@click.command("score")
@click.argument("file", default="-", type=click.Path(path_type=Path, allow_dash=True))
@output_option
@profile_option("sample")
@run_options
@click.option("--resume", is_flag=True, help="Continue a run that was killed; needs -o.")
def score_command(
    *,
    file: Path,
    output: Path | None,
    profile: str,
    jobs: int | None,
    timeout: float | None,
    resume: bool,
) -> int:
    """Scores samples: one JSON object per line in, one per line out, order kept.

    FILE has lines like {"id": "a", "code": "..."} or {"completion": "text with a fenced block"}; - is
    standard input. A line that cannot be scored gets an output line that says why.
    """
    from quality.runtime import Scorer
    from quality.samples import run_score

    workers = jobs if jobs is not None else os.cpu_count() or 1
    with Scorer(profile, workers=workers, timeout=timeout or 2.0) as scorer:
        run_score(None if str(file) == "-" else file, output, scorer, resume=resume)
    return FINE
