from __future__ import annotations

import dataclasses

import pytest

from quality.model import Case, Rule, Severity
from quality_reports import HtmlRenderer
from quality_reports._lesson import Lesson, lesson_of
from quality_reports.html._rules import LINES, rule_ids, rule_views

PAGE = """\
## What it does

Reports `==` with None.

## Example

```python
## not a heading
if x == None:
    stop()
```

## Use instead

Ask for identity:

```python
if x is None:
    stop()
```

## References

- none
"""

RULE = Rule(
    id="pylint:dangerous-default-value",
    title="Mutable default",
    dimension="reliability",
    severity=Severity.WARNING,
    why="All calls share it.",
    analyzer="pylint",
)
REPORTED = Case("f(1)\n", reported=True, captions=("1:1 message",), fixed="f(2)\n")
FINE = Case("\nf(3)\n", reported=False, captions=("Give it three:",))


def with_cases(*cases: Case) -> Rule:
    return dataclasses.replace(RULE, cases=lambda: cases)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (RULE, Lesson("All calls share it.", "", "", "")),
        (
            dataclasses.replace(RULE, documentation=PAGE, cases=lambda: (REPORTED, FINE)),
            Lesson(
                "All calls share it.",
                "Ask for identity",
                "## not a heading\nif x == None:\n    stop()",
                "if x is None:\n    stop()",
            ),
        ),
        (with_cases(REPORTED, FINE), Lesson("All calls share it.", "", "f(1)", "f(2)")),
        (
            with_cases(FINE, dataclasses.replace(REPORTED, fixed=None)),
            Lesson("All calls share it.", "Give it three", "f(1)", "f(3)"),
        ),
        (with_cases(FINE), Lesson("All calls share it.", "", "", "")),
    ],
    ids=["nothing known", "from its page", "its own fix", "from its cases", "nothing reported"],
)
def test_a_lesson_comes_from_the_page_or_from_the_cases(rule, expected):
    assert lesson_of(rule) == expected


def test_every_rule_that_found_something_is_explained_once_and_most_expensive_first(hostile_report):
    ids = rule_ids(hostile_report)
    costly = [part.cause for part in hostile_report.total.contributions if part.cause in ids]
    found = {f.rule_id for source in hostile_report.sources for f in source.score.findings}

    assert found & hostile_report.rules.keys() <= ids.keys()
    assert next(iter(ids)) in costly
    assert len(set(ids.values())) == len(ids)


def test_the_page_shows_examples_escaped_and_cut(hostile_report):
    long = "\n".join(f"<b>{number}</b>" for number in range(LINES + 7))
    hostile = dataclasses.replace(
        RULE,
        why="`<i>` is <u>",
        cases=lambda: (Case(long, reported=True), Case("<script>1</script>", reported=False)),
    )
    report = dataclasses.replace(hostile_report, rules={**hostile_report.rules, RULE.id: hostile})
    (view,) = [view for view in rule_views(report.rules, rule_ids(report)) if view.rule == RULE.id]

    assert view.why == "<code>&lt;i&gt;</code> is &lt;u&gt;"
    assert view.after == "&lt;script&gt;1&lt;/script&gt;"
    assert "&lt;b&gt;0&lt;/b&gt;" in view.before
    assert "7 more lines" in view.before
    text = HtmlRenderer().render(report)
    assert text.count("&lt;script&gt;1&lt;/script&gt;") == 1
    assert f'href="#{view.id}"' in text
