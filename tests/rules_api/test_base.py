from __future__ import annotations

import ast

import pytest

from quality.model import Confidence, Option, Severity, Source
from quality.rules import AstRule, RuleRunner, catalogue


def _findings(rule, text, options=None):
    (entry,) = catalogue([rule], "t")
    return RuleRunner([entry], {entry.id: options or {}}).run(Source(text)).findings


def _with_page(rule: type[AstRule], like: type[AstRule]) -> type[AstRule]:
    rule.__doc__ = like.__doc__
    return rule


def test_a_rule_is_named_after_its_class() -> None:
    class HTTPCallInLoop(AstRule):
        pass

    class Other(AstRule):
        name = "one-of-its-own"

    assert HTTPCallInLoop.name == "httpcall-in-loop"
    assert Other.name == "one-of-its-own"


def test_a_method_for_an_unknown_node_is_refused_when_the_class_is_made() -> None:
    with pytest.raises(TypeError, match="visit_Iff names no node"):
        type("Misspelt", (AstRule,), {"visit_Iff": lambda self, node: None})


def test_a_method_for_a_node_of_a_newer_interpreter_is_accepted() -> None:
    assert type("Newer", (AstRule,), {"visit_TypeAlias": lambda self, node: None}).handlers


def test_a_setting_has_the_configured_value_or_its_default(no_print) -> None:
    assert len(_findings(no_print, "print(1)\nprint(2)\n")) == 2
    assert len(_findings(no_print, "print(1)\nprint(2)\n", {"allowed": 1})) == 1
    assert no_print.declared_options() == (Option("allowed", 0, "How many are allowed.", 0, 9),)


def test_nothing_is_kept_from_one_source_to_the_next(no_print) -> None:
    (entry,) = catalogue([no_print], "t")
    runner = RuleRunner([entry], {"t:no-print": {"allowed": 1}})
    assert runner.run(Source("print(1)")) == runner.run(Source("print(1)"))


def test_nodes_are_visited_in_the_order_of_the_text_and_left_after_what_is_in_them(no_print) -> None:
    seen: list[str] = []

    class Order(AstRule):
        dimension = "clarity"

        def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
            seen.append(f"into {node.name}")

        def leave_FunctionDef(self, node: ast.FunctionDef) -> None:
            seen.append(f"out of {node.name}")

        def visit_Name(self, node: ast.Name) -> None:
            seen.append(node.id)

    text = "def a():\n    b\n    def c():\n        d\n    e\nasync def f():\n    g\nh\n"
    _findings(_with_page(Order, no_print), text)
    assert ", ".join(seen) == "into a, b, into c, d, out of c, e, out of a, into f, g, out of f, h"


def test_an_asynchronous_node_goes_to_its_own_method_when_there_is_one(no_print) -> None:
    seen: list[str] = []

    class Both(AstRule):
        dimension = "clarity"

        def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
            seen.append(f"plain {node.name}")

        def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
            seen.append(f"async {node.name}")

    _findings(_with_page(Both, no_print), "def a(): ...\nasync def b(): ...\n")
    assert seen == ["plain a", "async b"]


def test_a_report_can_span_nodes_and_differ_in_severity_and_confidence(no_print) -> None:
    class Span(AstRule):
        dimension = "clarity"

        def visit_Module(self, module: ast.Module) -> None:
            first, *_, last = module.body
            self.report(first, "m", until=last, severity=Severity.ERROR, confidence=Confidence.LOW)

    (finding,) = _findings(_with_page(Span, no_print), "x = 'ö'; y\nz = 'ä' + z\n")
    place = finding.location
    assert (place.line, place.column, place.end_line, place.end_column) == (1, 1, 2, 12)
    assert (finding.severity, finding.confidence) == (Severity.ERROR, Confidence.LOW)
