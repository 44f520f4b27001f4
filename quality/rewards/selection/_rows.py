"""Selection over rows in memory: a ``datasets.Dataset``, or dictionaries."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quality.model import UsageError
from quality.profiles import nearest
from quality.rewards._checks import check_count, check_number, check_text
from quality.rewards.selection._candidate import judge_candidates
from quality.rewards.selection._filter import Dropped, filter_samples
from quality.rewards.selection._pairs import PairOptions, pair_samples
from quality.rewards.selection._rank import rank_samples
from quality.samples import SampleFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quality.rewards.selection._candidate import Candidate
    from quality.rewards.selection._filter import Demands
    from quality.runtime import Scorer


@dataclass(frozen=True, slots=True)
class Kept:
    """What a filter left.

    Attributes:
        rows: Numbers of the rows that stay, from 0, as ``Dataset.select`` takes them.
        dropped: Why each other row went, in order.
    """

    rows: tuple[int, ...]
    dropped: tuple[Dropped, ...]


def rank_rows(
    rows: Iterable[Mapping[str, object]],
    scorer: Scorer,
    *,
    by: str | None = None,
    top: int | None = None,
    quantum: float = 0.01,
) -> list[dict[str, object]]:
    """Ranks rows as ``quality rank`` ranks lines; ``Dataset.from_list`` makes a data set of the result.

    Args:
        rows: With the keys of the lines of ``quality score``; a ``datasets.Dataset`` is such rows, in any format,
            and so is an ``IterableDataset``.
        scorer: Scores the codes.
        by: The key that the samples of a group share; None for ``task_id``, and ``prompt`` without one.
        top: Leave out ranks above this.
        quantum: Step to which quality is rounded before samples are compared.

    Raises:
        UsageError: An argument is wrong.
    """
    if top is not None:
        check_count("top", top, 1)
    with _judged(rows, scorer, by, quantum) as (file, candidates):
        return list(rank_samples(candidates, file, top=top))


def pair_rows(
    rows: Iterable[Mapping[str, object]],
    scorer: Scorer,
    options: PairOptions | None = None,
    *,
    by: str | None = None,
    quantum: float = 0.01,
) -> list[dict[str, object]]:
    """Makes preference pairs of rows as ``quality pairs`` does of lines.

    Args:
        rows: As for ``rank_rows``, with ``prompt``.
        scorer: Scores the codes.
        options: Which pairs are made.
        by: As for ``rank_rows``.
        quantum: As for ``rank_rows``.
    """
    with _judged(rows, scorer, by, quantum) as (file, candidates):
        return list(pair_samples(candidates, file, options or PairOptions()))


def keep_rows(rows: Iterable[Mapping[str, object]], scorer: Scorer, demands: Demands) -> Kept:
    """Says which rows are good enough, as ``quality filter`` does of lines.

    Args:
        rows: As for ``rank_rows``.
        scorer: Scores the codes.
        demands: What a row must have to stay.

    Raises:
        UsageError: The profile has no dimension of a name in ``demands``.
    """
    known = [dimension.id for dimension in scorer.profile.dimensions]
    for name in demands.dimensions:
        if name not in known:
            raise UsageError(
                f"Profile {scorer.profile.name!r} has no dimension {name!r}.", remedy=nearest(name, known)
            )
    with _judged(rows, scorer, None, 0.0) as (file, candidates):
        found = list(filter_samples(candidates, file, demands))
    return Kept(
        tuple(number for number, each in enumerate(found) if not isinstance(each, Dropped)),
        tuple(each for each in found if isinstance(each, Dropped)),
    )


@contextmanager
def _judged(
    rows: Iterable[Mapping[str, object]], scorer: Scorer, by: str | None, quantum: float
) -> Iterator[tuple[SampleFile, Iterator[Candidate]]]:
    if isinstance(rows, Mapping):
        raise UsageError(
            "rows should be rows, got a mapping.",
            remedy="Choose a split of a DatasetDict: data['train'].",
        )
    if by is not None:
        check_text("by", by)
    check_number("quantum", quantum, 0.0, 1.0)
    with SampleFile.of_rows(rows) as file:
        yield file, judge_candidates(file, scorer, scorer.profile.caps, by=by, quantum=quantum)
