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

    terms = Terms(weight, failed_factor, graded_tests, on_failure)
    spec = resolve_spec(profile)
    workers = jobs if jobs is not None else os.cpu_count() or 1
    with SampleFile(None if str(file) == "-" else file) as samples, contextlib.ExitStack() as opened:

        def open_scorer() -> Scorer:
            return opened.enter_context(Scorer(spec.profile, workers=workers, timeout=timeout or 2.0))

        lines = (line for _, line in samples.lines())
        found = read_recorded(lines, open_scorer, spec.profile.caps, by=by)
    simulation = simulate(found, terms)
    write_result(to_json(simulation) if format_ == "json" else to_text(simulation), output)
    return FINE
