"""Quality as an auxiliary reward next to tests. Imports no training framework."""

from quality.rewards._columns import Column, split_reward
from quality.rewards._ranks import length_correlation, rank_correlation
from quality.rewards._relative import Relative
from quality.rewards._reward import QualityReward
from quality.rewards._terms import OnFailure, Parts, Terms
from quality.rewards._turns import TurnReward

__all__ = [
    "Column",
    "OnFailure",
    "Parts",
    "QualityReward",
    "Relative",
    "Terms",
    "TurnReward",
    "length_correlation",
    "rank_correlation",
    "split_reward",
]
