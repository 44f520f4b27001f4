"""``quality serve``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quality.cli._app import FINE, tell
from quality.cli._options import (
    Constants,
    Judging,
    Number,
    cache_option,
    count_option,
    judging_options,
    reward_options,
)
from quality.cli._output import shown_warnings
from quality.model import counted

if TYPE_CHECKING:
    from quality.rewards import Relative

#: The environment's name for the token.
_TOKEN = "QUALITY_TOKEN"  # noqa: S105 - a name, no secret
_MEBI = 1 << 20


@click.command("serve")
@click.option(
    "--host", default="127.0.0.1", show_default=True, metavar="NAME", help="Name or address to listen on."
)
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=8765,
    show_default=True,
    metavar="N",
    help="Port; 0 for any.",
)
@click.option(
    "--token-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=f"File with the token that callers show; else the variable {_TOKEN}. Needed beyond this machine.",
)
@count_option("--max-requests", 64, "Requests worked on at once; more get 429.")
@count_option("--max-texts", 16_384, "Texts that may wait; more get 429.")
@count_option("--max-body", 32, "Longest body of a request; longer ones get 413.", "MIB")
@click.option(
    "--deadline",
    type=Number(min=0, min_open=True),
    default=120.0,
    show_default=True,
    metavar="SECONDS",
    help="For a whole request; later ones get 504.",
)
@cache_option
@reward_options
@click.option(
    "--relative",
    type=click.Choice(["reference", "before", "group"]),
    help="What the reward's Q is relative to.",
)
@judging_options
def serve_command(  # noqa: PLR0913 - one parameter per option
    *,
    host: str,
    port: int,
    token_file: Path | None,
    max_requests: int,
    max_texts: int,
    max_body: int,
    deadline: float,
    cache: Path | None,
    constants: Constants,
    relative: Relative | None,
    judging: Judging,
) -> int:
    """Answers over HTTP: /score, /reward, OpenRLHF's and NeMo-Gym's forms, /healthz, /metrics, /openapi.json.

    Listens on this machine alone unless --host says otherwise, which needs a token. Ends at SIGTERM or Ctrl-C,
    after it has answered what it accepted. Needs the extra 'serve'.
    """
    from quality.model import UsageError
    from quality.rewards import QualityReward
    from quality.runtime import Scorer, try_within
    from quality.serve import ServeOptions, serve

    if judging.jobs == 0:
        raise UsageError("The service judges in workers only.", remedy="Use --jobs 1 or more.")
    reward = QualityReward(
        constants.weight,
        failed_factor=constants.failed_factor,
        graded_tests=constants.graded_tests,
        on_failure=constants.on_failure,
        relative=relative,
        profile=judging.profile,
        workers=judging.workers,
    )
    options = ServeOptions(
        host, port, _token(token_file), max_requests, max_texts, max_body * _MEBI, deadline
    )

    def open_scorer() -> Scorer:
        seconds = try_within(judging.timeout or 2.0)
        return Scorer(reward.profile, workers=judging.workers, timeout=seconds, cache=cache)

    def started(address: str) -> None:
        judges = f"profile {judging.profile}, {counted(judging.workers, 'worker')}"
        tell(f"quality: serving at {address} ({judges})")

    with shown_warnings():
        serve(reward, open_scorer, options, started)
    return FINE


def _token(file: Path | None) -> str | None:
    if file is None:
        return os.environ.get(_TOKEN)
    return file.read_text("utf-8", "replace").strip()
