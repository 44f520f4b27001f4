"""A file of JSON lines that is read once in order and again line by line."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Self

from quality.model import UsageError
from quality.samples._lines import LONGEST_LINE
from quality.samples._plain import plain_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from types import TracebackType


class SampleFile:
    """Lines of a file, with bounded memory; standard input is first written to a temporary file.

    Args:
        source: The file's path, an open file, or None for standard input.

    Raises:
        UsageError: The file cannot be read.
    """

    def __init__(self, source: Path | BinaryIO | None) -> None:
        if source is None:
            source = _spooled()
        self._file: BinaryIO = _opened(source) if isinstance(source, Path) else source

    @classmethod
    def of_rows(cls, rows: Iterable[Mapping[str, object]]) -> Self:
        """Rows as lines, in a temporary file: those of a ``datasets.Dataset``, of Parquet, or plain dictionaries.

        Args:
            rows: Key → value. Arrays and tensors become lists, what else JSON lacks text, and a number that is
                none null. A row that is no mapping is a line without code.
        """
        spooled = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the object
        for row in rows:
            spooled.write(plain_json(row).encode("ascii") + b"\n")
        return cls(spooled)

    def lines(self) -> Iterator[tuple[int, bytes]]:
        """Yields each line with the place where it begins; of one that is too long only its beginning."""
        place = 0
        limit = LONGEST_LINE + 1
        while True:
            self._file.seek(place)
            line = self._file.readline(limit)
            if not line:
                return
            end = self._file.tell()
            part = line
            while len(part) == limit and not part.endswith(b"\n"):
                part = self._file.readline(limit)
                end = self._file.tell()
            yield place, line
            place = end

    def line_at(self, place: int) -> bytes:
        """The line that begins at a place."""
        self._file.seek(place)
        return self._file.readline(LONGEST_LINE + 1)

    def close(self) -> None:
        """Closes the file."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        remedy = "Check the path."
        raise UsageError(f"{path} cannot be read: {error.strerror or error}.", remedy=remedy) from None


def _spooled() -> BinaryIO:
    file: BinaryIO = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the object
    shutil.copyfileobj(sys.stdin.buffer, file)
    return file
