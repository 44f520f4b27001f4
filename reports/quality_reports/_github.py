"""Annotations of a GitHub Actions run, as workflow commands.

https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quality.model import Costs, Severity, visible
from quality_reports._facts import SEVERITIES, charged, gate_line, in_points, reason_of, unmeasured
from quality_reports._folded import Folded, Folding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality.model import Report

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


class GithubRenderer:
    """Renders one workflow command per finding, worst first: GitHub shows only the first ten of a kind.

    Findings that say the same of one function are one command, which names the lines of the others.
    """

    id = "github"
    description = "Annotations in a GitHub Actions run."

    def render(self, report: Report) -> str:
        """Renders the report."""
        return "".join(f"{line}\n" for line in _lines(report))


def _lines(report: Report) -> Iterator[str]:
    for source, remedy in unmeasured(report):
        text = f"Not measured ({reason_of(source.score)}). {remedy}"
        yield _command("error", text, file=source.path, title="quality: not measured")
    folding = Folding(Costs(report.total), report.rules)
    entries = [
        (source.path, entry)
        for source in report.sources
        for entry in folding.of(charged(source.score.findings), source.score.measures)
    ]
    entries.sort(key=lambda pair: SEVERITIES.index(pair[1].first.severity))
    for path, entry in entries:
        yield _finding(path, entry)
    total = report.total
    score = f"{in_points(total.value)} of 100, grade {total.grade}" if total.measured else "not measured"
    text = " ".join(
        part for part in (f"Score: {score}.", gate_line(report), "; ".join(report.failed)) if part
    )
    yield _command("error" if report.failed else "notice", text, title="quality")


def _finding(path: str, entry: Folded) -> str:
    finding = entry.first
    where = finding.location
    place: dict[str, str | int] = {"file": path, "line": where.line, "endLine": where.end_line}
    if where.line == where.end_line:  # columns of a range over several lines are refused
        place |= {"col": where.column, "endColumn": where.end_column}
    more = "; ".join(part for part in (entry.rest, entry.also) if part)
    message = f"{finding.message} ({more})" if more else finding.message
    return _command(_COMMANDS[finding.severity], message, **place, title=finding.rule_id)


def _command(name: str, message: str, **properties: str | int) -> str:
    written = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    return f"::{name} {written}::{_data(message)}"


def _data(text: str) -> str:
    return visible(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
