"""Samples: completions and JSON lines in, scored JSON lines out."""

from quality.samples._extract import Choice, Extraction, extract
from quality.samples._file import SampleFile
from quality.samples._lines import CodeScorer, Sample, encode_line, read_object, read_sample, score_lines
from quality.samples._run import ScoreRun, Shard, run_score

__all__ = [
    "Choice",
    "CodeScorer",
    "Extraction",
    "Sample",
    "SampleFile",
    "ScoreRun",
    "Shard",
    "encode_line",
    "extract",
    "read_object",
    "read_sample",
    "run_score",
    "score_lines",
]
