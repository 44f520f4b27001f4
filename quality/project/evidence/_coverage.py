"""Which lines tests executed: coverage XML (Cobertura), the JSON of coverage.py, and LCOV."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from quality.project.evidence._files import (
    ForeignFileError,
    cannot_use,
    local,
    parse_xml,
    read_evidence_file,
)
from quality.project.evidence._lcov import is_lcov, lcov_lines

if TYPE_CHECKING:
    from collections.abc import Mapping

_KIND = "a file as 'coverage xml', 'coverage json' or 'coverage lcov' writes it"
_LAST_LINE = 10_000_000


@dataclass(frozen=True, slots=True)
class CoveredLines:
    """The counted lines of one source.

    Attributes:
        names: Paths that it may be meant by, absolute ones and what the file calls it.
        executed: Lines that tests executed.
        missed: Lines that they did not.
    """

    names: tuple[str, ...]
    executed: set[int] = field(default_factory=set)
    missed: set[int] = field(default_factory=set)


def read_coverage(path: Path) -> list[CoveredLines]:
    """Reads a coverage file.

    Raises:
        UsageError: It cannot be read or is of another kind.
    """
    data = read_evidence_file(path)
    roots = [str(path.resolve().parent), str(Path.cwd())]
    try:
        if is_lcov(data):
            found = _lcov(data, roots)
        else:
            found = _json(data, roots) if data.lstrip()[:1] == b"{" else _xml(data, roots)
    except ForeignFileError as error:
        raise cannot_use(path, error, _KIND) from None
    return found


def _json(data: bytes, roots: list[str]) -> list[CoveredLines]:
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        raise ForeignFileError("it is not JSON") from None
    files = document.get("files")
    if not isinstance(files, dict):
        raise ForeignFileError("it has no 'files'")
    return [
        CoveredLines(_names(name, roots), _lines(entry, "executed_lines"), _lines(entry, "missing_lines"))
        for name, entry in files.items()
    ]


def _lcov(data: bytes, roots: list[str]) -> list[CoveredLines]:
    return [
        CoveredLines(_names(name, roots), executed, missed - executed)
        for name, (executed, missed) in lcov_lines(data).items()
    ]


def _lines(entry: object, key: str) -> set[int]:
    values = entry.get(key) if isinstance(entry, dict) else None
    if not isinstance(values, list):
        raise ForeignFileError(f"a file in it has no list {key!r}")
    return {value for value in values if type(value) is int and 0 < value < _LAST_LINE}


def _xml(data: bytes, roots: list[str]) -> list[CoveredLines]:
    target = _Cobertura()
    parse_xml(data, target)
    places = [*roots, *(source for source in target.sources if source)]
    return [
        CoveredLines(_names(name, places), executed, missed - executed)
        for name, (executed, missed) in target.files.items()
    ]


class _Cobertura:
    """Collects the lines of a document by file."""

    def __init__(self) -> None:
        self.sources: list[str] = []
        self.files: dict[str, tuple[set[int], set[int]]] = {}
        self._depth = 0
        self._inside_source = False
        self._file: tuple[set[int], set[int]] | None = None

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = local(tag)
        self._depth += 1
        if self._depth == 1 and name != "coverage":
            raise ForeignFileError(f"it is no coverage XML, its root is <{name[:40]}>")
        if name == "source":
            self._inside_source = True
            self.sources.append("")
        elif name == "class" and attributes.get("filename"):
            self._file = self.files.setdefault(attributes["filename"], (set(), set()))
        elif name == "line" and self._file is not None:
            number, hits = attributes.get("number", ""), attributes.get("hits", "")
            if _is_number(number) and _is_number(hits):
                self._file[0 if int(hits) else 1].add(int(number))

    def end(self, tag: str) -> None:
        self._depth -= 1
        name = local(tag)
        if name == "source":
            self._inside_source = False
        elif name == "class":
            self._file = None

    def data(self, text: str) -> None:
        if self._inside_source:
            self.sources[-1] += text.strip()


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10  # noqa: PLR2004 - far above any line


def _names(name: str, roots: list[str]) -> tuple[str, ...]:
    plain = name.replace("\\", "/")
    return (*(os.path.normpath(os.path.join(root, plain)) for root in roots), plain)  # noqa: PTH118 - no file is asked
