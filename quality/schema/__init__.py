"""The JSON documents other programs read: objects of the model as plain mappings, and their schema.

The key order is part of the interface, and floats keep every digit: rounding a loss would break
``sum(loss) == 1 / score - 1``.
"""

from quality.schema._objects import finding_object, report_document, score_line, source_object
from quality.schema._schema import json_schema

#: Value of the key ``schema`` in the document of ``quality check --format json``.
SCHEMA = "quality/1"

__all__ = [
    "SCHEMA",
    "finding_object",
    "json_schema",
    "report_document",
    "score_line",
    "source_object",
]
