"""``quality rewards``."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from quality.cli._app import FINE
from quality.cli._options import output_option, profile_option, reward_options, run_options
from quality.cli._output import write_result

if TYPE_CHECKING:
    from quality.rewards import OnFailure
    from quality.rewards.advice import Simulation


@click.group("rewards")
def rewards_command() -> None:
    """Looks at rewards before a training run does."""


@rewards_command.command("simulate")
@click.argument("file", metavar="GROUPS.jsonl", type=click.Path(path_type=Path, allow_dash=True))
@reward_options
@click.option(
    "--by", metavar="KEY", help="The key that the samples of a group share.  [default: task_id, else prompt]"
)
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
    from quality.rewards.advice import read_recorded, simulate, to_json, to_text
    from quality.runtime import Scorer, resolve_spec
    from quality.samples import SampleFile

    if plot is not None and plot.suffix not in {".svg", ".png"}:
        raise click.UsageError(f"--plot draws .svg and .png, not {plot.name!r}.")
    terms = Terms(weight, failed_factor, graded_tests, on_failure)
    spec = resolve_spec(profile)
    workers = jobs if jobs is not None else os.cpu_count() or 1
    with SampleFile(None if str(file) == "-" else file) as samples, contextlib.ExitStack() as opened:

        def open_scorer() -> Scorer:
            return opened.enter_context(Scorer(spec.profile, workers=workers, timeout=timeout or 2.0))

        lines = (line for _, line in samples.lines())
        found = read_recorded(lines, open_scorer, spec.profile.caps, by=by)
    simulation = simulate(found, terms)
    if plot is not None:
        _draw(simulation, plot)
    write_result(to_json(simulation) if format_ == "json" else to_text(simulation), output)
    return FINE


def _draw(simulation: Simulation, plot: Path) -> None:
    from quality.model import UsageError
    from quality.rewards.advice import draw
    from quality.runtime import atomic_writer

    try:
        with atomic_writer(plot) as stream:
            draw(simulation, stream, "png" if plot.suffix == ".png" else "svg")
    except OSError as error:
        raise UsageError(f"{plot} cannot be written: {error.strerror or error}.") from None
