"""Best-of-N: passing candidates first, then the better ones; ties stay ties."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quality.samples import read_object

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from quality.rewards.selection._candidate import Candidate
    from quality.samples import SampleFile

#: Keys of an output line; the same key of an input line moves into the object ``input``.
_OWN = frozenset({"id", "group", "rank", "tied", "passed", "tests_fraction", "score", "reason", "input"})


def rank_samples(
    candidates: Iterable[Candidate], file: SampleFile, *, top: int | None = None
) -> Iterator[dict[str, object]]:
    """Ranks the candidates of each group.

    Args:
        candidates: All candidates of the file.
        file: The file, whose lines are read again; of a candidate only what ranks it is kept in memory.
        top: Leave out ranks above this; ties may bring more lines than that.

    Yields:
        Per candidate its line with ``rank`` (from 1; equals share a rank, and the next one counts them all),
        ``tied`` (how many share it), ``group``, ``passed``, ``tests_fraction``, ``score`` and ``reason`` (why
        it is last, or null). Groups come in the order of their first lines, candidates by rank, then by line.
    """
    for members in grouped(candidates).values():
        ordered = sorted(members, key=lambda each: (each.order, each.number))
        for candidate, rank, tied in _ranks(ordered):
            if top is None or rank <= top:
                yield _line(candidate, rank, tied, file)


def grouped(candidates: Iterable[Candidate]) -> dict[str, list[Candidate]]:
    """The candidates by group, groups in the order of their first lines."""
    groups: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        groups.setdefault(candidate.group, []).append(candidate)
    return groups


def _ranks(ordered: Sequence[Candidate]) -> Iterator[tuple[Candidate, int, int]]:
    start = 0
    while start < len(ordered):
        end = start
        while end < len(ordered) and ordered[end].order == ordered[start].order:
            end += 1
        yield from ((candidate, start + 1, end - start) for candidate in ordered[start:end])
        start = end


def _line(candidate: Candidate, rank: int, tied: int, file: SampleFile) -> dict[str, object]:
    others = line_keys(candidate, file)
    line: dict[str, object] = {
        "id": candidate.identity,
        "group": candidate.group,
        "rank": rank,
        "tied": tied,
        "passed": candidate.passed,
        "tests_fraction": None if candidate.evidence is None else candidate.evidence.fraction,
        "score": candidate.score,
        "reason": candidate.reason,
    }
    evidence = {"id", "passed", "tests_fraction"}
    hidden = {key: value for key, value in others.items() if key in _OWN - evidence}
    line |= {key: value for key, value in others.items() if key not in _OWN}
    return line | {"input": hidden} if hidden else line


def line_keys(candidate: Candidate, file: SampleFile) -> dict[str, object]:
    """All keys of a candidate's line, its code or completion too; none of a line that cannot be read."""
    line = file.line_at(candidate.start)
    try:
        return read_object(line)
    except ValueError:
        return {}
