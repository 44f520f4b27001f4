"""Where sample lines come from and how a finished file of score lines gets its form."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING, BinaryIO, Protocol

from quality.model import UsageError
from quality.runtime import publish
from quality.samples._lines import LONGEST_LINE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from quality.samples._lines import Line

_BLOCK = 1 << 20


class SampleFormat(Protocol):
    """A form of files of samples and of scores."""

    def lines(self, samples: Path | None) -> AbstractContextManager[Iterator[Line]]:
        """Opens samples, or standard input, as lines.

        Raises:
            UsageError: The file cannot be read.
        """
        ...

    def count(self, samples: Path) -> int:
        """How many lines there are."""
        ...

    def finish(self, partial: Path, output: Path) -> None:
        """Gives a complete file of score lines its form and its name, in one step."""
        ...


class JsonLinesFormat:
    """One JSON object a line."""

    @contextlib.contextmanager
    def lines(self, samples: Path | None) -> Iterator[Iterator[Line]]:
        """Opens samples, or standard input, as lines.

        Raises:
            UsageError: The file cannot be read.
        """
        if samples is None:
            yield _lines(sys.stdin.buffer)
            return
        try:
            file = samples.open("rb")
        except OSError as error:
            remedy = "Check the path."
            raise UsageError(f"{samples} cannot be read: {error.strerror or error}.", remedy=remedy) from None
        with file:
            yield _lines(file)

    def count(self, samples: Path) -> int:
        """How many lines there are."""
        with samples.open("rb") as file:
            return sum(block.count(b"\n") for block in iter(lambda: file.read(_BLOCK), b""))

    def finish(self, partial: Path, output: Path) -> None:
        """Gives the file its name."""
        publish(partial, output)


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """The lines, with bounded memory: of one that is too long only as much as shows that it is."""
    limit = LONGEST_LINE + 1
    while line := file.readline(limit):
        yield line
        while len(line) == limit and not line.endswith(b"\n"):
            line = file.readline(limit)
