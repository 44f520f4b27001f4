"""What tests mean for the gate: they can fail it, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality.model import SuiteResults

_NAMED = 5


def gate_lines(suite: SuiteResults) -> Iterator[str]:
    """Why the gate fails, a line each."""
    if not suite.passed + suite.failed:
        yield "no test ran"
    if suite.failed:
        yield f"{suite.failed:,} of {suite.passed + suite.failed:,} tests failed"
        yield from (f"test failed: {failure.name}" for failure in suite.failures[:_NAMED])
