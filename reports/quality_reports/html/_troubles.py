"""What could not be measured, what was silenced, and how the measuring was set up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from quality.model import visible
from quality_reports._evidence import evidence_lines, risk_line, risky
from quality_reports._facts import reason_of, unmeasured
from quality_reports.html._view import Lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quality.model import Report

_ROWS = 300


def troubles(report: Report) -> tuple[Lines, ...]:
    """Lists unmeasured sources, failures, suppressions and tests; what there is none of is left out."""
    suite = report.evidence.suite if report.evidence else None
    lists = (
        _lines(
            "Not measured",
            "These files have no score. An unmeasured file is never counted as good.",
            ((s.path, reason_of(s.score), remedy) for s, remedy in unmeasured(report)),
        ),
        _lines(
            "Analyzers that did not finish",
            "A failed analyzer never means that there is nothing to find.",
            ((s.path, f"{f.analyzer}: {f.kind}", f.text) for s in report.sources for f in s.score.failures),
        ),
        _lines(
            "Suppression comments",
            "Comments that ask a tool to look away.",
            (
                (f"{s.path}:{d.location.line}", d.tool, ", ".join(d.codes) or "everything")
                for s in report.sources
                for d in s.directives
            ),
        ),
        _lines(
            "Tests that failed",
            "They fail the gate. Tests move no score.",
            ((f.name, f.kind, f.message) for f in (suite.failures if suite else ())),
        ),
        _lines(
            "Complex functions that tests hardly reach",
            " ".join(evidence_lines(report)) + " Tests move no score.",
            ((f"{f.path}:{f.line}", f.name, risk_line(f)) for f in risky(report)),
        ),
    )
    return tuple(lines for lines in lists if lines.rows)


def _lines(title: str, explanation: str, rows: Iterable[tuple[str, str, str]]) -> Lines:
    shown = [tuple(visible(text) for text in row) for row in rows]
    note = f"{len(shown) - _ROWS:,} more are not shown." if len(shown) > _ROWS else ""
    return Lines(title, explanation, tuple((a, b, c) for a, b, c in shown[:_ROWS]), note)


def configuration(report: Report) -> tuple[tuple[str, str], ...]:
    """Lists profile, calibration and versions: everything that can move the score."""
    profile, calibration = report.profile, report.profile.calibration
    kind = "sealed: neither settings nor comments change it" if profile.sealed else "settings apply"
    return (
        *(("Tests", line) for line in evidence_lines(report)),
        ("Profile", f"{profile.name} ({kind}). {profile.description}"),
        ("Fingerprint", report.total.fingerprint),
        ("Calibration", f"{calibration.name} ({calibration.digest[:12]})"),
        *((f"Calibration: {name}", text) for name, text in _flat(calibration.facts)),
        *((f"Version: {tool}", version) for tool, version in sorted(report.versions.items())),
    )


def _flat(facts: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, value in facts.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{name}.")
        elif isinstance(value, list | tuple):
            yield f"{prefix}{name}", ", ".join(_short(entry) for entry in value)
        else:
            yield f"{prefix}{name}", str(value)


def _short(entry: object) -> str:
    """An entry of a list; of one with a name, such as a project of the corpus, that and its version."""
    if not isinstance(entry, Mapping) or "name" not in entry:
        return str(entry)
    return f"{entry['name']} {entry.get('version', '')}".strip()
