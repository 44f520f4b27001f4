"""What single findings and units cost, out of the parts of a score's loss."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quality.model._finding import Finding, Scope
    from quality.model._score import Score


@dataclass(frozen=True, slots=True)
class Cost:
    """What one thing costs.

    Attributes:
        loss: Its part of ``1 / score - 1``.
        gain: By how much the score would rise if it alone were gone.
    """

    loss: float = 0.0
    gain: float = 0.0

    @classmethod
    def within(cls, value: float, loss: float) -> Cost:
        """What a part of the loss of a score of this value costs."""
        if loss <= 0:
            return cls()
        return cls(loss, 1.0 / max(1.0 / value - loss, 1.0) - value)


class Costs:
    """The costs behind a score. Those of all findings and units sum to ``1 / score - 1``.

    Args:
        score: A score of one source, or of several.
    """

    def __init__(self, score: Score) -> None:
        parts: dict[tuple[str, int, str], list[float]] = {}
        for entry in score.contributions:
            # A unit's parts name their metrics; together they are the unit's.
            cause = f"in {entry.scope}" if entry.scope else entry.cause
            parts.setdefault((entry.path, entry.line, cause), []).append(entry.loss)
        self._losses = {place: math.fsum(losses) for place, losses in parts.items()}
        self._value = score.value or 0.0
        self._sharing = Counter(_place(finding) for finding in score.findings)

    def of(self, *findings: Finding) -> Cost:
        """What findings of the score cost together; nothing where an equivalent one is charged.

        Findings of one rule on one line share equally.
        """
        places = map(_place, findings)
        loss = math.fsum(self._losses.get(place, 0.0) / max(self._sharing[place], 1) for place in places)
        return Cost.within(self._value, loss)

    def of_unit(self, path: str, scope: Scope) -> Cost:
        """What a unit's size and complexity cost, without its findings."""
        return Cost.within(self._value, self._losses.get((path, scope.line, f"in {scope.name}"), 0.0))


def _place(finding: Finding) -> tuple[str, int, str]:
    return (finding.location.path, finding.location.line, finding.rule_id)
