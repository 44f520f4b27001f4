"""The way that data took, as steps below a finding of the page."""

from __future__ import annotations

import dataclasses
import re

import pytest

from quality.model import FlowStep, Location
from quality_reports import HtmlRenderer

TEXT = "a = request.args['<b>']\nb = a\nrun(b)\n"


@pytest.fixture
def page_of(report_of, source_report):
    def make(*lines: int) -> str:
        source = source_report("app/view.py", TEXT, [("bandit:B602", 3, 1, 7)])
        (finding,) = source.score.findings
        way = tuple(FlowStep(Location("app/view.py", n, 1, n, 2), f"it <enters> {n}") for n in lines)
        score = dataclasses.replace(source.score, findings=(dataclasses.replace(finding, flow=way),))
        return HtmlRenderer().render(report_of([dataclasses.replace(source, score=score)]))

    return make


def test_each_step_links_to_its_line_and_says_what_happens_there(page_of) -> None:
    page = page_of(1, 3)
    steps = re.findall(r'<li><a href="#(f\d+-\d+)">line (\d)</a> <code>(.*?)</code>.*?>(it .*?)</span>', page)
    assert [(line, text) for _, line, _, text in steps] == [
        ("1", "it &lt;enters&gt; 1"),
        ("3", "it &lt;enters&gt; 3"),
    ]
    assert all(f'<b id="{anchor}">' in page for anchor, *_ in steps)


def test_what_stands_at_a_step_is_only_ever_text(page_of) -> None:
    assert "<code>a = request.args[&#39;&lt;b&gt;&#39;]</code>" in page_of(1, 3)


@pytest.mark.parametrize("lines", [(), (3,)])
def test_without_a_way_there_are_no_steps(page_of, lines) -> None:
    assert 'class="way"' not in page_of(*lines)


def test_a_step_behind_the_end_of_the_text_is_shown_at_its_end(page_of) -> None:
    assert "line 4" in page_of(1, 99)
