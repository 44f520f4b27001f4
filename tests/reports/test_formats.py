"""What holds for every format."""

from __future__ import annotations

import json

import jsonschema
import pytest

from quality.model import Renderer
from quality.schema import json_schema
from quality_reports import quality_renderers

RENDERERS = {renderer.id: renderer for renderer in quality_renderers()}

each_format = pytest.mark.parametrize("renderer", RENDERERS.values(), ids=RENDERERS)


def test_the_formats_are_those_of_the_command():
    assert sorted(RENDERERS) == [
        "github",
        "gitlab",
        "html",
        "json",
        "junit",
        "markdown",
        "sarif",
        "sonarqube",
        "text",
    ]


@each_format
def test_a_renderer_keeps_the_protocol(renderer):
    assert isinstance(renderer, Renderer)
    assert renderer.description.endswith(".")


@each_format
@pytest.mark.parametrize("name", ["hostile_report", "calm_report", "unmeasured_report"])
def test_the_same_report_gives_the_same_bytes(renderer, name, request):
    report = request.getfixturevalue(name)
    text = renderer.render(report)

    assert renderer.render(report) == text
    assert text.endswith("\n")


@each_format
def test_no_control_or_bidirectional_character_of_a_source_gets_through(renderer, hostile_report):
    text = renderer.render(hostile_report)

    assert not set(text) & set("\x1b\u202e\u202c\x00\r")


@each_format
@pytest.mark.parametrize("path", ["\udcff.py", "a\nb.py", "/abs/x.py", "C:/x y.py", "ä/ö.py", "a:b.py"])
def test_odd_paths_are_no_obstacle(renderer, report_of, source_report, path):
    source = source_report(path, "x = 1\n", [("bandit:B602", 1, 1, 2)])

    assert renderer.render(report_of([source])).encode("utf-8")


@each_format
def test_a_place_outside_of_the_text_is_no_obstacle(renderer, report_of, source_report):
    places = [("bandit:B602", 99, 70, 90), ("pylint:unused-variable", 1, 500, 600)]

    assert "B602" in renderer.render(report_of([source_report("a.py", "x = 1\n", places)]))


@pytest.mark.parametrize("name", ["hostile_report", "calm_report", "unmeasured_report"])
def test_json_satisfies_its_schema(name, request):
    schema = json_schema()
    document = json.loads(RENDERERS["json"].render(request.getfixturevalue(name)))

    jsonschema.validate(document, {**schema["$defs"]["ReportDocument"], "$defs": schema["$defs"]})
    assert [source["id"] for source in document["sources"]] == [s["path"] for s in document["sources"]]
