"""Samples: completions and JSON lines in, scored JSON lines out."""

from quality.samples._extract import Choice, Extraction, extract
from quality.samples._lines import CodeScorer, encode_line, score_lines
from quality.samples._run import ScoreRun, run_score

__all__ = [
    "Choice",
    "CodeScorer",
    "Extraction",
    "ScoreRun",
    "encode_line",
    "extract",
    "run_score",
    "score_lines",
]
