"""Samples: completions and JSON lines in, scored JSON lines out."""

from quality.samples._extract import Choice, Extraction, extract
from quality.samples._file import SampleFile
from quality.samples._formats import JsonLinesFormat, SampleFormat
from quality.samples._lines import (
    CodeScorer,
    Sample,
    encode_line,
    read_json,
    read_object,
    read_sample,
    sample_of,
    score_lines,
    score_samples,
)
from quality.samples._messages import prompt_text
from quality.samples._parquet import ParquetFormat, write_parquet
from quality.samples._plain import plain, plain_entry, plain_items
from quality.samples._run import ScoreRun, Shard, run_score

__all__ = [
    "Choice",
    "CodeScorer",
    "Extraction",
    "JsonLinesFormat",
    "ParquetFormat",
    "Sample",
    "SampleFile",
    "SampleFormat",
    "ScoreRun",
    "Shard",
    "encode_line",
    "extract",
    "plain",
    "plain_entry",
    "plain_items",
    "prompt_text",
    "read_json",
    "read_object",
    "read_sample",
    "run_score",
    "sample_of",
    "score_lines",
    "score_samples",
    "write_parquet",
]
