from __future__ import annotations

import json
import math

import pytest
from quality_fakes import PROFILE

from quality.model import (
    Confidence,
    Contribution,
    Finding,
    Location,
    Measure,
    Reason,
    Scope,
    ScopeKind,
    Score,
    Severity,
    SourceReport,
    Status,
)
from quality.schema import score_line, source_object

LOSSES = (0.1, 0.2, 1 / 3, 1e-12)


def make_score() -> Score:
    finding = Finding(
        "bandit:B602", "text", Location("a.py", 7, 5, 7, 40), Severity.ERROR, Confidence.HIGH, "security", 78
    )
    inner = Scope(ScopeKind.FUNCTION, "f", 3, 9)
    module = Scope(ScopeKind.MODULE, "<module>", 1, 9)
    return Score(
        status=Status.MEASURED,
        profile="sample",
        fingerprint="sha256:0",
        value=1 / (1 + math.fsum(LOSSES)),
        grade="C",
        dimensions={"security": 0.7},
        contributions=tuple(Contribution("security", "bandit:B602", 7, loss) for loss in LOSSES),
        findings=(finding,),
        measures=(
            Measure("radon:lloc", 4.0, inner),
            Measure("radon:lloc", 2.0, module),
            Measure("radon:cognitive", 1.0, inner),
        ),
    )


def test_a_score_line_has_the_keys_of_the_interface_in_their_order():
    line = score_line("a", make_score())

    assert list(line) == [
        "id",
        "status",
        "reason",
        "score",
        "grade",
        "dimensions",
        "contributions",
        "findings",
        "profile",
        "fingerprint",
    ]
    assert list(line["findings"][0]) == [
        "rule",
        "dimension",
        "severity",
        "confidence",
        "line",
        "column",
        "end_line",
        "end_column",
        "message",
        "cwe",
        "suppressed",
        "fingerprint",
    ]
    assert list(line["contributions"][0])[:4] == ["dimension", "cause", "line", "loss"]


def test_losses_still_add_up_after_a_round_trip_through_json():
    line = json.loads(json.dumps(score_line("a", make_score())))

    losses = [entry["loss"] for entry in line["contributions"]]
    assert math.fsum(losses) == pytest.approx(1 / line["score"] - 1, abs=1e-9)


def test_a_source_without_a_number_has_null_and_its_reason():
    score = Score(Status.UNMEASURED, "sample", "sha256:0", reason=Reason.SYNTAX_ERROR, detail="line 3")

    line = json.loads(json.dumps(source_object(SourceReport("a.py", score), PROFILE)))

    assert (line["score"], line["grade"], line["reason"]) == (None, None, "syntax-error")
    assert line["detail"] == "line 3"


def test_measures_are_grouped_by_scope_in_order_of_place():
    measures = source_object(SourceReport("a.py", make_score()), PROFILE)["measures"]

    assert [(entry["name"], entry["values"]) for entry in measures] == [
        ("<module>", {"radon:lloc": 2.0}),
        ("f", {"radon:cognitive": 1.0, "radon:lloc": 4.0}),
    ]


@pytest.mark.parametrize("identity", ["a", 7, None, {"task": [1]}])
def test_the_id_of_the_input_stays_what_it_was(identity):
    assert score_line(identity, make_score())["id"] == identity
