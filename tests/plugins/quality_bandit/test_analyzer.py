from __future__ import annotations

import logging
import subprocess
import sys
import warnings

import pytest

from quality.model import Analyzer, AnalyzerContext, Confidence, Severity, Source
from quality_bandit import BanditAnalyzer, quality_rules

INSECURE = "import subprocess\nsubprocess.run(command, shell=True)\n"


def where(finding):
    location = finding.location
    return (location.line, location.column, location.end_line, location.end_column)


def test_it_is_an_analyzer_that_names_its_tool():
    analyzer = BanditAnalyzer()
    assert isinstance(analyzer, Analyzer)
    assert analyzer.id == "bandit"
    assert "bandit-1.9.4" in analyzer.version


def test_its_package_imports_no_tool():
    code = "import sys, quality_bandit; quality_bandit.BanditAnalyzer(); sys.exit('bandit' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_it_checks_only_when_open():
    with pytest.raises(RuntimeError, match="not opened"):
        BanditAnalyzer().analyze(Source("x = 1\n"))


def test_only_enabled_rules_are_reported():
    rules = {rule.id: rule for rule in quality_rules() if rule.id in {"bandit:B404", "bandit:B101"}}
    analyzer = BanditAnalyzer()
    analyzer.open(AnalyzerContext(rules))
    findings = analyzer.analyze(Source(INSECURE + "assert x\n")).findings
    assert [finding.rule_id for finding in findings] == ["bandit:B404", "bandit:B101"]


def test_nothing_is_reported_without_rules():
    analyzer = BanditAnalyzer()
    analyzer.open(AnalyzerContext({}))
    assert analyzer.analyze(Source(INSECURE)).findings == ()


def test_findings_have_the_issues_severity_confidence_and_weakness(check):
    finding = check(INSECURE)[1]
    assert finding.rule_id == "bandit:B602"
    assert (finding.severity, finding.confidence) == (Severity.ERROR, Confidence.HIGH)
    assert (finding.dimension, finding.cwe) == ("security", 78)


def test_columns_count_code_points(check):
    (finding,) = check("x = 'é𝒳'; eval(y)\n")
    assert where(finding) == (1, 11, 1, 18)


def test_an_issue_in_another_line_than_its_node_covers_that_line(check):
    import_, finding = check("import subprocess\nsubprocess.run(\n    command,\n    shell=True,\n)\n")
    assert where(import_) == (1, 1, 1, 18)
    assert where(finding) == (4, 5, 4, 16)


def test_an_issue_of_a_function_covers_its_header(check):
    (finding,) = check("def f(\n    user, password='admin'\n):\n    pass\n")
    assert (finding.rule_id, where(finding)) == ("bandit:B107", (1, 1, 1, 7))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("x = 'a\u202eb'\n", (1, 7, 1, 8)),
        ("# \x0c \u2028\nx = 1  # \u202e\n", (2, 10, 2, 11)),
        ("# coding: latin-1\n# \u2067\n", (2, 3, 2, 4)),
    ],
)
def test_reversing_characters_are_found_where_python_sees_them(check, text, place):
    (finding,) = check(text)
    assert (finding.rule_id, where(finding)) == ("bandit:B613", place)


def test_nosec_comments_are_ignored(check):
    assert len(check("exec(x)  # nosec\neval(x)  # nosec: B307\n")) == 2


def test_messages_show_no_addresses(check):
    (finding,) = check("import tarfile\ntarfile.open(x).extractall(members=[a])\n")
    assert "List" in finding.message
    assert "0x" not in finding.message


@pytest.mark.parametrize("text", ["def f(:\n", "x = 1\n  y = 2\n", "x = (\n", "x = '\ud800'\n"])
def test_what_does_not_parse_raises(check, text):
    with pytest.raises((SyntaxError, UnicodeEncodeError)):
        check(text)


def test_what_is_nested_too_deeply_raises(check):
    with pytest.raises(RecursionError):
        check("x = " + "+".join(["'select * from t where x'"] * 2000) + "\n")


def test_many_terms_hide_nothing(check):
    assert [finding.rule_id for finding in check("eval(x)\ny = " + "+".join(["1"] * 900) + "\n")] == [
        "bandit:B307"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "import importlib\nimportlib.import_module(**names)\neval(x)\n",
        "f({[]})\neval(x)\n",
        "from . import a\neval(x)\n",
    ],
)
def test_a_check_that_cannot_cope_loses_nothing_else(check, text):
    assert [finding.rule_id for finding in check(text)] == ["bandit:B307"]


def test_earlier_sources_change_nothing(analyzer):
    later = Source("run(command, shell=True)\nsub.run(command)\n")
    alone = BanditAnalyzer()
    alone.open(AnalyzerContext({rule.id: rule for rule in quality_rules()}))
    before = alone.analyze(later)
    analyzer.analyze(Source("import subprocess as sub\nfrom subprocess import run\nsub.run(a)\nrun(b)\n"))
    with pytest.raises(SyntaxError):
        analyzer.analyze(Source("from subprocess import run\n)"))
    assert analyzer.analyze(later) == before


