"""Which number of a score is the quality: the score itself, or dimensions by weights of one's own."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quality.model import UsageError
from quality.profiles import nearest
from quality.rewards._checks import check_number

if TYPE_CHECKING:
    from quality.model import Profile, Score


@dataclass(frozen=True, slots=True)
class Blend:
    """The quality that a score means.

    Attributes:
        weights: Dimension id → its weight in the reward, or empty for the score as a whole.
    """

    weights: Mapping[str, float]

    def quality(self, score: Score) -> float:
        """Q of a measured score, 0 to 1; 0 of an unmeasured one."""
        return 0.0 if score.value is None else self.of(score.value, score.dimensions)

    def of(self, value: float, dimensions: Mapping[str, float]) -> float:
        """Q from a score's value and its dimensions; ``sum(w_d * d) / sum(w_d)`` where there are weights."""
        total = math.fsum(self.weights.values())
        if not total:
            return value
        return math.fsum(each * dimensions.get(name, 0.0) for name, each in self.weights.items()) / total


def read_weight(weight: float | Mapping[str, float], profile: Profile) -> tuple[float, Blend]:
    """Reads the argument ``weight``: quality's whole share, and what it is made of.

    Raises:
        UsageError: A dimension is unknown, or a weight is no number from 0 to less than 1.
    """
    if not isinstance(weight, Mapping):
        return weight, Blend({})
    if not weight:
        raise UsageError("weight names no dimension.", remedy="Give a weight for each that should count.")
    known = [dimension.id for dimension in profile.dimensions]
    for name, value in weight.items():
        if name not in known:
            raise UsageError(
                f"Profile {profile.name!r} has no dimension {name!r}.", remedy=nearest(str(name), known)
            )
        check_number(f"weight[{name!r}]", value, 0.0, 1.0)
    weights = {name: float(weight[name]) for name in known if name in weight}
    return math.fsum(weights.values()), Blend(weights)
