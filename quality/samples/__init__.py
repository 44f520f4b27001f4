"""Samples: completions and JSON lines in, scored JSON lines out.

``_extract`` takes the code out of a completion: out of its ``_messages`` and ``_fences``, or together with a prompt that it goes on
with (``_continue``). ``_lines`` makes one output line of each input line, ``_run`` a file of a file, in the ``_formats`` of JSON lines
or ``_parquet``; ``_file`` is one that is read twice. ``_plain`` reads values of any kind.
"""

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