def test_the_shared_tree_is_left_as_it_was(analyzer):
    source = Source("def f(a):\n    return eval(a)\n")
    function = source.tree.body[0]
    before = dict(vars(function))
    analyzer.analyze(source)
    assert vars(function) == before


def test_nothing_is_printed_or_logged(analyzer, capfd, caplog):
    with warnings.catch_warnings(), caplog.at_level(logging.DEBUG):
        warnings.simplefilter("error")
        analyzer.analyze(Source("x = '\\d'\nassert (x, 1)\nimportlib.import_module(**k)\nf({[]})\n1 is 1\n"))
    assert capfd.readouterr() == ("", "")
    assert caplog.records == []


def test_opening_in_a_fresh_interpreter_prints_nothing():
    code = (
        "import warnings; before = warnings.formatwarning\n"
        "from quality.model import AnalyzerContext, Source\n"
        "from quality_bandit import BanditAnalyzer, quality_rules\n"
        "analyzer = BanditAnalyzer()\n"
        "analyzer.open(AnalyzerContext({rule.id: rule for rule in quality_rules()}))\n"
        "analyzer.analyze(Source('f({[]})'))\n"
        "assert warnings.formatwarning is before\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert (run.returncode, run.stdout, run.stderr) == (0, b"", b"")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("def test_it():\n    assert x\n", 0),
        ("class TestIt:\n    def testIt(self):\n        if y:\n            assert x\n", 0),
        ("def tested():\n    assert x\n", 1),
        ("assert x\n", 1),
    ],
)
def test_a_test_is_made_of_assertions(check, text, found):
    assert len(check(text)) == found


@pytest.mark.parametrize(("value", "found"), [("(", 0), (", ", 0), ("", 1), ("(a", 1)])
def test_a_bracket_is_no_password(check, value, found):
    assert len(check(f"if token == {value!r}:\n    pass\n")) == found


_ASKED_FOR = (
    *(
        "django.db",
        "flask",
        "hashlib",
        "jinja2",
        "logging.config",
        "mako.template",
        "markupsafe",
        "os",
        "paramiko",
    ),
    *("pysnmp.hlapi", "requests", "ssl", "subprocess", "tarfile", "torch", "transformers", "yaml"),
)


def test_no_check_asks_about_a_harmless_function(check, monkeypatch):
    from quality_bandit import _walk  # imports bandit, which the fixture does quietly

    arguments = (
        "'sh -c *', 'debug', 0o777, {'shell': [True]}, *['md5', ssl.PROTOCOL_SSLv3], lambda: None, x.y"
    )
    imports = "".join(f"import {module}\n" for module in _ASKED_FOR)
    owners = ("x", "'%s /tmp'", "x()", *_ASKED_FOR)
    methods = [f"{owner}.{name}" for owner in owners for name in sorted(_walk.HARMLESS_METHODS)]
    names = [*sorted(_walk.HARMLESS), *methods]
    calls = "".join(f"{name}({arguments})\n{name}()\n" for name in names)
    found = check(imports + calls)
    monkeypatch.setattr(_walk, "HARMLESS", frozenset())
    monkeypatch.setattr(_walk, "HARMLESS_METHODS", frozenset())
    assert check(imports + calls) == found


def test_an_assertion_that_only_narrows_a_type_and_an_address_that_is_compared_are_no_weakness(check):
    text = (
        "def f(rows, host):\n    first = find(rows)\n    assert first is not None and isinstance(first, str)\n"
        "    return first if host == '0.0.0.0' else host\n"
    )
    assert check(text) == []
    found = check("def f(x):\n    assert isinstance(x, str)\n    bind('0.0.0.0')\n")
    assert [each.rule_id for each in found] == ["bandit:B101", "bandit:B104"]


def test_a_check_of_an_argument_that_is_not_there_finds_nothing(check):
    text = "from django.utils.safestring import mark_safe\n\nlabel = mark_safe()\n"
    assert {each.rule_id for each in check(text)} <= {"bandit:B308"}


@pytest.mark.parametrize(("given", "sure"), [("", "high"), (", **options", "low")])
def test_what_an_extraction_is_given_out_of_a_table_may_be_its_filter(check, given, sure):
    found = check(
        f"import tarfile\n\ndef f(path, options):\n    with tarfile.open(path) as tar:\n        tar.extractall('.'{given})\n"
    )
    assert [each.confidence for each in found if each.rule_id == "bandit:B202"] == [sure]


@pytest.mark.parametrize(
    ("given", "sure"),
    [("url", True), ("url, **options", False), ("url, **{'stream': True}", True), ("url, **load()", True)],
)
def test_what_a_request_is_given_out_of_a_table_may_be_its_timeout(check, given, sure):
    found = check(f"import requests\n\ndef f(url, options):\n    return requests.get({given})\n")
    assert ("bandit:B113" in {each.rule_id for each in found}) == sure
