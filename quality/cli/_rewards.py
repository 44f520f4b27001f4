"""``quality rewards``."""

from __future__ import annotations

import contextlib
import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from quality.cli._app import FINE, Group, tell
from quality.cli._options import (
    Constants,
    Judging,
    by_option,
    judging_options,
    output_option,
    reward_options,
    text_or_json_option,
)
from quality.cli._output import spare, write_result, written_whole
from quality.cli._samples import source_of
from quality.model import counted

if TYPE_CHECKING:
    from quality.rewards.advice import Recorded, Simulation

_GROUPS = click.argument("file", metavar="GROUPS.jsonl", type=click.Path(path_type=Path, allow_dash=True))


@click.group("rewards", cls=Group)
def rewards_command() -> None:
    """Looks at rewards before a training run does."""


@rewards_command.command("simulate")
@_GROUPS
@reward_options
@by_option
@text_or_json_option
@output_option
@click.option(
    "--plot",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.svg|FILE.png",
    help="Draw each sample's advantage above its quality; needs the extra 'plot'.",
)
@judging_options
def simulate_command(
    *,
    file: Path,
    constants: Constants,
    by: str | None,
    format_: Literal["text", "json"],
    output: Path | None,
    plot: Path | None,
    judging: Judging,
) -> int:
    """Shows which advantages recorded groups would get under each setting of a trainer.

    GROUPS.jsonl has lines as for 'quality rank': "task_id" or "prompt", "passed" or "tests_fraction", and "code"
    or "completion"; a line with a number "quality" is not scored. - is standard input. All lines are one batch.
    """
    from quality.rewards.advice import simulate, to_json, to_text

    if plot is not None and plot.suffix not in {".svg", ".png"}:
        raise click.UsageError(f"--plot draws .svg and .png, not {plot.name!r}.")
    for target in (output, plot):
        spare(target, [file])
    terms = constants.terms()
    found = _recorded(file, by, judging)
    simulation = simulate(found, terms)
    if plot is not None:
        _draw(simulation, plot)
    write_result(to_json(simulation) if format_ == "json" else to_text(simulation), output)
    return FINE


@rewards_command.command("difficulty")
@_GROUPS
@reward_options
@by_option
@output_option
@judging_options
def difficulty_command(
    *, file: Path, constants: Constants, by: str | None, output: Path | None, judging: Judging
) -> int:
    """Says how hard each recorded task is, for a curriculum: one JSON object per task.

    GROUPS.jsonl is as for 'simulate'. "pass_rate" and "tests_fraction" are means; "quality" is the median of what
    passes, "room" how far the best is above it; "signal", the standard deviation of the rewards, is 0 where a task
    teaches nothing.
    """
    from quality.rewards.advice import difficulties
    from quality.samples import encode_line

    spare(output, [file])
    terms = constants.terms()
    found = _recorded(file, by, judging)
    lines = [encode_line(dataclasses.asdict(task)).decode("ascii") for task in difficulties(found, terms)]
    write_result("".join(lines), output)
    return FINE


def _recorded(file: Path, by: str | None, judging: Judging) -> list[Recorded]:
    from quality.rewards.advice import read_recorded
    from quality.runtime import Scorer, resolve_spec
    from quality.samples import SampleFile

    spec = resolve_spec(judging.profile)
    with SampleFile(source_of(file)) as samples, contextlib.ExitStack() as opened:

        def open_scorer() -> Scorer:
            scorer = Scorer(spec.profile, workers=judging.workers, timeout=judging.timeout or 2.0)
            return opened.enter_context(scorer)

        lines = [line for _, line in samples.lines()]
        found = read_recorded(lines, open_scorer, spec.profile.caps, by=by)
    if len(found) < len(lines):
        tell(f"{counted(len(lines) - len(found), 'input line')} without a sample: left out")
    return found


def _draw(simulation: Simulation, plot: Path) -> None:
    from quality.rewards.advice import draw

    with written_whole(plot) as stream:
        draw(simulation, stream, "png" if plot.suffix == ".png" else "svg")
