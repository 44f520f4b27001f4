"""``quality score``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from quality.cli._app import FINE, tell
from quality.cli._options import Judging, cache_option, insight_options, judging_options
from quality.cli._output import progress_bar, shown_warnings
from quality.cli._samples import Samples, samples_options
from quality.cli._stats import print_stats
from quality.model import counted

if TYPE_CHECKING:
    from pathlib import Path


def _shard(_context: click.Context, _option: click.Parameter, value: str | None) -> tuple[int, int] | None:
    """Reads I/N."""
    if value is None:
        return None
    match = re.fullmatch(r"([1-9]\d{0,8})/([1-9]\d{0,8})", value)
    if match is None or int(match[1]) > int(match[2]):
        raise click.BadParameter(f"{value!r} should be I/N with I from 1 to N, such as 3/8.")
    return int(match[1]), int(match[2])


@click.command("score")
@samples_options
@judging_options
@click.option("--resume", is_flag=True, help="Continue a run that was killed; needs -o.")
@click.option(
    "--shard", callback=_shard, metavar="I/N", help="Score every Nth line only, from line I on: 1/8 to 8/8."
)
@cache_option
@click.option(
    "--engine",
    type=click.Choice(["local", "ray"]),
    default="local",
    show_default=True,
    help="Processes on this machine, or --jobs actors on the Ray cluster that RAY_ADDRESS names (extra 'ray').",
)
@insight_options
def score_command(  # noqa: PLR0913 - one parameter per option
    *,
    samples: Samples,
    judging: Judging,
    resume: bool,
    shard: tuple[int, int] | None,
    cache: Path | None,
    engine: str,
    stats: bool,
    log: Path | None,
) -> int:
    """Scores samples: one JSON object per line in, one per line out, order kept.

    FILE has lines like {"id": "a", "code": "..."} or {"completion": "text with a fenced block"}; - is
    standard input. A line that cannot be scored gets an output line that says why. A Parquet file has
    the same keys as columns.
    """
    from quality.runtime import Scorer, log_to
    from quality.samples import Shard, run_score

    part = Shard(*shard) if shard else None
    seconds = judging.timeout or 2.0
    with (
        shown_warnings(),
        log_to(log),
        Scorer(
            judging.profile, workers=judging.workers, timeout=seconds, engine=engine, cache=cache
        ) as scorer,
    ):
        form = samples.parquet(dimension.id for dimension in scorer.profile.dimensions)
        with progress_bar("scoring") as progress:
            run = run_score(
                samples.source,
                samples.output,
                scorer,
                resume=resume,
                shard=part,
                form=form,
                progress=progress,
            )
        if stats:
            first, step = shard or (1, 1)
            print_stats(
                scorer.counters(),
                lambda slow: f"line {first + (run.resumed + slow.number) * step}",
                run.reasons,
            )
        elif run.bad_inputs:
            tell(f"{counted(run.bad_inputs, 'input line')} without a sample: the results say why")
    return FINE
