"""Plain words for what the catalogue of rules does not name: metrics and reasons."""

from __future__ import annotations

from types import MappingProxyType

from quality.model import Reason

#: Metric id → what to do about it.
METRIC_ADVICE = MappingProxyType(
    {
        "radon:cognitive": "Return early, name conditions, and move inner loops into functions of their own.",
        "radon:cyclomatic": "Replace branches by a table, or split the function where its cases part.",
        "radon:lloc": "Move steps that have a name of their own into functions.",
        "radon:nesting": "Turn the outer conditions into guard clauses that leave early.",
        "radon:parameters": "Group what always travels together into one object.",
    }
)

#: Reason → what to do about a source that has no number.
REMEDIES = MappingProxyType(
    {
        Reason.SYNTAX_ERROR: "Correct the syntax; for newer syntax, run on a newer Python.",
        Reason.EMPTY: "Leave the file out, or add the code that belongs there.",
        Reason.NO_CODE: "Leave the file out: comments and docstrings are not judged.",
        Reason.TOO_LARGE: "Split the file, or leave generated code and data out.",
        Reason.ENCODING: "Save the file as UTF-8 without control characters.",
        Reason.TIMEOUT: "Raise --timeout, or simplify the code that analyzers cannot finish.",
        Reason.MEMORY: "Simplify or split the file: its analysis needs too much memory.",
        Reason.CRASH: "Report the analyzer's failure to its authors; leave the file out until then.",
        Reason.BAD_INPUT: "Make the file readable, or leave it out.",
    }
)
