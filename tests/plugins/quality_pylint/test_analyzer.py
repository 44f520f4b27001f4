from __future__ import annotations

import subprocess
import sys

import pytest

from quality.model import Analyzer, Source
from quality_pylint import PylintAnalyzer, catalogue, quality_analyzers, quality_rules

from .conftest import opened, place

RULES = {rule.id: rule for rule in catalogue()}


def deep(terms: int) -> str:
    return "value = " + " + ".join(["1"] * terms) + "\n"


def test_the_plugin_brings_one_analyzer_and_the_catalogue():
    (analyzer,) = quality_analyzers()
    assert isinstance(analyzer, Analyzer)
    assert quality_rules() == catalogue()


def test_the_version_names_the_tools():
    version = PylintAnalyzer().version
    assert "pylint 4.1.4" in version
    assert "astroid 4.3.4" in version


def test_importing_and_making_it_imports_no_pylint():
    code = "import sys, quality_pylint as q; q.PylintAnalyzer(); q.catalogue(); sys.exit('pylint' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_only_enabled_messages_are_reported():
    text = "import os\nimport sys\nassert (1, 2)\n"
    findings = opened("assert-on-tuple").analyze(Source(text)).findings
    assert [place(each) for each in findings] == [("assert-on-tuple", 3, 1)]


def test_a_finding_has_its_rule_and_its_range(analyzer):
    (finding,) = opened("eval-used").analyze(Source("x = eval('1')\n")).findings
    assert finding.message == "Use of eval"
    assert (finding.dimension, finding.severity, finding.cwe) == ("security", "warning", 95)
    where = finding.location
    assert (where.line, where.column, where.end_line, where.end_column) == (1, 5, 1, 14)
    assert where.path == "sample.py"


@pytest.mark.parametrize(
    ("text", "symbol", "column"),
    [
        ("x = 'äöü€𝄞'; y = eval('1')\n", "eval-used", 18),
        ("x = 'äöü€𝄞'; y = '\\d'\n", "anomalous-backslash-in-string", 19),
        ("x = 'äöü€𝄞'; y = u'a'\n", "redundant-u-string-prefix", 18),
    ],
)
def test_columns_count_code_points(text, symbol, column):
    (finding,) = opened(symbol).analyze(Source(text)).findings
    assert finding.location.column == column


def test_a_package_may_import_what_it_does_not_use():
    analyzer = opened("unused-import")
    assert len(analyzer.analyze(Source("from a import b\nprint()\n", "pkg/mod.py")).findings) == 1
    assert analyzer.analyze(Source("from a import b\nprint()\n", "pkg/__init__.py")).findings == ()


def test_a_package_may_name_its_modules_for_a_star():
    analyzer = opened("undefined-all-variable")
    assert len(analyzer.analyze(Source("__all__ = ['reader']\n", "pkg/mod.py")).findings) == 1
    assert analyzer.analyze(Source("__all__ = ['reader']\n", "pkg/__init__.py")).findings == ()


def test_types_in_comments_count_as_uses_where_comments_count():
    text = "from a import Name\nx = []  # type: list[Name]\n"
    assert opened("unused-import", sealed=False).analyze(Source(text)).findings == ()
    assert len(opened("unused-import").analyze(Source(text)).findings) == 1


@pytest.mark.parametrize("sealed", [True, False])
def test_no_type_in_a_comment_hides_what_a_detour_calls(sealed):
    text = "go = eval\ngo('1')\n"
    told = f"{text}x = 1  # type: int\n"
    analyzer = opened("eval-used", sealed=sealed)
    assert [place(each) for each in analyzer.analyze(Source(told)).findings] == [
        place(each) for each in analyzer.analyze(Source(text)).findings
    ]


@pytest.mark.parametrize("pragma", ["disable=all", "skip-file", "disable=eval-used", "disable-next=all"])
def test_no_pragma_counts(pragma):
    text = f"# pylint: {pragma}\nx = eval('1')  # pylint: {pragma}\n"
    assert len(opened("eval-used").analyze(Source(text)).findings) == 1


def test_a_member_that_the_text_gives_to_another_module_is_not_missed():
    text = "import os\n\nos.extra = 1\nprint(os.extra, os.missing)\n"
    (finding,) = opened("no-member").analyze(Source(text)).findings
    assert "'missing'" in finding.message


ABOVE = """
class Party:
    def yearly(self):
        return self.monthly * 12

"""
PERSON = "class Person(Party):\n    def __init__(self, monthly):\n        self.monthly = monthly\n\n"
GROUP = "class Group(Party):\n    @property\n    def monthly(self):\n        return 1\n\n"
LAZY = "class Lazy(Party):\n    pass\n\n"


@pytest.mark.parametrize(
    ("below", "missed"),
    [
        (PERSON, 0),
        (PERSON + GROUP, 0),
        (PERSON + LAZY + "class Late(Lazy):\n    monthly = 3\n", 0),
        (PERSON + LAZY, 1),
        ("", 1),
    ],
)
def test_a_member_that_all_classes_below_have_is_not_missed_above(below, missed):
    assert len(opened("no-member").analyze(Source(ABOVE + below)).findings) == missed


