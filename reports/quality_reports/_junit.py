"""JUnit XML, which most CI systems show as tests."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from quality.model import visible
from quality_reports._facts import charged, gate_line, in_points, reason_of, unmeasured

if TYPE_CHECKING:
    from quality.model import Finding, Report, SourceReport


class JunitRenderer:
    """Renders a suite per source, in which every finding is a failed test, and one suite for the gate.

    A source without findings is one passed test; a source without a number is an error.
    """

    id = "junit"
    description = "JUnit XML: a suite per source, findings as failures."

    def render(self, report: Report) -> str:
        """Renders the report."""
        root = ET.Element("testsuites", name="quality")
        remedies = {source.path: remedy for source, remedy in unmeasured(report)}
        for source in report.sources:
            _suite(root, source, remedies.get(source.path, ""))
        _gate(root, report)
        for count in ("tests", "failures", "errors"):
            root.set(count, str(sum(int(suite.get(count, "0")) for suite in root)))
        ET.indent(root)
        return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _suite(root: ET.Element, source: SourceReport, remedy: str) -> None:
    findings = charged(source.score.findings)
    errors = 0 if source.score.measured else 1
    tests = max(1, len(findings) + errors)
    suite = _open(root, source.path, tests=tests, failures=len(findings), errors=errors)
    if errors:
        case = _case(suite, source.path, "measured")
        message = visible(reason_of(source.score))
        ET.SubElement(case, "error", type="not-measured", message=message).text = remedy
    elif not findings:
        _case(suite, source.path, f"score {in_points(source.score.value)}")
    for finding in findings:
        _finding(suite, source.path, finding)


def _finding(suite: ET.Element, path: str, finding: Finding) -> None:
    where = finding.location
    case = _case(suite, path, f"{finding.rule_id} at {where.line}:{where.column}")
    case.set("line", str(where.line))
    message = visible(finding.message)
    failure = ET.SubElement(case, "failure", type=str(finding.severity), message=message)
    failure.text = f"{visible(path)}:{where.line}:{where.column}: {message} ({finding.rule_id})"


def _gate(root: ET.Element, report: Report) -> None:
    suite = _open(root, "gate", tests=1, failures=int(bool(report.failed)), errors=0)
    case = _case(suite, "gate", f"score {in_points(report.total.value)}")
    if report.failed:
        failure = ET.SubElement(case, "failure", type="gate", message=gate_line(report))
        failure.text = "\n".join(visible(reason) for reason in report.failed)


def _open(root: ET.Element, name: str, *, tests: int, failures: int, errors: int) -> ET.Element:
    return ET.SubElement(
        root,
        "testsuite",
        name=visible(name),
        tests=str(tests),
        failures=str(failures),
        errors=str(errors),
    )


def _case(suite: ET.Element, path: str, name: str) -> ET.Element:
    return ET.SubElement(suite, "testcase", classname=visible(path), name=name, file=visible(path))
