"""The conformance check passes a good analyzer and catches each kind of bad one."""

from __future__ import annotations

import ast
import dataclasses
import math
import sys

import pytest
from quality_fakes import OTHER, RULES, FakeAnalyzer, finding

from quality.model import Analyzer, AnalyzerResult, Finding, Location, Option, Source
from quality.testing import check_analyzer

TEXTS = ("pass\n", "x = 'é'\n", "if x:\n    pass\n")


def check(analyzer: Analyzer) -> None:
    check_analyzer(analyzer, TEXTS, rules=RULES.values())


def problems(analyzer: object) -> str:
    with pytest.raises(AssertionError) as caught:
        check(analyzer)
    return str(caught.value)


def adding(*findings: Finding) -> FakeAnalyzer:
    """Reports more than it should."""
    analyzer = FakeAnalyzer()
    plain = FakeAnalyzer.analyze

    def analyze(self: FakeAnalyzer, source: Source) -> AnalyzerResult:
        result = plain(self, source)
        return dataclasses.replace(result, findings=(*result.findings, *findings))

    analyzer.__class__ = type("Adding", (FakeAnalyzer,), {"analyze": analyze})
    return analyzer


def test_a_good_analyzer_passes() -> None:
    check(FakeAnalyzer())


def test_a_good_analyzer_passes_on_the_sources_of_the_kit() -> None:
    check_analyzer(FakeAnalyzer(), rules=RULES.values())


def test_the_analyzer_that_is_passed_in_stays_closed() -> None:
    analyzer = FakeAnalyzer()
    check(analyzer)
    assert analyzer.context is None


def test_something_else_is_no_analyzer() -> None:
    assert "lacks id, version" in problems(object())


def test_the_declaration_is_checked() -> None:
    analyzer = FakeAnalyzer("two words", version="")
    analyzer.options = (Option("a", 1, "A."), Option("a", 2, "A."))
    assert len(problems(analyzer).splitlines()) == 4


def test_an_analyzer_that_does_not_open_is_caught() -> None:
    class Unopenable(FakeAnalyzer):
        def open(self, context: object) -> None:
            raise ImportError("no tool")

    assert "does not open: ImportError('no tool')" in problems(Unopenable())


def test_memory_of_earlier_sources_is_caught() -> None:
    class Remembering(FakeAnalyzer):
        seen = ()

        def analyze(self, source: Source) -> AnalyzerResult:
            self.seen = (*self.seen, source.text)
            result = super().analyze(source)
            return dataclasses.replace(result, findings=result.findings if len(self.seen) < 3 else ())

    assert "gives another result when it sees them" in problems(Remembering())


def test_dependence_on_order_is_caught() -> None:
    class First(FakeAnalyzer):
        known = None

        def analyze(self, source: Source) -> AnalyzerResult:
            self.known = self.known or super().analyze(source)
            return self.known

    assert "another order" in problems(First())


def test_a_rule_that_is_not_its_own_is_caught() -> None:
    foreign = dataclasses.replace(OTHER, id="foreign:rule")
    assert "'foreign:rule', which is not among its enabled rules" in problems(adding(finding(foreign)))


def test_a_rule_that_was_not_enabled_is_caught() -> None:
    assert "reports 'fake:pass' when it is not enabled" in problems(adding(finding()))


@pytest.mark.parametrize(
    "where",
    [
        Location("other.py", 1),
        Location("sample.py", 99),
        Location("sample.py", 1, 1, 99, 1),
        Location("sample.py", 1, 50),
        Location("sample.py", 1, 1, 1, 50),
    ],
)
def test_a_place_outside_the_text_is_caught(where: Location) -> None:
    assert "outside the text" in problems(adding(finding(location=where)))


def test_doing_the_hosts_part_is_caught() -> None:
    assert "the host does" in problems(adding(finding(suppressed=True)))


def change_text(source: Source) -> None:
    source.text = "other"


def change_tree(source: Source) -> None:
    source.tree.body.append(ast.Pass(lineno=1, col_offset=0, end_lineno=1, end_col_offset=4))


def hang_on_tree(source: Source) -> None:
    source.tree.body[0].parent = source.tree


@pytest.mark.parametrize("change", [change_text, change_tree, hang_on_tree])
def test_writing_into_what_is_shared_is_caught(change) -> None:
    assert "changes the source or its trees" in problems(FakeAnalyzer(then=change))


def noise_out(_source: Source) -> None:
    sys.stdout.write("hello")


def noise_err(_source: Source) -> None:
    sys.stderr.write("hello")


@pytest.mark.parametrize("noise", [noise_out, noise_err])
def test_noise_is_caught(noise) -> None:
    assert "writes to stdout or stderr: 'hello" in problems(FakeAnalyzer(then=noise))


def crash(_source: Source) -> None:
    raise KeyError("oops")


def test_a_crash_on_a_good_source_is_caught() -> None:
    assert "raises on a good source: KeyError('oops')" in problems(FakeAnalyzer(then=crash))


def test_swallowing_a_syntax_error_is_caught() -> None:
    class Swallowing(FakeAnalyzer):
        def analyze(self, source: Source) -> AnalyzerResult:
            try:
                return super().analyze(source)
            except SyntaxError:
                return AnalyzerResult()

    assert "reports nothing about a text that does not parse" in problems(Swallowing())


def test_an_analyzer_of_the_bare_text_may_go_on_without_a_tree() -> None:
    class Texts(FakeAnalyzer):
        def analyze(self, source: Source) -> AnalyzerResult:
            rule = self.context.rules.get("fake:pass")
            return AnalyzerResult((Finding.of(rule, "text", source.location(1)),) if rule else ())

    check(Texts())


class Unpicklable(float):
    def __reduce__(self):
        raise TypeError("stays here")


@pytest.mark.parametrize("value", [Unpicklable(1), math.nan])
def test_results_that_do_not_travel_are_caught(value: float) -> None:
    class Numbers(FakeAnalyzer):
        def analyze(self, source: Source) -> AnalyzerResult:
            result = super().analyze(source)
            return dataclasses.replace(
                result, measures=tuple(dataclasses.replace(each, value=value) for each in result.measures)
            )

    assert "pickled" in problems(Numbers())


def test_another_type_of_result_is_caught() -> None:
    class Wrong(FakeAnalyzer):
        def analyze(self, source: Source) -> object:
            return []

    assert "returns list instead of AnalyzerResult" in problems(Wrong())


def test_one_problem_is_said_once() -> None:
    lines = problems(FakeAnalyzer(then=noise_out)).splitlines()
    assert len(lines) == len(set(lines)) == 2
