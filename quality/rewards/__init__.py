"""Quality as an auxiliary reward next to tests. Imports no training framework.

``_reward`` is the reward, by the formula of ``_terms``: ``_batch`` scores what is distinct, ``_verdict`` and ``_blend`` say what of a
score counts, ``_levels`` and ``_relative`` what it is relative to, ``_needed`` which share of it its answer needs, and
``_evidence`` what tests say. ``_columns`` splits it in two, ``_turns`` makes it one over turns, ``_ranks`` shows whether length
pays, and ``_checks`` holds arguments to what they should be. ``adapters`` has its forms for trainers, ``advice`` what these
make of it, ``selection`` chooses among samples.
"""

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
