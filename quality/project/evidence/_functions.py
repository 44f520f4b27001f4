"""From executed lines to functions."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from quality.model import Coverage, FunctionCoverage, ScopeKind, UsageError
from quality.project._files import resolved

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from quality.model import SourceReport
    from quality.project.evidence._coverage import CoveredLines

#: The metric that the risk of a function is about.
_CYCLOMATIC = "radon:cyclomatic"


def coverage_of(
    sources: Sequence[SourceReport],
    files: Mapping[str, Path],
    covered: Sequence[CoveredLines],
    *,
    asked: bool = True,
) -> Coverage | None:
    """Finds what tests execute of the judged sources.

    Args:
        sources: The judged sources.
        files: Where each is, by its shown path.
        covered: What the coverage files say.
        asked: Whether the call names them, and not the settings of a tree of which a part is judged.

    Returns:
        What is executed; None where they say nothing of any judged source and were not asked for.

    Raises:
        UsageError: They say nothing of any judged source.
    """
    lines = _by_source(files, covered)
    if not lines and not asked:
        return None
    if not lines:
        raise UsageError(
            "The coverage files name none of the judged sources.",
            remedy="Run this where the tests ran, or name the folder that they ran on.",
        )
    functions = [
        function
        for source in sources
        if source.path in lines
        for function in _functions(source, *lines[source.path])
    ]
    functions.sort(key=lambda each: (-each.risk, each.path, each.line, each.name))
    return Coverage(
        sum(len(executed) for executed, _ in lines.values()),
        sum(len(executed) + len(missed) for executed, missed in lines.values()),
        tuple(functions),
    )


def _by_source(
    files: Mapping[str, Path], covered: Sequence[CoveredLines]
) -> dict[str, tuple[set[int], set[int]]]:
    """Executed and missed lines by shown path; a line is executed when any file says so."""
    known = {str(resolved(file)): shown for shown, file in files.items()}
    ends = _ends(files)
    found: dict[str, tuple[set[int], set[int]]] = {}
    for entry in covered:
        shown = next((known[name] for name in entry.names if name in known), None) or _by_end(entry, ends)
        if shown is not None:
            executed, missed = found.setdefault(shown, (set(), set()))
            executed |= entry.executed
            missed |= entry.missed
            missed -= executed
    return found


def _ends(files: Mapping[str, Path]) -> dict[str, str | None]:
    """The ends of shown paths, from the whole path down to the file's name; None for those of several."""
    ends: dict[str, str | None] = {}
    for shown in files:
        parts = shown.split("/")
        for start in range(len(parts)):
            end = "/".join(parts[start:])
            ends[end] = None if end in ends else shown
    return ends


def _by_end(entry: CoveredLines, ends: Mapping[str, str | None]) -> str | None:
    """For files of another machine: the only source that ends as the name does, or as which the name ends."""
    name = entry.names[-1].strip("/")
    if name in ends:
        return ends[name]
    parts = name.split("/")
    tails = ("/".join(parts[start:]) for start in range(1, len(parts) - 1))
    return next((tail for tail in tails if ends.get(tail) == tail), None)


def _functions(source: SourceReport, executed: set[int], missed: set[int]) -> Iterator[FunctionCoverage]:
    hit, all_lines = sorted(executed), sorted(executed | missed)
    for measure in source.score.measures:
        scope = measure.scope
        if measure.metric != _CYCLOMATIC or scope.kind is not ScopeKind.FUNCTION:
            continue
        # The line of the def is executed when its module is imported, whether or not the function is called.
        first, last = scope.line + 1, scope.end_line
        statements = bisect_right(all_lines, last) - bisect_left(all_lines, first)
        if statements > 0:
            count = bisect_right(hit, last) - bisect_left(hit, first)
            yield FunctionCoverage(source.path, scope.name, scope.line, count, statements, measure.value)
