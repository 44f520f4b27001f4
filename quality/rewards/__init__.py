"""Quality as an auxiliary reward next to tests. Imports no training framework."""

from quality.rewards._reward import QualityReward
from quality.rewards._terms import OnFailure, Parts, Terms

__all__ = ["OnFailure", "Parts", "QualityReward", "Terms"]
