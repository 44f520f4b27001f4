from __future__ import annotations

import subprocess
import sys

import pytest

from quality.model import Analyzer, AnalyzerContext, Source
from quality.plugins import load_plugins
from quality.rules import AstRule, Invalid, Valid, catalogue
from quality_libcst import LibcstAnalyzer, quality_analyzers
from quality_rules import quality_rules

RULES = {rule.id: rule for rule in quality_rules()}


class NoPrint(AstRule):
    """Output is printed.

    ## What it does
    Reports `print`.

    ## Why is this bad
    A library must not write.

    ## Example
    ```python
    print("done")
    ```

    ## Use instead
    ```python
    log.info("done")
    ```
    """

    dimension = "clarity"
    VALID = (Valid("log.info('x')"),)
    INVALID = (Invalid("print(1)", ("1:1-1:9 print() writes",)),)

    def visit_Call(self, call) -> None:
        if self.facts.is_builtin(call.func, "print"):
            self.report(call, "print() writes")


def _analyzer(rules=RULES, **options) -> LibcstAnalyzer:
    analyzer = LibcstAnalyzer()
    analyzer.open(AnalyzerContext(rules=rules, rule_options=options))
    return analyzer


def test_the_plugin_brings_the_analyzer_and_it_is_one() -> None:
    (analyzer,) = quality_analyzers()
    assert isinstance(analyzer, Analyzer)
    assert analyzer.id == "libcst"
    assert "libcst 1." in analyzer.version


def test_it_reports_the_enabled_rules_only() -> None:
    text = "def f(x):\n    pass\n\n\ntry:\n    f(1)\nexcept Exception:\n    pass\n"
    every = {finding.rule_id for finding in _analyzer().analyze(Source(text)).findings}
    assert every == {"quality:stub-body", "quality:swallowed-exception"}
    one = {"quality:stub-body": RULES["quality:stub-body"]}
    assert {f.rule_id for f in _analyzer(one).analyze(Source(text)).findings} == {"quality:stub-body"}


def test_rules_of_a_third_party_run_in_the_same_walk() -> None:
    rules = {**RULES, **{entry.id: entry for entry in catalogue([NoPrint], "acme")}}
    findings = _analyzer(rules).analyze(Source("print(exec(x))\n")).findings
    assert sorted(finding.rule_id for finding in findings) == ["acme:no-print", "quality:opaque-code"]


def test_options_reach_the_rules() -> None:
    text = "def g(a):\n    f(a, True, False)\n"
    assert _analyzer().analyze(Source(text)).findings
    loose = {"quality:boolean-trap": {"minimum-literals": 3}}
    assert not _analyzer(**loose).analyze(Source(text)).findings


def test_it_finds_the_same_whatever_it_saw_before() -> None:
    first, second = Source("exec(a)\n"), Source("def f(x): pass\n")
    analyzer = _analyzer()
    forward = [analyzer.analyze(first), analyzer.analyze(second)]
    assert [analyzer.analyze(second), analyzer.analyze(first)] == forward[::-1]


def test_a_text_that_does_not_parse_raises() -> None:
    with pytest.raises(SyntaxError):
        _analyzer().analyze(Source("def"))


def test_the_built_in_plugins_load_without_libcst() -> None:
    code = (
        "import sys; from quality.plugins import load_plugins; plugins = load_plugins(); "
        "assert 'libcst' in plugins.analyzers and 'quality:stub-body' in plugins.rules; "
        "assert 'libcst' not in sys.modules and 'libcst.metadata' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_host_finds_analyzer_and_rules() -> None:
    plugins = load_plugins()
    assert set(RULES) <= set(plugins.rules)
    assert {rule.analyzer for rule in RULES.values()} <= set(plugins.analyzers)
