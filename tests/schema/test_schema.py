from __future__ import annotations

import json
import subprocess
import sys

import jsonschema
import pytest

from quality.model import Score, Status
from quality.schema import json_schema, score_line


@pytest.fixture
def validator():
    schema = json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator({**schema["$defs"]["ScoreLine"], "$defs": schema["$defs"]})


@pytest.fixture
def line():
    return json.loads(json.dumps(score_line("a", Score(Status.MEASURED, "sample", "sha256:0", 0.5, "D"))))


def test_a_score_line_is_valid_also_with_keys_passed_through(validator, line):
    validator.validate(line)
    validator.validate({**line, "model": "x"})


@pytest.mark.parametrize(
    "change",
    [{"score": 1.5}, {"status": "fine"}, {"reason": "tired"}, {"findings": [{}]}, {"contributions": None}],
)
def test_a_wrong_score_line_is_refused(validator, line, change):
    assert not validator.is_valid({**line, **change})


def test_the_schema_describes_its_objects():
    definitions = json_schema()["$defs"]

    assert all(
        definitions[name].get("description") for name in ("ScoreLine", "ReportDocument", "FindingObject")
    )


def test_making_objects_does_not_import_pydantic():
    code = "import sys, quality.schema; sys.exit('pydantic' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
