"""The head of the page: one number, what it is made of, and the gate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quality.model import Status, visible
from quality_reports._facts import (
    dimension_facts,
    gate_line,
    in_points,
    missing,
    reason_of,
    severity_counts,
    suppressed_count,
)
from quality_reports.html._bars import stack
from quality_reports.html._scale import dimension_css, grade_css
from quality_reports.html._view import Hero

if TYPE_CHECKING:
    from markupsafe import Markup

    from quality.model import Report

_REASONS = 4


def hero(report: Report) -> Hero:
    """Makes the head."""
    total = report.total
    whole, point, tenth = in_points(total.value).partition(".")
    return Hero(
        title=visible(report.title),
        whole=whole if total.measured else "–",
        tenth=f"{point}{tenth}",
        grade=total.grade or "",
        grade_css=grade_css(report.profile, total.grade),
        caption=_caption(report),
        bar=_bar(report),
        facts=_facts(report),
        gate=gate_line(report),
        gate_css=_gate_css(report),
        reasons=_reasons(report),
    )


def _gate_css(report: Report) -> str:
    if not report.gated:
        return "absent"
    return "failed" if report.failed else "passed"


def _reasons(report: Report) -> tuple[str, ...]:
    reasons = [visible(reason) for reason in report.failed[:_REASONS]]
    if len(report.failed) > _REASONS:
        reasons.append(f"… and {len(report.failed) - _REASONS:,} more")
    return tuple(reasons)


def _caption(report: Report) -> str:
    total = report.total
    if not total.measured:
        return f"Not measured: {visible(reason_of(total))}."
    costly = max(dimension_facts(report), key=lambda fact: fact.points, default=None)
    words = f"{missing(total)} of 100 points are lost"
    if costly is not None and costly.points > 0:
        words += f", the largest part ({costly.points:.1f}) to {costly.title.lower()}"
    partial = (
        " An optional analyzer did not finish, so the score is partial."
        if total.status is Status.PARTIAL
        else ""
    )
    return f"{words}.{partial}"


def _bar(report: Report) -> Markup:
    kept = 100 * (report.total.value or 0.0)
    parts = [(kept, "kept", f"kept: {in_points(report.total.value)} points")]
    parts += [
        (fact.points, dimension_css(report.profile, fact.id), f"{fact.title}: {fact.points:.2f} points lost")
        for fact in dimension_facts(report)
        if fact.points > 0
    ]
    return stack(parts)


def _facts(report: Report) -> tuple[tuple[str, str], ...]:
    counts = severity_counts(report)
    return (
        (f"{len(report.sources):,}", _noun(len(report.sources), "file")),
        (f"{report.total.lloc:,}", "LLOC"),
        *((f"{count:,}", _noun(count, severity)) for severity, count in counts.items()),
        (f"{suppressed_count(report):,}", "suppressed"),
    )


def _noun(count: int, noun: str) -> str:
    return noun if count == 1 else f"{noun}s"
