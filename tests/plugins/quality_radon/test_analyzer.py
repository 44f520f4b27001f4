from __future__ import annotations

import subprocess
import sys

import pytest
from radon.raw import analyze

import quality_radon
from quality.model import Analyzer, Source
from quality_radon import RadonAnalyzer
from quality_radon._raw import raw_counts

UNIT_METRICS = {
    "choices",
    "cognitive",
    "cyclomatic",
    "guard-cognitive",
    "guard-lloc",
    "lloc",
    "nesting",
    "parameters",
}


def test_it_is_an_analyzer_that_names_its_tools():
    analyzer = RadonAnalyzer()
    assert isinstance(analyzer, Analyzer)
    assert analyzer.id == "radon"
    assert "radon-6.0.1" in analyzer.version


def test_its_package_imports_no_tool():
    code = "import sys, quality_radon; quality_radon.RadonAnalyzer(); sys.exit('radon' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_it_measures_only_when_open():
    with pytest.raises(RuntimeError, match="not opened"):
        RadonAnalyzer().analyze(Source("x = 1\n"))


@pytest.mark.parametrize("text", ["def f(:\n", "x = 1\n  y = 2\n"])
def test_what_does_not_parse_raises(measure, text):
    with pytest.raises(SyntaxError):
        measure(text)


def test_what_is_nested_too_deeply_raises(measure):
    with pytest.raises(RecursionError):
        measure("x = " + "1 if y else " * 900 + "1\n")


def test_what_counts_nothing_may_be_nested_deeply(measure):
    assert measure("x = " + "+".join(["1"] * 900) + "\n")["cyclomatic"]


def test_facts_are_measured_on_demand_only(measure):
    assert set(measure("x = 1\n")) == UNIT_METRICS
    assert set(measure("x = 1\n", facts=True)) > UNIT_METRICS


def test_every_measure_has_a_metric_and_the_other_way_round(measure):
    defined = {metric.id.removeprefix("radon:") for metric in quality_radon.quality_metrics()}
    assert set(measure("x = 1\n", facts=True)) == defined


def test_raw_counts_are_radons(measure):
    text = '"""Doc.\n\nMore.\n"""\n# comment\nx = [  # why\n    1,\n]\n\n\ndef f():\n    return 1; pass\n'
    raw = analyze(text)
    measured = measure(text, facts=True)
    names = {
        "loc": "loc",
        "lloc": "raw-lloc",
        "sloc": "sloc",
        "comments": "comments",
        "multi": "multi",
        "blank": "blank",
    }
    assert {name: measured[metric]["<module>"] for name, metric in names.items()} == {
        name: getattr(raw, name) for name in names
    }


def test_raw_counts_break_lines_where_python_does(measure):
    assert measure("x = '\u2028\x85'\n\x0cy = 1\n", facts=True)["loc"]["<module>"] == 2


@pytest.mark.parametrize(
    "text",
    [
        "x = {\n" + "    1: 2,\n" * 1500 + "}\n",
        "x = 1" + " + \\\n 1" * 1500 + "\n",
        'x = """' + "words and more words\n" * 2000 + '"""\n',
    ],
)
def test_raw_counts_of_long_statements_take_one_look(text):
    counts = raw_counts(Source(text))
    assert counts.loc == counts.sloc + counts.multi == text.count("\n")


def test_the_index_does_not_move_with_comments(measure):
    plain = measure("def f(a):\n    return a + 1 if a else a * 2\n", facts=True)
    commented = measure("def f(a):\n    # why\n    # so\n    return a + 1 if a else a * 2\n", facts=True)
    assert plain["maintainability-index"] == commented["maintainability-index"]


@pytest.mark.parametrize(
    "text",
    [
        "x = 1",
        "\n\n# alone\nx = 1  # beside\n\n",
        'def f():\n    """One line."""\n    return 1; pass\n',
        'def f():\n    """Several\n\n    lines.\n    """\n\n    # why\n    return (\n        1,\n\n        # two\n        2,\n    )\n',
        "if a: b = 1\nelse:\n    b = 'x\\\n  y' \\\n\n\n",
        "x = [\n    f'{a:>{b}}' for a in b if a\n]; y = {1: 2}\n@d\nclass C: pass\n",
        "try: 1/0\nexcept E: x = a[1:2]; lambda: 1\n  \n\t# tabs\n",
    ],
)
def test_whatever_a_text_has_raw_counts_are_radons(text):
    assert raw_counts(Source(text)) == analyze(text)


def test_imports_for_type_checkers_decide_nothing(measure):
    guarded = measure("if TYPE_CHECKING:\n    from pathlib import Path\n")
    assert measure("from pathlib import Path\n")["cognitive"] == guarded["cognitive"]
    assert measure("from pathlib import Path\n")["nesting"] == guarded["nesting"]


def test_what_else_is_for_type_checkers_counts(measure):
    assert measure("if TYPE_CHECKING:\n    from a import b\nelse:\n    b = None\n")["cognitive"] == {
        "<module>": 2.0
    }