def test_a_member_that_classes_below_have_is_not_missed_in_a_comprehension():
    above = ABOVE.replace("self.monthly * 12", "[self.monthly * month for month in range(12)]")
    assert [len(opened("no-member").analyze(Source(above + below)).findings) for below in (PERSON, "")] == [
        0,
        1,
    ]


TURNS = """
def best_of(rows):
    best = None
    for row in rows:
        if best is None or row[0] > best[0]:
            best = {bound}
    return best
"""


@pytest.mark.parametrize(("bound", "found"), [("row", 0), ("None", 1)])
def test_what_a_turn_before_bound_is_not_taken_for_none(bound, found):
    text = TURNS.format(bound=bound)
    assert len(opened("unsubscriptable-object").analyze(Source(text)).findings) == found


def test_none_is_not_used_as_something_else():
    text = "def f():\n    x = None\n    x[0] = 1\n    x = []\n    return x\n"
    assert len(opened("unsupported-assignment-operation").analyze(Source(text)).findings) == 1


POSTED = "class Post:\n    def cost(self, order):\n        return order.weight\n\n\n"
PICKED = "class Pickup:\n    def cost(self, {name}):\n        return 0\n"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (POSTED + PICKED.format(name="order"), 0),
        (POSTED + PICKED.format(name="other"), 1),
        (PICKED.format(name="order"), 1),
        ("def cost(order):\n    return 0\n\n\n" + POSTED, 1),
        ("def free(order):\n    return 0\n\n\nCOSTS = {'free': free}\n", 0),
        ("def free(order):\n    return 0\n\n\nCOST = free(None)\n", 1),
    ],
)
def test_what_others_decide_to_call_with_is_not_unused(text, found):
    assert len(opened("unused-argument").analyze(Source(text)).findings) == found


@pytest.mark.parametrize(("text", "found"), [("raise KeyError('%s' % a)", 0), ("b = '%s' % a", 1)])
def test_how_a_complaint_is_worded_is_no_matter_of_the_code_around_it(text, found):
    result = opened("consider-using-f-string").analyze(Source(f"def f(a):\n    {text}\n", "a.py"))
    assert len(result.findings) == found


def test_a_circle_of_classes_ends():
    text = ABOVE.replace("Party:", "Party(Round):") + "class Round(Party):\n    pass\n"
    opened("no-member").analyze(Source(text))


@pytest.mark.parametrize("super_", ["super()", "super(Limited, cls)"])
def test_a_class_method_outside_of_a_class_may_ask_for_the_class_above(super_):
    text = (
        f"@classmethod\ndef limited(cls, x):\n    made = {super_}.made(x)\n    return made\n    made.go()\n"
    )
    findings = opened("unreachable", "no-member", "not-an-iterable").analyze(Source(text)).findings
    assert [place(each)[0] for each in findings] == ["unreachable"]


def test_a_text_that_does_not_parse_raises():
    with pytest.raises(SyntaxError):
        opened("eval-used").analyze(Source("def f(:\n"))


def test_a_crash_raises_and_the_next_source_is_analysed_as_ever():
    analyzer = opened("eval-used", "wrong-import-position")
    with pytest.raises(Exception, match=r"recursion|transform"):
        analyzer.analyze(Source("x = 1\n" + deep(700)))
    findings = analyzer.analyze(Source("import os\nx = eval('1')\n")).findings
    assert [place(each)[0] for each in findings] == ["eval-used"]


def test_nothing_is_printed_and_no_file_is_written(tmp_path, monkeypatch, capfd):
    for name in ("HOME", "PYLINTHOME", "XDG_CACHE_HOME", "TMPDIR"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.chdir(tmp_path)
    analyzer = opened(*(rule_id.partition(":")[2] for rule_id in RULES))
    with pytest.raises(Exception, match=r"recursion|transform"):
        analyzer.analyze(Source(deep(700)))
    analyzer.analyze(Source("import tkinter, os\nx = '\\d' is 1\n"))
    assert list(tmp_path.iterdir()) == []
    assert capfd.readouterr() == ("", "")


def test_configuration_of_the_folder_and_the_user_is_not_read(tmp_path, monkeypatch):
    (tmp_path / "pylintrc").write_text("[MAIN]\ninit-hook=open('ran', 'w').close()\ndisable=all\n")
    monkeypatch.setenv("PYLINTRC", str(tmp_path / "pylintrc"))
    monkeypatch.chdir(tmp_path)
    assert len(opened("eval-used").analyze(Source("x = eval('1')\n")).findings) == 1
    assert not (tmp_path / "ran").exists()


def test_a_message_does_not_give_the_text_a_name():
    text = "class A:\n    def __init__(self):\n        self.mask = None\n\n    def mask(self, x=self.a):\n        return 1\n\nclass B:\n    def __init__(self):\n        self.size = len('')\n\n    def size(self):\n        return 1\n"
    (finding,) = opened("method-hidden").analyze(Source(text)).findings
    assert finding.message == "An attribute defined line 10 hides this method"
