"""``quality score``: a file of samples in, a file of scores out, whole or not at all."""

from __future__ import annotations

import itertools
import os
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from quality.model import Reason, Status, UsageError
from quality.runtime import settle_file
from quality.samples._formats import JsonLinesFormat
from quality.samples._lines import CodeScorer, encode_line, may_answer, read_object, score_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from quality.samples._formats import SampleFormat
    from quality.samples._lines import Line

#: Lines from one report of the progress to the next.
_OFTEN = 16
_AFRESH = "Start again without --resume."


@dataclass(frozen=True, slots=True)
class ScoreRun:
    """What a run did.

    Attributes:
        measured: Lines with a score, this time.
        unmeasured: Lines without one, this time.
        resumed: Lines that an earlier run had done.
        reasons: Reason → how many of the unmeasured have it.
        bad_inputs: Lines of the whole output that say that there was no sample, those of an earlier run too.
    """

    measured: int
    unmeasured: int
    resumed: int = 0
    reasons: Mapping[str, int] = field(default_factory=dict)
    bad_inputs: int = 0


@dataclass(frozen=True, slots=True)
class Shard:
    """One of several equal parts of the input: every ``count``-th line.

    Attributes:
        index: Which part, from 1 to ``count``.
        count: How many parts there are.
    """

    index: int = 1
    count: int = 1


def run_score(
    samples: Path | None,
    output: Path | None,
    scorer: CodeScorer,
    *,
    resume: bool = False,
    shard: Shard | None = None,
    form: SampleFormat | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> ScoreRun:
    """Scores a file of samples.

    Args:
        samples: The input; None reads standard input.
        output: The result, which appears when it is complete; until then its lines are in ``OUTPUT.partial``.
            None writes to standard output, line by line.
        scorer: Scores the codes.
        resume: Goes on where the partial file of a killed run ends. Without such a file it starts afresh.
            The finished output is that of an undisturbed run.
        shard: The part of the input to score; None for all of it.
        form: The form of both files; JSON lines when left out.
        progress: Called with (lines done, all lines) from time to time, when the input is a file.

    Raises:
        UsageError: A file cannot be read or written, or the partial file is of another run.
    """
    shard = shard or Shard()
    form = form or JsonLinesFormat()
    work = _Work(scorer, shard, form, _reporter(samples, shard, form, progress))
    if output is None:
        if resume:
            raise UsageError("--resume continues an output file.", remedy="Name it with -o.")
        with form.lines(samples) as lines:
            return _copy(_part(lines, shard), sys.stdout.buffer, work)
    # The link that stands for an open pipe leads to no file.
    target = output if output.exists() and not output.is_file() else Path(os.path.realpath(output))
    try:
        with form.lines(samples) as lines:
            return _to_file(_part(lines, shard), target, work, resume=resume)
    except OSError as error:
        kept = _partial(target).exists()
        raise UsageError(
            f"{output} cannot be written: {error.strerror or error}.",
            remedy=f"What is done is in {_partial(target)}: continue with --resume." if kept else "",
        ) from None


@dataclass(frozen=True, slots=True)
class _Work:
    scorer: CodeScorer
    shard: Shard
    form: SampleFormat
    report: Callable[[int], None]


def _reporter(
    samples: Path | None, shard: Shard, form: SampleFormat, progress: Callable[[int, int], None] | None
) -> Callable[[int], None]:
    if progress is None or samples is None or not samples.is_file():
        return lambda _: None
    total = form.count(samples) // shard.count
    return lambda done: None if done % _OFTEN else progress(done, total)


def _partial(output: Path) -> Path:
    return output.with_name(f"{output.name}.partial")


def _part(lines: Iterator[Line], shard: Shard) -> Iterator[Line]:
    return itertools.islice(lines, shard.index - 1, None, shard.count)


def _to_file(lines: Iterator[Line], output: Path, work: _Work, *, resume: bool) -> ScoreRun:
    if output.exists() and not output.is_file():
        if resume:
            raise UsageError(f"{output} is no regular file.", remedy="Leave --resume out.")
        with output.open("wb") as stream:
            return _copy(lines, stream, work)
    partial = _partial(output)
    done = _skip_done(partial, lines, work) if resume and partial.exists() else _Done()
    with partial.open("ab" if done.lines else "wb") as file:
        run = _copy(lines, file, work, done)
        settle_file(file)
    work.form.finish(partial, output)
    return run


@dataclass(frozen=True, slots=True)
class _Done:
    """What an earlier run left: lines, and how many of these had no sample."""

    lines: int = 0
    bad_inputs: int = 0


def _copy(lines: Iterator[Line], stream: BinaryIO, work: _Work, done: _Done | None = None) -> ScoreRun:
    done = done or _Done()
    measured = 0
    reasons: Counter[str] = Counter()
    shard = work.shard
    start = shard.index + done.lines * shard.count
    for line in score_lines(lines, work.scorer, start=start, step=shard.count):
        work.report(done.lines + measured + reasons.total())
        stream.write(encode_line(line))
        if line["status"] == Status.UNMEASURED:
            reasons[str(line["reason"])] += 1
        else:
            measured += 1
    stream.flush()
    bad = done.bad_inputs + reasons[Reason.BAD_INPUT]
    return ScoreRun(measured, reasons.total(), done.lines, reasons, bad)


def _skip_done(partial: Path, lines: Iterator[Line], work: _Work) -> _Done:
    """Cuts an unfinished last line off, and skips the input lines that are done; says how many."""
    done = size = bad = 0
    last: Mapping[str, object] = {}
    with partial.open("rb+") as file:
        for result in file:
            if not result.endswith(b"\n"):
                break
            number = work.shard.index + done * work.shard.count
            source, last = next(lines, None), _object(result)
            if source is None or not may_answer(last, source, number):
                raise UsageError(f"{partial} was made from other samples: see line {number}.", remedy=_AFRESH)
            done, size = done + 1, size + len(result)
            bad += last.get("reason") == Reason.BAD_INPUT
        file.truncate(size)
    if done and last.get("fingerprint") != work.scorer.fingerprint:
        raise UsageError(f"{partial} was made under another profile or with other analyzers.", remedy=_AFRESH)
    return _Done(done, bad)


def _object(line: bytes) -> Mapping[str, object]:
    try:
        return read_object(line)
    except ValueError:
        return {}
