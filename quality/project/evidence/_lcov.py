"""LCOV's trace files, as ``coverage lcov``, ``geninfo`` and others write them."""

from __future__ import annotations

import re

from quality.project.evidence._files import ForeignFileError

#: What a trace file begins with, after comments.
_FIRST = re.compile(rb"(?:\s*#[^\n]*\n)*\s*(?:TN|SF):")
#: A counted line: number, executions (some writers give fractions or negative numbers), and a checksum at times.
_LINE = re.compile(r"DA:(\d{1,8}),(-?\d{1,18})(?:\.\d+)?(?:,|$)")


def is_lcov(data: bytes) -> bool:
    """Tells a trace file from coverage of another kind."""
    return _FIRST.match(data) is not None


def lcov_lines(data: bytes) -> dict[str, tuple[set[int], set[int]]]:
    """Executed and missed lines by the name of their file; files that come again are added.

    Raises:
        ForeignFileError: It is not UTF-8, or counts lines of no file.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise ForeignFileError("it is not UTF-8") from None
    files: dict[str, tuple[set[int], set[int]]] = {}
    current: tuple[set[int], set[int]] | None = None
    for line in text.split("\n"):
        entry = line.strip()
        if entry.startswith("SF:"):
            current = files.setdefault(entry.removeprefix("SF:"), (set(), set()))
        elif entry == "end_of_record":
            current = None
        elif found := _LINE.match(entry):
            if current is None:
                raise ForeignFileError("it counts a line before it names a file")
            current[0 if int(found[2]) > 0 else 1].add(int(found[1]))
    return files
