"""What the findings mean: each rule once, with code before and after its repair."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from quality.model import counted, visible
from quality_reports._facts import cause_facts
from quality_reports._lesson import lesson_of
from quality_reports.html._code import line_markup
from quality_reports.html._view import RuleView

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quality.model import Report, Rule

#: Lines shown of an example.
LINES = 30


def rule_ids(report: Report) -> dict[str, str]:
    """The rules that found something and those that cost points → their HTML ids, most expensive first."""
    found = {finding.rule_id for source in report.sources for finding in source.score.findings}
    causes = dict.fromkeys(fact.cause for fact in cause_facts(report))
    named = [rule for rule in (*causes, *sorted(found - causes.keys())) if rule in report.rules]
    return {rule: f"r{number}" for number, rule in enumerate(named, start=1)}


def rule_views(rules: Mapping[str, Rule], ids: Mapping[str, str]) -> tuple[RuleView, ...]:
    """Makes what is shown of the rules."""
    return tuple(_view(rules[rule], anchor) for rule, anchor in ids.items())


def _view(rule: Rule, anchor: str) -> RuleView:
    lesson = lesson_of(rule)
    return RuleView(
        id=anchor,
        rule=rule.id,
        title=visible(rule.title),
        why=prose(lesson.why),
        remedy=prose(lesson.remedy),
        before=_code(lesson.before),
        after=_code(lesson.after),
    )


def prose(text: str) -> Markup:
    """Escapes Markdown; what stands between backticks is code."""
    parts = visible(text).split("`")
    if len(parts) % 2 == 0:
        return escape(visible(text))
    return Markup().join(
        Markup("<code>{}</code>").format(part) if number % 2 else escape(part)
        for number, part in enumerate(parts)
    )


def _code(code: str) -> Markup:
    if not code:
        return Markup()
    lines = code.split("\n")
    shown = [line_markup(line) for line in lines[:LINES]]
    if len(lines) > LINES:
        rest = counted(len(lines) - LINES, "more line")
        shown.append(Markup('<span class="cut">… {}</span>').format(rest))
    return Markup("\n").join(shown)
