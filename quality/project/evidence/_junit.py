"""JUnit XML, as pytest and most other test runners write it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from quality.model import FailedTest, SuiteResults
from quality.project.evidence._files import (
    ForeignFileError,
    cannot_use,
    local,
    parse_xml,
    read_evidence_file,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_ROOTS = frozenset({"testsuites", "testsuite"})
_FAILED = frozenset({"failure", "error"})
#: Failures that are kept with their names, and the longest text of one, in characters.
_KEPT, _LONGEST = 1_000, 300


def read_suites(paths: Sequence[Path]) -> SuiteResults:
    """Reads the results of tests; those of several files together.

    Raises:
        UsageError: A file cannot be read or is no JUnit XML.
    """
    suites = [_read(path) for path in paths]
    return SuiteResults(
        sum(suite.passed for suite in suites),
        sum(suite.failed for suite in suites),
        sum(suite.skipped for suite in suites),
        tuple(failure for suite in suites for failure in suite.failures)[:_KEPT],
    )


def _read(path: Path) -> SuiteResults:
    target = _Junit()
    try:
        parse_xml(read_evidence_file(path), target)
    except ForeignFileError as error:
        raise cannot_use(path, error, "a file as pytest --junit-xml=FILE writes it") from None
    return target.results()


class _Junit:
    """Counts the test cases of a document."""

    def __init__(self) -> None:
        self._depth = 0
        self._case: str | None = None
        self._kind: Literal["failure", "error", "skipped"] | None = None
        self._message = ""
        self._passed = self._failed = self._skipped = 0
        self._declared = 0
        self._failures: list[FailedTest] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = local(tag)
        self._depth += 1
        if self._depth == 1 and name not in _ROOTS:
            raise ForeignFileError(f"it is no JUnit XML, its root is <{name[:40]}>")
        if name in _ROOTS:
            said = _number(attributes.get("failures")) + _number(attributes.get("errors"))
            self._declared = max(self._declared, said)
        elif name == "testcase":
            self._case = _name(attributes)
            self._kind = None
        elif self._case is not None and name in _FAILED and self._kind not in _FAILED:
            self._kind = "failure" if name == "failure" else "error"
            self._message = attributes.get("message", "")
        elif self._case is not None and name == "skipped" and self._kind is None:
            self._kind = "skipped"

    def end(self, tag: str) -> None:
        self._depth -= 1
        if local(tag) != "testcase" or self._case is None:
            return
        if self._kind is None:
            self._passed += 1
        elif self._kind == "skipped":
            self._skipped += 1
        else:
            self._failed += 1
            if len(self._failures) < _KEPT:
                message = self._message.strip().partition("\n")[0]
                self._failures.append(FailedTest(self._case, self._kind, message[:_LONGEST]))
        self._case = None

    def results(self) -> SuiteResults:
        """The results; failures that are counted but not listed count too."""
        return SuiteResults(
            self._passed, max(self._failed, self._declared), self._skipped, tuple(self._failures)
        )


def _name(attributes: Mapping[str, str]) -> str:
    place = attributes.get("classname") or attributes.get("file") or ""
    name = attributes.get("name", "")
    return (f"{place}::{name}" if place else name)[:_LONGEST]


def _number(text: str | None) -> int:
    """A count of a suite; 0 where there is none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0  # noqa: PLR2004
