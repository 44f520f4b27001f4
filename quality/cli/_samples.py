"""What commands on samples share: the file that they read, and the one that they write."""

from __future__ import annotations

import contextlib
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal

import click

from quality.cli._options import gathered, output_option, stacked
from quality.cli._output import spare, written_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from quality.samples import ParquetFormat, SampleFile


@dataclass(frozen=True, slots=True)
class Samples:
    """Where the samples are, in which form, and where the result goes."""

    file: Path
    format_: Literal["jsonl", "parquet"]
    output: Path | None

    def __post_init__(self) -> None:
        if self.format_ == "parquet" and self.output is None:
            raise click.UsageError("Parquet is written to a file: name it with -o.")
        spare(self.output, [self.file])

    @property
    def source(self) -> Path | None:
        """The file, or None for standard input."""
        return source_of(self.file)

    def parquet(self, dimensions: Iterable[str] = ()) -> ParquetFormat | None:
        """The file as Parquet with the columns of a score, or None where it is none."""
        from quality.samples import ParquetFormat

        return ParquetFormat(self.source, [*dimensions]) if self.format_ == "parquet" else None

    def opened(self) -> SampleFile:
        """The samples; closed by whoever takes them."""
        from quality.samples import SampleFile

        parquet = self.parquet()
        return SampleFile(self.source) if parquet is None else SampleFile.of_rows(parquet.rows())

    def write(self, lines: Iterable[Mapping[str, object]]) -> int:
        """Writes lines in the form that was asked for, and returns how many there were."""
        from quality.samples import encode_line, write_parquet

        with written(self.output) as stream:
            if self.format_ == "parquet":
                rows = list(lines)
                write_parquet(rows, stream)
                return len(rows)
            count = 0
            for line in lines:
                stream.write(encode_line(line))
                count += 1
            return count

    @contextlib.contextmanager
    def kept(self) -> Iterator[Callable[[int, bytes], object]]:
        """Writes samples as they came: called with the number of each, from 0, and its line."""
        with written(self.output) as stream:
            parquet = self.parquet()
            if parquet is None:
                yield lambda _, line: stream.write(line)
                return
            kept: list[int] = []
            yield lambda number, _: kept.append(number)
            parquet.take(kept, stream)


#: Gives a command ``samples``.
samples_options = stacked(
    click.argument("file", default="-", type=click.Path(path_type=Path, allow_dash=True)),
    click.option(
        "--format",
        "format_",
        type=click.Choice(["jsonl", "parquet"]),
        default="jsonl",
        show_default=True,
        help="Form of FILE and of the output; Parquet needs -o and the extra 'data'.",
    ),
    output_option,
    gathered("samples", Samples),
)


def source_of(file: Path) -> Path | None:
    """A file that a call names; None for standard input."""
    return None if str(file) == "-" else file


@contextlib.contextmanager
def written(output: Path | None) -> Iterator[BinaryIO]:
    """Standard output, or a file that appears whole or not at all.

    Raises:
        UsageError: The file cannot be written.
    """
    if output is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    with written_whole(output) as stream:
        yield stream
