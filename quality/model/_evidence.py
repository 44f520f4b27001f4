"""What tests say of the sources. It is shown and gates, and moves no score."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class FailedTest:
    """A test that did not pass.

    Attributes:
        name: Its name, with that of its class or file.
        kind: ``failure``, or ``error`` when it could not be run to its end.
        message: What it said, shortened.
    """

    name: str
    kind: Literal["failure", "error"]
    message: str = ""


@dataclass(frozen=True, slots=True)
class SuiteResults:
    """The results of tests.

    Attributes:
        passed: Tests that passed.
        failed: Tests that did not.
        skipped: Tests that did not run.
        failures: Those that did not pass, in the files' order; the first thousand.
    """

    passed: int
    failed: int
    skipped: int
    failures: tuple[FailedTest, ...] = ()


@dataclass(frozen=True, slots=True)
class FunctionCoverage:
    """How much of a function tests execute.

    Attributes:
        path: Its source, as shown to people.
        name: Qualified name.
        line: Where it begins.
        executed: Statements that tests execute, the ``def`` line aside.
        statements: All its statements that are counted; at least 1.
        cyclomatic: Its cyclomatic complexity.
    """

    path: str
    name: str
    line: int
    executed: int
    statements: int
    cyclomatic: float

    @property
    def risk(self) -> float:
        """Change risk, ``c² · (1 - executed / statements)³ + c`` (CRAP index; Savoia and Evans, 2007)."""
        missed = 1.0 - self.executed / self.statements
        return self.cyclomatic**2 * missed**3 + self.cyclomatic


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of the judged sources tests execute.

    Attributes:
        executed: Statements that tests execute.
        statements: All statements that are counted.
        functions: By function, the riskiest first.
    """

    executed: int
    statements: int
    functions: tuple[FunctionCoverage, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What tests say.

    Attributes:
        suite: Their results, or None when none were given.
        coverage: What they execute, or None when that was not given.
    """

    suite: SuiteResults | None = None
    coverage: Coverage | None = None
