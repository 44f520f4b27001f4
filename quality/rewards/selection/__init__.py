"""Choosing among samples: best-of-N, preference pairs, corpus filtering."""

from quality.rewards.selection._candidate import Candidate, Place, group_of, judge_candidates
from quality.rewards.selection._filter import Demands, Dropped, filter_samples
from quality.rewards.selection._pairs import PairOptions, pair_samples
from quality.rewards.selection._rank import rank_samples

__all__ = [
    "Candidate",
    "Demands",
    "Dropped",
    "PairOptions",
    "Place",
    "filter_samples",
    "group_of",
    "judge_candidates",
    "pair_samples",
    "rank_samples",
]
