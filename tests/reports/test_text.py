from __future__ import annotations

import dataclasses
import os
import re
from pathlib import Path

import pytest
from rich.cells import cell_len

from quality.model import Location, Renderer
from quality_reports import TextRenderer
from quality_reports._excerpt import excerpt

GOLD = Path(__file__).parent / "gold"


@pytest.mark.parametrize("width", [60, 120])
def test_the_text_report_is_the_gold_one(hostile_report, width):
    gold = GOLD / f"hostile-{width}.txt"
    text = TextRenderer(width).render(hostile_report)
    if os.environ.get("QUALITY_UPDATE_GOLD"):
        gold.write_text(text, encoding="utf-8")

    assert text == gold.read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [40, 60, 120])
def test_no_line_is_wider_than_the_terminal(hostile_report, width):
    lines = TextRenderer(width).render(hostile_report).split("\n")

    assert max(cell_len(line) for line in lines) <= width


def test_a_dimension_is_one_line_in_a_narrow_terminal(hostile_report):
    text = TextRenderer(40).render(hostile_report)
    shown = text.partition("Dimensions\n")[2].partition("\n\n")[0].splitlines()

    assert len(shown) == len(hostile_report.total.dimensions)


def test_no_control_or_bidirectional_character_of_a_source_gets_through(report_of, source_report):
    text = "x = 1  # \x1b[31m \u202e \x07 \u2028 [bold]not bold[/bold]\n"
    source = source_report("e\x1b[2Jvil.py", text, [("pylint:unused-variable", 1, 1, 60)])

    shown = TextRenderer(120).render(report_of([source], title="\x1b]0;title\x07"))

    assert not re.search("[^\n\x20-\x7e…·]", shown)
    assert "[bold]not bold[/bold]" in shown
    assert "\\x1b[31m" in shown


def test_colours_are_the_only_escapes_a_terminal_gets(hostile_report):
    coloured = TextRenderer(100, color=True).render(hostile_report)

    assert "\x1b[" in coloured
    assert "\x1b" not in re.sub(r"\x1b\[[0-9;]*m", "", coloured)


def test_a_terminal_decides_width_and_colour(monkeypatch):
    monkeypatch.setenv("COLUMNS", "77")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    renderer = TextRenderer().for_terminal()
    monkeypatch.setenv("NO_COLOR", "1")

    assert (renderer.width, renderer.color) == (77, True)
    assert not TextRenderer().for_terminal().color


def test_many_findings_are_capped_and_the_rest_is_counted(report_of, source_report):
    places = [("pylint:unused-variable", line, 5, 9) for line in range(2, 61, 2)]
    text = "".join(f"def f{number}():\n    x = 1\n" for number in range(30))
    source = source_report("many.py", text, places)

    text = TextRenderer(100).render(report_of([source]))

    assert "… and 25 more" in text
    assert text.count("pylint:unused-variable)") == 6  # five findings and one cause


def test_many_files_are_capped_and_the_rest_is_counted(report_of, source_report):
    places = [("pylint:unused-variable", 1, 1, 2)]
    sources = [source_report(f"f{number:02}.py", "x = 1\n", places) for number in range(15)]

    text = TextRenderer(100).render(report_of(sources))

    assert "… and 5 findings in 5 more files" in text


def test_what_could_not_be_measured_has_no_number_and_says_what_to_do(unmeasured_report):
    text = TextRenderer(100).render(unmeasured_report)

    assert "Not measured: no-code" in text
    assert "empty.py: empty" in text
    assert not re.search(r"\d+\.\d", text)


def test_a_passed_gate_is_said(calm_report):
    assert TextRenderer().render(calm_report).endswith("Gate passed (asked for at least 50).\n")


def test_an_unknown_grade_is_written_beside_the_number(calm_report):
    total = dataclasses.replace(calm_report.total, grade="good")

    assert "good" in TextRenderer().render(dataclasses.replace(calm_report, total=total))


def test_a_long_line_is_cut_around_the_finding():
    line = "x" * 300 + "needle" + "y" * 300
    shown = excerpt([line], Location("a.py", 1, 301, 1, 307), 60)

    start = shown.marker.index("^")
    assert shown.text[start : start + 6] == "needle"
    assert len(shown.text) <= 60
    assert shown.marker.count("^") == 6


def test_the_marker_stands_below_wide_characters():
    shown = excerpt(["s = '日本' + bad"], Location("a.py", 1, 12, 1, 15), 60)

    assert shown.marker == " " * cell_len("s = '日本' + ") + "^^^"


def test_a_place_outside_the_text_has_no_excerpt():
    assert excerpt(["one"], Location("a.py", 5), 60) is None


def test_the_renderer_keeps_the_protocol():
    assert isinstance(TextRenderer(), Renderer)


def test_every_finding_says_what_it_costs_and_what_fixing_it_gains(hostile_report):
    text = TextRenderer(120).render(hostile_report)
    total = hostile_report.total
    (cost,) = {round(100 * total.value * each.loss, 2) for each in total.contributions if not each.scope}
    (gain,) = {round(100 * each.gain, 2) for each in total.contributions if not each.scope}

    assert text.count(f"costs {cost:.2f} points, fixing it gains {gain:.2f}") == 3


def test_a_function_says_what_it_costs_and_where_it_stands_among_functions_of_its_size(hostile_report):
    text = TextRenderer(120).render(hostile_report)

    assert re.search(
        r"-2\.10 +total, \+1\.56 without that  shop/<orders> & co.py:11\n +cognitive 10 \(p9\d\), lloc", text
    )
