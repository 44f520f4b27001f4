"""``quality rank``, ``quality pairs`` and ``quality filter``."""

from __future__ import annotations

import contextlib
import os
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal

import click

from quality.cli._app import FINE, tell
from quality.cli._options import (
    Number,
    output_option,
    profile_option,
    run_options,
    samples_format_option,
    written_file,
)
from quality.cli._output import spare
from quality.model import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from quality.rewards.selection import Candidate, Dropped
    from quality.samples import ParquetFormat, SampleFile

Form = Literal["jsonl", "parquet"]
_FILE = click.argument("file", default="-", type=click.Path(path_type=Path, allow_dash=True))
_BY = click.option(
    "--by", metavar="KEY", help="The key that the samples of a group share.  [default: task_id, else prompt]"
)
_QUANTUM = click.option(
    "--quantum",
    type=Number(0, 1),
    default=0.01,
    show_default=True,
    help="Step to which quality is rounded before samples are compared.",
)


@click.command("rank")
@_FILE
@samples_format_option
@output_option
@_BY
@click.option("--top", type=click.IntRange(min=1), metavar="N", help="Leave out ranks above N.")
@_QUANTUM
@profile_option("sample")
@run_options
def rank_command(  # noqa: PLR0913 - one parameter per option
    *,
    file: Path,
    format_: Form,
    output: Path | None,
    by: str | None,
    top: int | None,
    quantum: float,
    profile: str,
    jobs: int | None,
    timeout: float | None,
) -> int:
    """Ranks the samples of each task: passing first, then the better ones; ties stay ties.

    FILE has lines as for 'quality score', with "passed" or "tests_fraction" where tests were run; - is standard
    input. A sample without code, a stub, or one that could not be judged comes last, whatever its tests say.
    """
    from quality.rewards.selection import rank_samples

    run = _Run(file, format_, output, profile, jobs, timeout)
    tally = _Tally()
    with _judged(run, by, quantum) as (lines, candidates):
        _write(rank_samples(tally.of(candidates), lines, top=top), run)
    tally.tell(by, "came last")
    return FINE


@click.command("pairs")
@_FILE
@samples_format_option
@output_option
@_BY
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
@click.option(
    "--most",
    type=click.IntRange(min=1),
    default=4,
    show_default=True,
    metavar="N",
    help="Most pairs of a kind for a prompt.",
)
@_QUANTUM
@profile_option("sample")
@run_options
def pairs_command(  # noqa: PLR0913 - one parameter per option
    *,
    file: Path,
    format_: Form,
    output: Path | None,
    by: str | None,
    kind: Literal["quality", "tests", "both"],
    margin: float,
    most: int,
    quantum: float,
    profile: str,
    jobs: int | None,
    timeout: float | None,
) -> int:
    """Makes preference pairs for DPO: prompt, chosen, rejected, the margin and its reasons.

    FILE has lines as for 'quality score' with "prompt", and "passed" or "tests_fraction" where tests were run;
    - is standard input. The output is what TRL's DPOTrainer reads.
    """
    from quality.rewards.selection import PairOptions, pair_samples

    spare(output, [file])
    run = _Run(file, format_, output, profile, jobs, timeout)
    options = PairOptions(kind, margin, most)
    tally = _Tally()
    with _judged(run, by, quantum) as (lines, candidates):
        pairs = _write(pair_samples(tally.of(candidates), lines, options), run)
    tally.tell(by, "can at most be rejected")
    tell(counted(pairs, "pair"))
    return FINE


@click.command("filter")
@_FILE
@samples_format_option
@output_option
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
@profile_option("sample")
@run_options
def filter_command(  # noqa: PLR0913 - one parameter per option
    *,
    file: Path,
    format_: Form,
    output: Path | None,
    min_score: float,
    least: tuple[str, ...],
    passed: bool,
    unique: bool,
    dropped: Path | None,
    profile: str,
    jobs: int | None,
    timeout: float | None,
) -> int:
    """Keeps the lines whose code is good enough, byte for byte as they came.

    FILE has lines as for 'quality score'; - is standard input. What cannot be judged goes. What went and why is
    counted on standard error.
    """
    from quality.rewards.selection import Demands, filter_samples
    from quality.samples import encode_line

    spare(dropped, [file])
    if dropped is not None and output is not None and dropped.resolve() == output.resolve():
        raise click.UsageError("--dropped and -o name the same file.")
    run = _Run(file, format_, output, profile, jobs, timeout)
    demands = Demands(min_score, _least(least, profile), passed, unique)
    kept, tally = 0, Counter[str]()
    with (
        _judged(run, None, 0.0) as (lines, candidates),
        _kept(run) as keep,
        contextlib.nullcontext() if dropped is None else _written(dropped) as losses,
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


@dataclass(frozen=True, slots=True)
class _Run:
    """Where the samples are, in which form, where the result goes, and how to judge."""

    file: Path
    form: Form
    output: Path | None
    profile: str
    jobs: int | None
    timeout: float | None

    def __post_init__(self) -> None:
        if self.form == "parquet" and self.output is None:
            raise click.UsageError("Parquet is written to a file: name it with -o.")

    @property
    def source(self) -> Path | None:
        """The file, or None for standard input."""
        return None if str(self.file) == "-" else self.file

    def parquet(self) -> ParquetFormat:
        """The file as Parquet."""
        from quality.samples import ParquetFormat

        return ParquetFormat(self.source, ())


@contextlib.contextmanager
def _judged(run: _Run, by: str | None, quantum: float) -> Iterator[tuple[SampleFile, Iterator[Candidate]]]:
    from quality.rewards.selection import judge_candidates
    from quality.runtime import Scorer
    from quality.samples import SampleFile

    workers = run.jobs if run.jobs is not None else os.cpu_count() or 1
    parquet = run.form == "parquet"
    with (
        SampleFile.of_rows(run.parquet().rows()) if parquet else SampleFile(run.source) as file,
        Scorer(run.profile, workers=workers, timeout=run.timeout or 2.0) as scorer,
    ):
        yield file, judge_candidates(file, scorer, scorer.profile.caps, by=by, quantum=quantum)


def _write(lines: Iterable[Mapping[str, object]], run: _Run) -> int:
    """Writes lines in the form that was asked for, and returns how many there were."""
    from quality.samples import encode_line, write_parquet

    with _written(run.output) as stream:
        if run.form == "parquet":
            rows = list(lines)
            write_parquet(rows, stream)
            return len(rows)
        count = 0
        for line in lines:
            stream.write(encode_line(line))
            count += 1
        return count


@contextlib.contextmanager
def _kept(run: _Run) -> Iterator[Callable[[int, bytes], object]]:
    """Writes samples as they came: called with the number of each, from 0, and its line."""
    with _written(run.output) as stream:
        if run.form == "jsonl":
            yield lambda _, line: stream.write(line)
            return
        kept: list[int] = []
        yield lambda number, _: kept.append(number)
        run.parquet().take(kept, stream)


@contextlib.contextmanager
def _written(output: Path | None) -> Iterator[BinaryIO]:
    """Standard output, or a file that appears whole or not at all."""
    if output is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    from quality.model import UsageError
    from quality.runtime import atomic_writer

    try:
        with atomic_writer(output) as stream:
            yield stream
    except OSError as error:
        raise UsageError(f"{output} cannot be written: {error.strerror or error}.") from None


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
