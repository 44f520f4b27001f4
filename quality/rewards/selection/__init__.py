"""Choosing among samples: best-of-N, preference pairs, corpus filtering.

Each line is a ``_candidate``; ``_rank``, ``_pairs`` and ``_filter`` are the three ways to choose, and ``_rows`` all of them for rows in
memory.
"""

from quality.rewards.selection._candidate import Candidate, Place, group_of, judge_candidates
from quality.rewards.selection._filter import Demands, Dropped, filter_samples
from quality.rewards.selection._pairs import PairOptions, pair_samples
from quality.rewards.selection._rank import rank_samples
from quality.rewards.selection._rows import Kept, keep_rows, pair_rows, rank_rows

__all__ = [
    "Candidate",
    "Demands",
    "Dropped",
    "Kept",
    "PairOptions",
    "Place",
    "filter_samples",
    "group_of",
    "judge_candidates",
    "keep_rows",
    "pair_rows",
    "pair_samples",
    "rank_rows",
    "rank_samples",
]
