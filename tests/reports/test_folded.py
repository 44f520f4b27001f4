"""What a rule says again and again of one function is shown once, and costs what it costs."""

from __future__ import annotations

import dataclasses
import re

import pytest

from quality.model import Contribution, Costs, FlowStep, Score, Status
from quality_reports import GithubRenderer, HtmlRenderer, JsonRenderer, SarifRenderer, TextRenderer
from quality_reports._folded import Folded, Folding

TEXT = """\
def one(a):
    b = a
    c = a
    d = a


def two(a):
    b = a


b = 1
c = 1
"""
RULE = "pylint:unused-variable"
#: A rule that sees the same as bandit:B602 in the reports where it is said to.
TWIN = "pylint:dangerous-default-value"
PLACES = [(RULE, line, 5, 6) for line in (2, 3, 4, 8)] + [(RULE, line, 1, 2) for line in (11, 12)]


@pytest.fixture
def source(source_report):
    source = source_report("a.py", TEXT, PLACES)
    return named(source, [f"Unused variable {name!r}" for name in "bcdbbc"])


def named(source, messages):
    found = tuple(
        dataclasses.replace(finding, message=message)
        for finding, message in zip(source.score.findings, messages, strict=True)
    )
    return dataclasses.replace(source, score=dataclasses.replace(source.score, findings=found))


def folded(findings, measures):
    """Folds where nothing costs anything and no rules are equivalent."""
    return Folding(Costs(Score(Status.MEASURED, "p", "f")), {}).of(findings, measures)


def lines_of(entries: list[Folded]) -> list[list[int]]:
    return [[finding.location.line for finding in entry.all] for entry in entries]


def test_findings_that_differ_in_names_are_one_in_a_function_and_one_in_code_outside(source):
    score = source.score

    assert lines_of(folded(score.findings, score.measures)) == [[2, 3, 4], [8], [11, 12]]


def test_findings_that_say_something_else_stay_apart(source):
    score = named(
        source, ["Unused variable b", "Unused variable c", "never runs: it stands behind return", *"xyz"]
    ).score

    assert lines_of(folded(score.findings, score.measures))[:2] == [[2, 3], [4]]


def test_suppressed_findings_and_other_severities_and_ways_of_data_stay_apart(source):
    first, second, third, *rest = source.score.findings
    changed = (
        first,
        dataclasses.replace(second, suppressed=True),
        dataclasses.replace(third, flow=(FlowStep(first.location, "comes from a parameter"),)),
    )

    assert lines_of(folded([*changed, *rest], source.score.measures))[:3] == [[2], [3], [4]]


def test_what_is_folded_costs_the_sum_of_its_parts(source):
    costs = Costs(source.score)
    entry, *_ = folded(source.score.findings, source.score.measures)

    assert costs.of(*entry.all).loss == pytest.approx(sum(costs.of(each).loss for each in entry.all))
    assert costs.of(*entry.all).gain > costs.of(entry.first).gain > 0


def test_the_text_names_the_other_lines_and_what_all_cost_together(source, report_of):
    text = TextRenderer(100).render(report_of([source]))

    assert re.search(r"and 2 more at lines 3, 4; together cost \S+ points, fixing them gains", text)
    assert text.count("Unused variable 'c'") == 0
    assert "6 findings" in text


def test_the_page_links_to_the_other_lines_and_marks_them(source, report_of):
    page = HtmlRenderer().render(report_of([source]))
    links = re.findall(
        r'<p class="others">and 2 more at lines <a href="#([^"]+)">3</a> <a href="#([^"]+)">4</a>', page
    )

    assert links
    assert all(f'id="{target}"' in page for target in links[0])
    assert page.count("<mark") == len(PLACES)


def test_annotations_are_folded_and_lists_for_programs_are_not(source, report_of):
    report = report_of([source])

    assert GithubRenderer().render(report).count(f"title={RULE.replace(':', '%3A')}") == 3
    assert SarifRenderer().render(report).count('"ruleIndex"') == len(PLACES)
    assert JsonRenderer().render(report).count(f'"rule": "{RULE}"') == len(PLACES)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([3], ""),
        ([3, 3, 3], "and 2 more on this line"),
        ([3, 5], "and 1 more at line 5"),
        (list(range(1, 13)), "and 11 more at lines 2, 3, 4, 5, 6, 7, 8, 9 …"),
    ],
)
def test_the_other_lines_are_said_in_few_words(source, lines, said):
    first = source.score.findings[0]
    found = [
        dataclasses.replace(first, location=dataclasses.replace(first.location, line=line, end_line=line))
        for line in lines
    ]

    assert [entry.rest for entry in folded(found, ())] == [said]


def test_a_thousand_unlike_messages_are_looked_at_in_little_time(source):
    first = source.score.findings[0]
    found = [dataclasses.replace(first, message=f"m{number} " * 400) for number in range(1000)]

    assert len(folded(found, ())) == len(found)


@pytest.fixture
def seen_thrice(source_report, report_of):
    """A report on one source where two equivalent rules see what one is charged for, and others stand apart."""
    places = [("bandit:B602", 2, 5, 6), (TWIN, 2, 5, 6), (TWIN, 3, 5, 6), (RULE, 2, 5, 6)]
    source = source_report("a.py", TEXT, places)
    findings = source.score.findings
    paid = [
        Contribution("security", "bandit:B602", 2, 0.2, path=source.score.path),
        Contribution("security", TWIN, 3, 0.1, path=source.score.path),
    ]
    score = dataclasses.replace(source.score, findings=findings, contributions=tuple(paid))
    report = report_of([dataclasses.replace(source, score=score)])
    twin = dataclasses.replace(report.rules["bandit:B602"], id=TWIN, equivalents=("bandit:B602",))
    return dataclasses.replace(report, total=score, rules={**report.rules, twin.id: twin})


def test_what_equivalent_rules_see_in_one_place_is_shown_with_the_one_that_is_charged(seen_thrice):
    (source,) = seen_thrice.sources
    entries = Folding(Costs(seen_thrice.total), seen_thrice.rules).of(source.score.findings, ())

    assert [(entry.first.rule_id, entry.first.location.line, entry.also) for entry in entries] == [
        ("bandit:B602", 2, f"also found by {TWIN}"),
        (RULE, 2, ""),
        (TWIN, 3, ""),
    ]
    assert sum(entry.count for entry in entries) == len(source.score.findings)


def test_a_suppressed_finding_is_not_shown_with_another(seen_thrice):
    (source,) = seen_thrice.sources
    silent = [dataclasses.replace(each, suppressed=each.rule_id == TWIN) for each in source.score.findings]

    assert all(
        not entry.also for entry in Folding(Costs(seen_thrice.total), seen_thrice.rules).of(silent, ())
    )


def test_every_format_for_people_names_the_other_rules(seen_thrice):
    for renderer in (TextRenderer(200), HtmlRenderer(), GithubRenderer()):
        assert renderer.render(seen_thrice).count(f"also found by {TWIN}") == 1
    assert JsonRenderer().render(seen_thrice).count(f'"rule": "{TWIN}"') == 2
