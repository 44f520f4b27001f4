"""Corpus filtering: which lines stay, and why the others go."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quality.rewards._checks import check_share
from quality.rewards.selection._candidate import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from quality.rewards.selection._candidate import Candidate
    from quality.samples import SampleFile


@dataclass(frozen=True, slots=True)
class Demands:
    """What a line must have to stay. A line that cannot be judged always goes.

    Attributes:
        score: Least quality, 0 to 1.
        dimensions: Dimension id → least value, 0 to 1.
        passed: Whether its tests must pass.
        unique: Whether a line goes whose code an earlier line that stayed has, byte for byte.

    Raises:
        UsageError: One of them is out of range.
    """

    score: float = 0.0
    dimensions: Mapping[str, float] = field(default_factory=dict)
    passed: bool = False
    unique: bool = False

    def __post_init__(self) -> None:
        check_share("score", self.score)
        for name, least in self.dimensions.items():
            check_share(f"dimensions[{name!r}]", least)


@dataclass(frozen=True, slots=True)
class Dropped:
    """A line that goes.

    Attributes:
        number: The line's number, from 1.
        identity: Its ``id``.
        reason: A reason for no score, ``pretends``, ``lost``, ``failing``, ``score``, a dimension's id, or
            ``duplicate``.
        detail: The reason in words.
        score: Its quality, or None.
    """

    number: int
    identity: object
    reason: str
    detail: str
    score: float | None


def filter_samples(
    candidates: Iterable[Candidate], file: SampleFile, demands: Demands
) -> Iterator[bytes | Dropped]:
    """Yields, line by line, the line as it came or why it goes. Streams.

    Args:
        candidates: The samples of the file, judged, in the order of their lines.
        file: Where the lines stand.
        demands: What a line must have to stay.
    """
    seen: set[bytes] = set()
    for candidate in candidates:
        line = file.line_at(candidate.start) if candidate.place is not Place.LAST else b""
        problem = _problem(candidate, demands)
        if problem is None and demands.unique:
            problem = ("duplicate", "an earlier line has the same code") if candidate.digest in seen else None
            seen.add(candidate.digest)
        if problem is None:
            yield line if line.endswith(b"\n") else line + b"\n"
        else:
            yield Dropped(candidate.number, candidate.identity, *problem, candidate.score)


def _problem(candidate: Candidate, demands: Demands) -> tuple[str, str] | None:
    """The first demand that a candidate does not meet."""
    if candidate.reason is not None:
        return candidate.reason, candidate.detail
    if demands.passed and not candidate.passed:
        said = "its tests fail" if candidate.passed is False else "nothing is said of its tests"
        return "failing", said
    value = candidate.score or 0.0
    if value < demands.score:
        return "score", f"{value:.4f} is below {demands.score:g}"
    for name, least in demands.dimensions.items():
        found = candidate.dimensions.get(name, 0.0)
        if found < least:
            return name, f"{found:.4f} is below {least:g}"
    return None
