"""``quality rewards``."""

from __future__ import annotations

import contextlib
import dataclasses
import os
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from quality.cli._app import FINE, Group
from quality.cli._options import output_option, profile_option, reward_options, run_options
from quality.cli._output import write_result

if TYPE_CHECKING:
    from quality.rewards import OnFailure
    from quality.rewards.advice import Recorded, Simulation

_BY = click.option(
    "--by", metavar="KEY", help="The key that the samples of a group share.  [default: task_id, else prompt]"
)


@click.group("rewards", cls=Group)
def rewards_command() -> None:
    """Looks at rewards before a training run does."""


@rewards_command.command("simulate")
@click.argument("file", metavar="GROUPS.jsonl", type=click.Path(path_type=Path, allow_dash=True))
@reward_options
@_BY
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
@output_option
@click.option(
    "--plot",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.svg|FILE.png",
    help="Draw each sample's advantage above its quality; needs the extra 'plot'.",
)
@profile_option("sample")
@run_options
def simulate_command(  # noqa: PLR0913 - one parameter per option
    *,
    file: Path,
    weight: float,
    failed_factor: float,
    on_failure: OnFailure,
    graded_tests: int | None,
    by: str | None,
    format_: Literal["text", "json"],
    output: Path | None,
    plot: Path | None,
    profile: str,
    jobs: int | None,
    timeout: float | None,
) -> int:
    """Shows which advantages recorded groups would get under each setting of a trainer.

    GROUPS.jsonl has lines as for 'quality rank': "task_id" or "prompt", "passed" or "tests_fraction", and "code"
    or "completion"; a line with a number "quality" is not scored. - is standard input. All lines are one batch.
    """
    from quality.rewards import Terms
    from quality.rewards.advice import simulate, to_json, to_text

    if plot is not None and plot.suffix not in {".svg", ".png"}:
        raise click.UsageError(f"--plot draws .svg and .png, not {plot.name!r}.")
    terms = Terms(weight, failed_factor, graded_tests, on_failure)
    found = _recorded(file, profile, jobs, timeout, by)
    simulation = simulate(found, terms)
    if plot is not None:
        _draw(simulation, plot)
    write_result(to_json(simulation) if format_ == "json" else to_text(simulation), output)
    return FINE


@rewards_command.command("difficulty")
@click.argument("file", metavar="GROUPS.jsonl", type=click.Path(path_type=Path, allow_dash=True))
@reward_options
@_BY
@output_option
@profile_option("sample")
@run_options
def difficulty_command(  # noqa: PLR0913 - one parameter per option
    *,
    file: Path,
    weight: float,
    failed_factor: float,
    on_failure: OnFailure,
    graded_tests: int | None,
    by: str | None,
    output: Path | None,
    profile: str,
    jobs: int | None,
    timeout: float | None,
) -> int:
    """Says how hard each recorded task is, for a curriculum: one JSON object per task.

    GROUPS.jsonl is as for 'simulate'. "pass_rate" and "tests_fraction" are means; "quality" is the median of what
    passes, "room" how far the best is above it; "signal", the standard deviation of the rewards, is 0 where a task
    teaches nothing.
    """
    from quality.rewards import Terms
    from quality.rewards.advice import difficulties
    from quality.samples import encode_line

    terms = Terms(weight, failed_factor, graded_tests, on_failure)
    found = _recorded(file, profile, jobs, timeout, by)
    lines = [encode_line(dataclasses.asdict(task)).decode("ascii") for task in difficulties(found, terms)]
    write_result("".join(lines), output)
    return FINE


def _recorded(
    file: Path, profile: str, jobs: int | None, timeout: float | None, by: str | None
) -> list[Recorded]:
    from quality.rewards.advice import read_recorded
    from quality.runtime import Scorer, resolve_spec
    from quality.samples import SampleFile

    spec = resolve_spec(profile)
    workers = jobs if jobs is not None else os.cpu_count() or 1
    with SampleFile(None if str(file) == "-" else file) as samples, contextlib.ExitStack() as opened:

        def open_scorer() -> Scorer:
            return opened.enter_context(Scorer(spec.profile, workers=workers, timeout=timeout or 2.0))

        lines = (line for _, line in samples.lines())
        return read_recorded(lines, open_scorer, spec.profile.caps, by=by)


def _draw(simulation: Simulation, plot: Path) -> None:
    from quality.model import UsageError
    from quality.rewards.advice import draw
    from quality.runtime import atomic_writer

    try:
        with atomic_writer(plot) as stream:
            draw(simulation, stream, "png" if plot.suffix == ".png" else "svg")
    except OSError as error:
        raise UsageError(f"{plot} cannot be written: {error.strerror or error}.") from None
