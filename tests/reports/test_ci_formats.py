"""GitHub, GitLab, JUnit, Markdown and SonarQube: shapes and escaping."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree as ET

import pytest

from quality_reports import (
    GithubRenderer,
    GitlabRenderer,
    JunitRenderer,
    MarkdownRenderer,
    SonarqubeRenderer,
)
from quality_reports._markdown import code


def test_github_gets_one_command_a_line_with_errors_first(hostile_report):
    lines = GithubRenderer().render(hostile_report).splitlines()

    assert all(re.match(r"::(error|warning|notice) [^:\n]+::.", line) for line in lines)
    kinds = [line[2:].split(" ")[0] for line in lines[:-1]]
    assert kinds == sorted(kinds, key=["error", "warning", "notice"].index)


def test_github_properties_cannot_be_broken_out_of(report_of, source_report):
    source = source_report("a,line=9::b%0A.py", "x = 1\n", [("bandit:B602", 1, 1, 2)])

    line = GithubRenderer().render(report_of([source])).splitlines()[0]

    assert "file=a%2Cline=9%3A%3Ab%250A.py," in line


def test_github_says_what_fails_the_gate_one_after_the_other(report_of, source_report):
    report = report_of([source_report("a.py", "x = 1\n", [])], failed=("a.py is bad", "b.py too"))

    assert GithubRenderer().render(report).endswith(" a.py is bad; b.py too\n")


def test_gitlab_gets_its_keys_and_no_fingerprint_twice(report_of, source_report):
    places = [("bandit:B602", 1, 1, 2)]
    sources = [source_report(name, "x = 1\n", places * 2) for name in ("a.py", "b.py")]

    entries = json.loads(GitlabRenderer().render(report_of(sources)))

    assert {frozenset(entry) for entry in entries} == {
        frozenset({"description", "check_name", "fingerprint", "severity", "location"})
    }
    assert len({entry["fingerprint"] for entry in entries}) == len(entries) == 4
    assert entries[0]["location"] == {"path": "a.py", "lines": {"begin": 1, "end": 1}}


def test_gitlab_gets_unmeasured_sources_as_blockers(hostile_report):
    entries = json.loads(GitlabRenderer().render(hostile_report))

    assert [e["location"]["path"] for e in entries if e["severity"] == "blocker"] == ["shop/broken.py"]


def test_junit_counts_what_it_lists(hostile_report):
    root = ET.fromstring(JunitRenderer().render(hostile_report).encode())

    for kind, tag in (("tests", "testcase"), ("failures", "failure"), ("errors", "error")):
        assert int(root.get(kind)) == len(root.findall(f".//{tag}"))
        for suite in root:
            assert int(suite.get(kind)) == len(suite.findall(f".//{tag}"))


def test_junit_has_an_error_for_an_unmeasured_source_and_a_failure_for_the_gate(hostile_report):
    root = ET.fromstring(JunitRenderer().render(hostile_report).encode())

    assert root.find("testsuite[@name='shop/broken.py']//error") is not None
    assert root.find("testsuite[@name='gate']//failure") is not None
    assert root.find("testsuite[@name='shop/calm.py']//failure") is None


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("plain", "`plain`"),
        ("@team [x](http://evil) <b>", "`@team [x](http://evil) <b>`"),
        ("a`b", "``a`b``"),
        ("`a``", "``` `a`` ```"),
        ("a|b", "`a\\|b`"),
        ("", "`  `"),
    ],
)
def test_hostile_text_stays_inside_its_code_span(text, span):
    assert code(text) == span


def test_markdown_has_no_line_that_a_source_could_have_written(report_of, source_report):
    source = source_report("a\n# heading.py", "x = 1\n", [("bandit:B602", 1, 1, 2)])

    lines = MarkdownRenderer().render(report_of([source])).splitlines()

    assert not any(line.startswith("# ") for line in lines)


def test_sonarqube_gets_a_rule_for_every_issue(hostile_report):
    document = json.loads(SonarqubeRenderer().render(hostile_report))

    assert {issue["ruleId"] for issue in document["issues"]} == {rule["id"] for rule in document["rules"]}
    assert set(document["rules"][0]) == {
        "id",
        "name",
        "description",
        "engineId",
        "cleanCodeAttribute",
        "type",
        "severity",
        "impacts",
    }


def test_sonarqube_columns_are_utf16_offsets_inside_the_line(report_of, source_report):
    source = source_report("a.py", "s = '🙂'; t = 1\n", [("pylint:unused-variable", 1, 10, 11)])

    issue = json.loads(SonarqubeRenderer().render(report_of([source])))["issues"][0]

    assert issue["primaryLocation"]["textRange"] == {
        "startLine": 1,
        "endLine": 1,
        "startColumn": 10,
        "endColumn": 11,
    }


def test_sonarqube_gets_no_empty_range(report_of, source_report):
    source = source_report("a.py", "x = 1\n", [("pylint:unused-variable", 1, 400, 500)])

    issue = json.loads(SonarqubeRenderer().render(report_of([source])))["issues"][0]

    assert issue["primaryLocation"]["textRange"] == {"startLine": 1, "endLine": 1}
