"""The JSON Schema of the documents, made from their shapes."""

from __future__ import annotations

from typing import Any


def json_schema() -> dict[str, Any]:
    """Makes the JSON Schema (2020-12) of both documents.

    Returns:
        A schema that either document satisfies. ``$defs`` has one for each: ``ScoreLine`` for the lines of
        ``quality score``, ``ReportDocument`` for ``quality check --format json``.
    """
    from pydantic import TypeAdapter  # heavy, and only this function needs it

    from quality.schema.shapes import ReportDocument, ScoreLine  # needs pydantic

    kinds: tuple[type, ...] = (ScoreLine, ReportDocument)
    _, definitions = TypeAdapter.json_schemas(
        [(kind.__name__, "serialization", TypeAdapter[Any](kind)) for kind in kinds]
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "quality/1",
        "anyOf": [{"$ref": f"#/$defs/{kind.__name__}"} for kind in kinds],
        "$defs": definitions["$defs"],
    }
