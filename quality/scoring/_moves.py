"""What moved between two scores: causes by their part of the loss, which is a plain sum."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quality.model import Score

#: (Dimension, cause) → its part of the loss.
Losses = Mapping[tuple[str, str], float]
#: Differences of loss below this are rounding.
_TINY = 1e-12


@dataclass(frozen=True, slots=True)
class Move:
    """A cause whose part of the loss changed; over all causes the differences sum to ``1/after - 1/before``.

    Attributes:
        dimension: The dimension.
        cause: Rule or metric id.
        before: Its loss before.
        after: Its loss afterwards.
    """

    dimension: str
    cause: str
    before: float
    after: float

    @property
    def difference(self) -> float:
        """Above 0 when it costs more than before."""
        return self.after - self.before


def moves(before: Score, after: Score) -> tuple[Move, ...]:
    """The causes that moved, the largest first; none where a side has no score, and so no loss to sum to."""
    if before.value is None or after.value is None:
        return ()
    return between(losses_of(before), losses_of(after))


def between(old: Losses, new: Losses) -> tuple[Move, ...]:
    """The causes whose losses differ, the largest difference first."""
    found = [Move(*key, old.get(key, 0.0), new.get(key, 0.0)) for key in sorted({*old, *new})]
    moved = [move for move in found if abs(move.difference) > _TINY]
    return tuple(sorted(moved, key=lambda move: (-abs(move.difference), move.dimension, move.cause)))


def losses_of(score: Score) -> dict[tuple[str, str], float]:
    """(dimension, cause) → its part of the loss."""
    losses: dict[tuple[str, str], float] = {}
    for part in score.contributions:
        key = (part.dimension, part.cause)
        losses[key] = losses.get(key, 0.0) + part.loss
    return losses
