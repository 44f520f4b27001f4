"""``quality rank``, ``quality pairs`` and ``quality filter``."""

from __future__ import annotations

import contextlib
import os
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from quality.cli._app import FINE, tell
from quality.cli._options import Judging, Number, by_option, count_option, judging_options, written_file
from quality.cli._output import spare
from quality.cli._samples import Samples, samples_options, written
from quality.model import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quality.rewards.selection import Candidate, Dropped
    from quality.samples import SampleFile

_QUANTUM = click.option(
    "--quantum",
    type=Number(0, 1),
    default=0.01,
    show_default=True,
    help="Step to which quality is rounded before samples are compared.",
)


@click.command("rank")
@samples_options
@by_option
@click.option("--top", type=click.IntRange(min=1), metavar="N", help="Leave out ranks above N.")
@_QUANTUM
@judging_options
def rank_command(
    *,
    samples: Samples,
    by: str | None,
    top: int | None,
    quantum: float,
    judging: Judging,
) -> int:
    """Ranks the samples of each task: passing first, then the better ones; ties stay ties.

    FILE has lines as for 'quality score', with "passed" or "tests_fraction" where tests were run; - is standard
    input. A sample without code, a stub, or one that could not be judged comes last, whatever its tests say.
    """
    from quality.rewards.selection import rank_samples

    tally = _Tally()
    with _judged(samples, judging, by, quantum) as (lines, candidates):
        samples.write(rank_samples(tally.of(candidates), lines, top=top))
    tally.tell(by, "came last")
    return FINE


@click.command("pairs")
@samples_options
@by_option
@click.option(
    "--kind",
    type=click.Choice(["quality", "tests", "both"]),
    default="quality",
    show_default=True,
    help="Pairs of samples that both pass, of one that passes and one that fails, or both kinds.",
)
@click.option(
    "--margin",
    type=Number(0, 1),
    default=0.1,
    show_default=True,
    help="Least difference in quality where both pass.",
)
@count_option("--most", 4, "Most pairs of a kind for a prompt.")
@_QUANTUM
@judging_options
def pairs_command(
    *,
    samples: Samples,
    by: str | None,
    kind: Literal["quality", "tests", "both"],
    margin: float,
    most: int,
    quantum: float,
    judging: Judging,
) -> int:
    """Makes preference pairs for DPO: prompt, chosen, rejected, the margin and its reasons.

    FILE has lines as for 'quality score' with "prompt", and "passed" or "tests_fraction" where tests were run;
    - is standard input. The output is what TRL's DPOTrainer reads.
    """
    from quality.rewards.selection import PairOptions, pair_samples

    options = PairOptions(kind, margin, most)
    tally = _Tally()
    with _judged(samples, judging, by, quantum) as (lines, candidates):
        pairs = samples.write(pair_samples(tally.of(candidates), lines, options))
    tally.tell(by, "can at most be rejected")
    tell(counted(pairs, "pair"))
    return FINE


@click.command("filter")
@samples_options
@click.option(
    "--min-score",
    type=Number(0, 1),
    default=0.0,
    show_default=True,
    metavar="S",
    help="Least score, 0 to 1.",
)
@click.option(
    "--min-dimension",
    "least",
    multiple=True,
    metavar="NAME=S",
    help="Least value of a dimension, 0 to 1. Repeatable.",
)
@click.option("--passed", is_flag=True, help="Keep only what passes its tests.")
@click.option("--unique", is_flag=True, help="Keep only the first of lines with the same code.")
@click.option(
    "--dropped",
    type=click.Path(dir_okay=False, path_type=Path),
    callback=written_file,
    metavar="FILE.jsonl",
    help="Write here which lines went, and why.",
)
@judging_options
def filter_command(
    *,
    samples: Samples,
    min_score: float,
    least: tuple[str, ...],
    passed: bool,
    unique: bool,
    dropped: Path | None,
    judging: Judging,
) -> int:
    """Keeps the lines whose code is good enough, byte for byte as they came.

    FILE has lines as for 'quality score'; - is standard input. What cannot be judged goes. What went and why is
    counted on standard error.
    """
    from quality.rewards.selection import Demands, filter_samples
    from quality.samples import encode_line

    spare(dropped, [samples.file])
    if dropped and samples.output and os.path.realpath(dropped) == os.path.realpath(samples.output):
        raise click.UsageError("--dropped and -o name the same file.")
    demands = Demands(min_score, _least(least, judging.profile), passed, unique)
    kept, tally = 0, Counter[str]()
    with (
        _judged(samples, judging) as (lines, candidates),
        samples.kept() as keep,
        contextlib.nullcontext() if dropped is None else written(dropped) as losses,
    ):
        for number, line in enumerate(filter_samples(candidates, lines, demands)):
            if isinstance(line, bytes):
                kept += 1
                keep(number, line)
                continue
            tally[line.reason] += 1
            if losses is not None:
                losses.write(encode_line(_dropped_line(line)))
    total = kept + tally.total()
    tell(f"{kept} of {total} lines kept")
    for reason, count in sorted(tally.items(), key=lambda item: (-item[1], item[0])):
        tell(f"  {count} dropped: {reason}")
    return FINE


@contextlib.contextmanager
def _judged(
    samples: Samples, judging: Judging, by: str | None = None, quantum: float = 0.0
) -> Iterator[tuple[SampleFile, Iterator[Candidate]]]:
    from quality.rewards.selection import judge_candidates
    from quality.runtime import Scorer

    with (
        samples.opened() as file,
        Scorer(judging.profile, workers=judging.workers, timeout=judging.timeout or 2.0) as scorer,
    ):
        yield file, judge_candidates(file, scorer, scorer.profile.caps, by=by, quantum=quantum)


@dataclass(slots=True)
class _Tally:
    """What there is to say of candidates that pass by."""

    problems: Counter[str] = field(default_factory=Counter)
    count: int = 0
    grouped: bool = False

    def of(self, candidates: Iterable[Candidate]) -> Iterator[Candidate]:
        for candidate in candidates:
            self.count += 1
            self.grouped = self.grouped or candidate.group != ""
            if candidate.reason is not None:
                self.problems[candidate.reason] += 1
            yield candidate

    def tell(self, by: str | None, what: str) -> None:
        if by is not None and self.count and not self.grouped:
            tell(f"no line has the key {by!r} of --by: all are one group")
        for reason, count in sorted(self.problems.items(), key=lambda item: (-item[1], item[0])):
            tell(f"{counted(count, 'sample')} {what}: {reason}")


def _least(options: tuple[str, ...], profile: str) -> dict[str, float]:
    from quality.model import UsageError
    from quality.profiles import nearest
    from quality.runtime import resolve_spec

    known = [dimension.id for dimension in resolve_spec(profile).profile.dimensions]
    least: dict[str, float] = {}
    for option in options:
        name, _, number = option.partition("=")
        if name not in known:
            raise UsageError(f"--min-dimension: there is no dimension {name!r}.", remedy=nearest(name, known))
        try:
            least[name] = float(number)
        except ValueError:
            raise UsageError(
                f"--min-dimension: {option!r} has no number.", remedy=f"Write {name}=0.8."
            ) from None
        if not 0.0 <= least[name] <= 1.0:
            raise UsageError(f"--min-dimension: {option!r} should be 0 to 1.")
    return least


def _dropped_line(line: Dropped) -> dict[str, object]:
    return {
        "line": line.number,
        "id": line.identity,
        "reason": line.reason,
        "detail": line.detail,
        "score": line.score,
    }
