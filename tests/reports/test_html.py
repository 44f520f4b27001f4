from __future__ import annotations

import base64
import dataclasses
import hashlib
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.model import Confidence, Finding, Location, Severity, visible
from quality_reports import HtmlRenderer
from quality_reports.html._code import LINE, line_markup
from quality_reports.html._sources import FULL_TEXT

VOID = {"meta", "input", "br", "wbr"}


class Page(HTMLParser):
    """Reads a page: elements in order, their attributes, the text outside of scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.raw: dict[str, str] = {"script": "", "style": ""}
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert not self._open

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag):
        assert self._open.pop() == tag

    def handle_data(self, data):
        if self._open and self._open[-1] in self.raw:
            self.raw[self._open[-1]] += data
        else:
            self.text += data

    def values(self, name: str) -> list[str]:
        return [attributes[name] or "" for _, attributes in self.elements if name in attributes]


@pytest.fixture
def page(hostile_report):
    return Page(HtmlRenderer().render(hostile_report))


def test_source_text_is_only_ever_text(page, hostile_report):
    for source in hostile_report.sources:
        if source.score.measured:
            for line in source.text.split("\n"):
                assert visible(line) in page.text
    assert "<i>here</i> & now" in page.text
    tags = [tag for tag, _ in page.elements]
    assert (tags.count("script"), tags.count("style"), tags.count("img")) == (1, 1, 0)


def test_nothing_runs_or_loads_but_the_page_itself(page):
    assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]
    assert not page.values("src")
    assert not page.values("style")
    assert all(link.startswith("#") for link in page.values("href"))


def test_the_policy_allows_exactly_the_script_and_the_style_of_the_page(page):
    policy = next(a["content"] for t, a in page.elements if a.get("http-equiv") == "Content-Security-Policy")
    for kind, text in page.raw.items():
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy


def test_every_link_has_its_target_and_every_id_is_there_once(page):
    ids = page.values("id")

    assert len(ids) == len(set(ids))
    assert {link[1:] for link in page.values("href")} <= set(ids)


def test_the_page_has_its_sections(page):
    sections = [attributes.get("id") for tag, attributes in page.elements if tag == "section"]

    assert sections == [None, "lost", "fixes", "by-file", "by-function", "sources", "rules", "setup"]
    assert [a["id"] for t, a in page.elements if t == "table"] == ["causes", "places", "files", "functions"]
    assert [a["class"] for t, a in page.elements if t == "svg" and a["class"] != "bar"] == [
        "stack",
        "treemap",
        "scatter",
    ]


def test_the_page_says_what_was_not_measured_what_failed_and_what_was_silenced(page):
    assert "syntax-error: line 1: invalid syntax" in page.text
    assert "RecursionError: <deep>" in page.text
    assert "suppressed by a comment" in page.text
    assert "standard library" in page.text  # the calibration's corpus


def test_a_missing_score_is_shown_as_missing(unmeasured_report):
    page = Page(HtmlRenderer().render(unmeasured_report))

    assert "Not measured: no-code." in page.text
    assert not re.search(r"\b(0|100)\.0\b", page.text)
    assert "Nothing to gain" not in page.text
    assert [a.get("id") for tag, a in page.elements if tag == "section"] == [None, "setup"]
    assert {link[1:] for link in page.values("href")} <= set(page.values("id"))


def test_a_clean_report_has_nothing_to_fix(calm_report):
    page = Page(HtmlRenderer().render(calm_report))

    assert "Nothing to gain: no points are lost." in page.text
    assert "100.0" in page.text


def test_a_large_report_stays_small_and_says_what_it_leaves_out(report_of, source_report):
    text = "x = 1\n" + f"{'#' * 79}\n" * 100
    places = [("pylint:unused-variable", line, 1, 4) for line in range(1, 61)]
    one = source_report("p.py", text, places)
    found = tuple(
        dataclasses.replace(each, message=f"{number} " * 3) for number, each in enumerate(one.score.findings)
    )
    one = dataclasses.replace(one, score=dataclasses.replace(one.score, findings=found))
    sources = [
        dataclasses.replace(one, path=f"p{n:03}.py", score=dataclasses.replace(one.score, path=f"p{n:03}.py"))
        for n in range(FULL_TEXT // len(text) + 200)
    ]

    page = HtmlRenderer().render(report_of(sources))

    assert len(page.encode()) < 6_000_000
    assert "around their worst findings" in page
    assert "files that cost less are not shown" in page
    assert "The 10 most severe of 60 findings are shown." in page


def make_finding(column: int, end_column: int, severity: Severity = Severity.ERROR) -> Finding:
    return Finding(
        "a:b", "m", Location("a.py", 1, column, 1, end_column), severity, Confidence.HIGH, "security"
    )


@given(
    st.text(st.characters(exclude_characters="\n"), max_size=60),
    st.lists(st.tuples(st.integers(1, 70), st.integers(1, 70)), max_size=4),
)
def test_a_line_reads_as_its_visible_text_whatever_is_marked(text, ranges):
    markup = line_markup(text, [make_finding(start, end) for start, end in ranges])

    assert Page(str(markup)).text == visible(text)


def test_the_worst_severity_marks_what_findings_share():
    markup = line_markup("abcdef", [make_finding(1, 5, Severity.NOTE), make_finding(3, 7, Severity.ERROR)])

    assert (
        str(markup)
        == '<mark class="note">ab</mark><mark class="error">cd</mark><mark class="error">ef</mark>'
    )


def test_hidden_characters_have_a_span_of_their_own():
    assert str(line_markup("a\u202eb")) == 'a<span class="hidden">\\u202e</span>b'


def test_a_very_long_line_is_cut():
    assert str(line_markup("x" * (LINE + 1500))).endswith("… 1,500 more characters</span>")


def test_findings_and_functions_say_what_they_cost_and_what_fixing_them_gains(page):
    assert "costs 8.41 points, fixing it gains 6.67" in page.text
    assert re.search(r"of functions of its size have no more", " ".join(page.values("title")))
    for heading in ("Among its size", "Points", "Gain"):
        assert heading in page.text


def test_a_reason_has_its_code_set_as_code(report_of, source_report, page):
    report = report_of([source_report("a.py", "x = 1\n", [("bandit:B602", 1, 1, 2)])])
    rules = dict(report.rules)
    rules["bandit:B602"] = dataclasses.replace(rules["bandit:B602"], why="A `;` <ends> it.")

    drawn = HtmlRenderer().render(dataclasses.replace(report, rules=rules))

    assert '<p class="muted">A <code>;</code> &lt;ends&gt; it.</p>' in drawn


def test_the_projects_of_the_corpus_are_named_with_their_versions(calm_report):
    projects = [{"name": "click", "version": "8.1", "sha256": "5e"}, {"name": "ours"}, "stdlib"]
    profile = calm_report.profile
    calibration = dataclasses.replace(profile.calibration, facts={"corpus": projects})
    profile = dataclasses.replace(profile, calibration=calibration)

    page = Page(HtmlRenderer().render(dataclasses.replace(calm_report, profile=profile)))

    assert "click 8.1, ours, stdlib" in page.text
