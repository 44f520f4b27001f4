"""``quality score``: a file of samples in, a file of scores out, whole or not at all."""

from __future__ import annotations

import contextlib
import itertools
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from quality.model import Reason, Status, UsageError
from quality.runtime import publish, settle_file
from quality.samples._lines import LONGEST_LINE, CodeScorer, encode_line, read_object, score_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_BLOCK = 1 << 20
#: Lines from one report of the progress to the next.
_OFTEN = 16


@dataclass(frozen=True, slots=True)
class ScoreRun:
    """What a run did.

    Attributes:
        measured: Lines with a score, this time.
        unmeasured: Lines without one, this time.
        resumed: Lines that an earlier run had done.
        bad_input: Lines that are no samples, this time; they are among the unmeasured.
    """

    measured: int
    unmeasured: int
    resumed: int = 0
    bad_input: int = 0


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
    progress: Callable[[int, int], None] | None = None,
) -> ScoreRun:
    """Scores a file of JSON lines.

    Args:
        samples: The input; None reads standard input.
        output: The result, which appears when it is complete; until then its lines are in ``OUTPUT.partial``.
            None writes to standard output, line by line.
        scorer: Scores the codes.
        resume: Goes on where the partial file of a killed run ends. Without such a file it starts afresh.
            The finished output is that of an undisturbed run.
        shard: The part of the input to score; None for all of it.
        progress: Called with (lines done, all lines) from time to time, when the input is a file.

    Raises:
        UsageError: A file cannot be read or written, or the partial file is of another run.
    """
    shard = shard or Shard()
    work = _Work(scorer, shard, _reporter(samples, shard, progress))
    if output is None:
        if resume:
            raise UsageError("--resume continues an output file.", remedy="Name it with -o.")
        with _opened(samples, shard) as lines:
            return _copy(lines, sys.stdout.buffer, work)
    try:
        with _opened(samples, shard) as lines:
            return _to_file(lines, Path(os.path.realpath(output)), work, resume=resume)
    except OSError as error:
        raise UsageError(f"{output} cannot be written: {error.strerror or error}.") from None


@dataclass(frozen=True, slots=True)
class _Work:
    scorer: CodeScorer
    shard: Shard
    report: Callable[[int], None]


def _reporter(
    samples: Path | None, shard: Shard, progress: Callable[[int, int], None] | None
) -> Callable[[int], None]:
    if progress is None or samples is None or not samples.is_file():
        return lambda _: None
    with samples.open("rb") as file:
        total = sum(block.count(b"\n") for block in iter(lambda: file.read(_BLOCK), b"")) // shard.count
    return lambda done: None if done % _OFTEN else progress(done, total)


def _to_file(lines: Iterator[bytes], output: Path, work: _Work, *, resume: bool) -> ScoreRun:
    if output.exists() and not output.is_file():
        if resume:
            raise UsageError(f"{output} is no regular file.", remedy="Leave --resume out.")
        with output.open("wb") as stream:
            return _copy(lines, stream, work)
    partial = output.with_name(f"{output.name}.partial")
    done = _skip_done(partial, lines, work.scorer) if resume and partial.exists() else 0
    with partial.open("ab" if done else "wb") as file:
        run = _copy(lines, file, work, done=done)
        settle_file(file)
    publish(partial, output)
    return run


def _copy(lines: Iterator[bytes], stream: BinaryIO, work: _Work, *, done: int = 0) -> ScoreRun:
    measured = unmeasured = bad = 0
    shard = work.shard
    start = shard.index + done * shard.count
    for line in score_lines(lines, work.scorer, start=start, step=shard.count):
        work.report(done + measured + unmeasured)
        stream.write(encode_line(line))
        if line["status"] == Status.UNMEASURED:
            unmeasured += 1
            bad += line["reason"] == Reason.BAD_INPUT
        else:
            measured += 1
    stream.flush()
    return ScoreRun(measured, unmeasured, done, bad)


def _skip_done(partial: Path, lines: Iterator[bytes], scorer: CodeScorer) -> int:
    """Cuts an unfinished last line off, and skips the input lines that are done; says how many."""
    done = size = 0
    before = b""
    last = b""
    with partial.open("rb+") as file:
        for line in file:
            if not line.endswith(b"\n"):
                break
            done, size, last = done + 1, size + len(line), line
        file.truncate(size)
    for _ in range(done):
        before = next(lines, b"")
    if done:
        _check_same_run(partial, before, last, scorer)
    return done


def _check_same_run(partial: Path, source: bytes, result: bytes, scorer: CodeScorer) -> None:
    """Refuses to continue what other samples, another profile or other analyzers began."""
    remedy = "Start again without --resume."
    written, read = _object(result), _object(source)
    if not source or written.get("id") != read.get("id"):
        raise UsageError(f"{partial} was made from other samples.", remedy=remedy)
    if written.get("fingerprint") != scorer.fingerprint:
        raise UsageError(f"{partial} was made under another profile or with other analyzers.", remedy=remedy)


def _object(line: bytes) -> Mapping[str, object]:
    try:
        return read_object(line)
    except ValueError:
        return {}


@contextlib.contextmanager
def _opened(samples: Path | None, shard: Shard) -> Iterator[Iterator[bytes]]:
    """The lines of the input's part."""
    if samples is None:
        yield _part(sys.stdin.buffer, shard)
        return
    try:
        file = samples.open("rb")
    except OSError as error:
        remedy = "Check the path."
        raise UsageError(f"{samples} cannot be read: {error.strerror or error}.", remedy=remedy) from None
    with file:
        yield _part(file, shard)


def _part(file: BinaryIO, shard: Shard) -> Iterator[bytes]:
    return itertools.islice(_lines(file), shard.index - 1, None, shard.count)


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """The lines, with bounded memory: of one that is too long only as much as shows that it is."""
    limit = LONGEST_LINE + 1
    while line := file.readline(limit):
        yield line
        while len(line) == limit and not line.endswith(b"\n"):
            line = file.readline(limit)
