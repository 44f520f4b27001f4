"""Equal to the ``bandit`` command on the examples of its source distribution."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tokenize
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from quality.model import Source

if TYPE_CHECKING:
    from quality_bandit import BanditAnalyzer

SEVERITIES = {"note": "LOW", "warning": "MEDIUM", "error": "HIGH"}

#: What the catalogue says is worth less than bandit says.
MOST = {"B324": "MEDIUM"}

Found = tuple[str, int, str, str, int | None, str]


@pytest.fixture(scope="session")
def command(bandit_examples) -> dict[str, Any]:
    """What the command reports: file name → issues, and the files that it skipped."""
    run = subprocess.run(
        [sys.executable, "-m", "bandit", "-q", "-r", "-f", "json", "--ignore-nosec", str(bandit_examples)],
        capture_output=True,
        check=False,
        text=True,
    )
    return json.loads(run.stdout)


def without_addresses(message: str) -> str:
    return re.sub(r"<(?:ast\.)?(\w+) object at 0x\w+>", r"\1", message)


def expected(command: dict[str, Any]) -> dict[str, list[Found]]:
    issues: defaultdict[str, list[Found]] = defaultdict(list)
    for issue in command["results"]:
        issues[issue["filename"]].append(
            (
                issue["test_id"],
                issue["line_number"],
                MOST.get(issue["test_id"], issue["issue_severity"]),
                issue["issue_confidence"],
                issue["issue_cwe"].get("id"),
                without_addresses(issue["issue_text"]),
            )
        )
    return issues


def found(analyzer: BanditAnalyzer, source: Source) -> list[Found]:
    return [
        (
            finding.rule_id.removeprefix("bandit:"),
            finding.location.line,
            SEVERITIES[finding.severity],
            finding.confidence.upper(),
            finding.cwe,
            finding.message,
        )
        for finding in analyzer.analyze(source).findings
    ]


@pytest.fixture(scope="session")
def sources(bandit_examples, command) -> dict[str, Source]:
    """What the command did not skip, by file name."""
    skipped = {error["filename"] for error in command["errors"]}
    read: dict[str, Source] = {}
    for path in sorted(bandit_examples.rglob("*.py")):
        if str(path) not in skipped:
            with tokenize.open(path) as file:
                read[str(path)] = Source(file.read(), path.name)
    return read


def test_every_finding_of_the_command_is_found_and_no_other(analyzer, sources, command):
    issues = expected(command)
    assert len(sources) > 80
    assert sum(map(len, issues.values())) > 500
    for name, source in sources.items():
        assert sorted(found(analyzer, source)) == sorted(issues[name]), name


def test_what_the_command_skips_raises(analyzer, command):
    skipped = [Path(error["filename"]) for error in command["errors"]]
    assert skipped
    for path in skipped:
        source = Source(path.read_bytes().decode("utf-8", "replace"))
        with pytest.raises((SyntaxError, ValueError)):  # Python 3.11 has ValueError for null characters
            analyzer.analyze(source)


def test_every_location_is_in_the_text(analyzer, sources):
    for source in sources.values():
        for finding in analyzer.analyze(source).findings:
            where = finding.location
            assert where.line <= where.end_line <= len(source.lines)
            assert where.column <= len(source.lines[where.line - 1]) + 1
            assert where.end_column <= len(source.lines[where.end_line - 1]) + 1
            assert (where.line, where.column) < (where.end_line, where.end_column)


def test_the_order_of_sources_changes_nothing(analyzer, sources):
    forwards = {name: found(analyzer, source) for name, source in sources.items()}
    backwards = {name: found(analyzer, source) for name, source in reversed(sources.items())}
    assert forwards == backwards
