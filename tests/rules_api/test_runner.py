from __future__ import annotations

import ast
import dataclasses
import gc
import sys
import weakref

import pytest

from quality.model import FailureKind, Rule, Severity, Source
from quality.rules import CstRule, RuleRunner, catalogue


def test_a_rule_that_raises_costs_itself_only_and_is_named(no_print, broken) -> None:
    result = RuleRunner(catalogue([no_print, broken], "t")).run(Source("print(x)\n"))
    assert [(f.rule_id, f.message) for f in result.findings] == [
        ("t:broken", "before"),
        ("t:no-print", "print() writes"),
    ]
    (failure,) = result.failures
    assert (failure.analyzer, failure.kind) == ("libcst", FailureKind.CRASH)
    assert failure.text == "rule t:broken: KeyError: 'print'"
    assert failure.rule == "t:broken"


def test_a_rule_that_cannot_be_made_costs_itself_only(no_print, shouting_comment) -> None:
    class Unmade(shouting_comment):
        __doc__ = shouting_comment.__doc__

        @classmethod
        def applies(cls, source) -> bool:
            raise ValueError("no")

    result = RuleRunner(catalogue([no_print, Unmade], "t")).run(Source("print(1)\n"))
    assert len(result.findings) == 1
    assert [failure.text for failure in result.failures] == ["rule t:unmade: ValueError: no"]


def test_the_concrete_tree_is_only_made_for_a_source_that_a_rule_wants_it_for(shouting_comment) -> None:
    runner = RuleRunner(catalogue([shouting_comment], "t"))
    plain, commented = Source("x = 1\n"), Source("x = 1  # no\n")
    assert runner.run(plain).findings == runner.run(commented).findings == ()
    assert "cst" not in vars(plain)
    assert "cst" in vars(commented)


def test_a_rule_is_only_made_for_a_source_that_has_its_nodes_and_concerns_it(no_print) -> None:
    class Told(no_print):
        __doc__ = no_print.__doc__

        @classmethod
        def concerns(cls, facts) -> bool:
            return "sys" in facts.imports

        def __init__(self, source, *given) -> None:
            made.append(source.text)
            super().__init__(source, *given)

    made: list[str] = []
    runner = RuleRunner(catalogue([Told], "t"))
    texts = ("import sys\n", "print(1)\n", "import sys\nprint(1)\n")
    assert [len(runner.run(Source(text)).findings) for text in texts] == [0, 0, 1]
    assert made == [texts[2]]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("print(1)\n", 1),
        ("out = print\nout(1)\n", 1),
        ("show(1)\n", 0),
        ("show('print')  # print\n", 0),
        ("show(print=1)\n", 0),
    ],
)
def test_a_rule_that_needs_a_word_is_only_made_where_it_is_mentioned_or_called(no_print, text, found) -> None:
    class Needing(no_print):
        __doc__ = no_print.__doc__
        needs = frozenset({"print", "write"})

        def __init__(self, *given) -> None:
            made.append(self)
            super().__init__(*given)

    made: list[object] = []
    assert len(RuleRunner(catalogue([Needing], "t")).run(Source(text)).findings) == found
    assert len(made) == ("show('" not in text and text != "show(1)\n")


def test_rules_that_share_a_question_have_it_asked_once(no_print, broken) -> None:
    def mentions_print(facts) -> bool:
        asked.append(facts.source.text)
        return "print" in facts.words

    def asking(rule):
        return type(rule.__name__, (rule,), {"__doc__": rule.__doc__, "asks": (mentions_print,)})

    asked: list[str] = []
    runner = RuleRunner(catalogue(map(asking, (no_print, broken)), "t"))
    texts = ("print(1)\n", "show(1)\n")
    assert [len(runner.run(Source(text)).findings) for text in texts] == [2, 0]
    assert asked == list(texts)


def test_a_question_that_cannot_be_answered_costs_those_who_ask_it(no_print, broken) -> None:
    def fails(facts) -> bool:
        raise ValueError(facts.source.text)

    asking = type("Asking", (broken,), {"__doc__": broken.__doc__, "asks": (fails,)})
    result = RuleRunner(catalogue([no_print, asking], "t")).run(Source("print(1)\n"))
    assert [finding.rule_id for finding in result.findings] == ["t:no-print"]
    assert [failure.text for failure in result.failures] == ["rule t:asking: ValueError: print(1)"]


def test_a_rule_visits_nodes_of_several_types_in_the_order_of_the_text(no_print) -> None:
    seen: list[str] = []

    class Order(no_print):
        __doc__ = no_print.__doc__

        def visit_FunctionDef(self, node) -> None:
            seen.append(f"into {node.name}")

        def leave_FunctionDef(self, node) -> None:
            seen.append(f"out of {node.name}")

        def visit_Constant(self, node) -> None:
            seen.append(str(node.value))

    text = "def a():\n    1\n    async def b():\n        2\n3\n"
    RuleRunner(catalogue([Order], "t")).run(Source(text))
    assert ", ".join(seen) == "into a, 1, into b, 2, out of b, out of a, 3"


def test_what_was_found_out_about_a_source_goes_with_it_without_a_collection(no_print) -> None:
    class Held:
        def __init__(self, facts) -> None:
            self.facts = facts

    class Holding(no_print):
        __doc__ = no_print.__doc__

        def visit_Module(self, node) -> None:
            self.facts.derived(Held)
            assert self.facts.origins.constant(node.body[-1].value) == "ab"

    source = Source("a = 'a'\nb = a + 'b'\nb\n")
    gone = weakref.ref(source)
    gc.disable()
    try:
        result = RuleRunner(catalogue([Holding], "t")).run(source)
        del source
        assert not result.failures
        assert gone() is None
    finally:
        gc.enable()


def test_a_concrete_rule_reports_code_point_columns(shouting_comment) -> None:
    (finding,) = RuleRunner(catalogue([shouting_comment], "t")).run(Source("x = 'äö'; y  # NO\n")).findings
    place = finding.location
    assert (place.line, place.column, place.end_line, place.end_column) == (1, 14, 1, 18)


def test_a_concrete_rule_visits_parents_before_and_leaves_them_after_their_children(shouting_comment) -> None:
    seen: list[str] = []

    class Order(CstRule):
        __doc__ = shouting_comment.__doc__
        dimension = "clarity"

        def visit_FunctionDef(self, node) -> None:
            seen.append(f"into {node.name.value}")

        def leave_FunctionDef(self, node) -> None:
            seen.append(f"out of {node.name.value}")

        def visit_Integer(self, node) -> None:
            seen.append(node.value)

    RuleRunner(catalogue([Order], "t")).run(Source("def a():\n    1\n    def b():\n        2\n3\n"))
    assert ", ".join(seen) == "into a, 1, into b, 2, out of b, out of a, 3"


def test_a_text_that_libcst_refuses_costs_the_concrete_rules_only(no_print, shouting_comment) -> None:
    source = Source("print(1)  # NO\n")
    source.__dict__["tree"] = source.tree
    source.text = "print(1  # NO\n"
    result = RuleRunner(catalogue([no_print, shouting_comment], "t")).run(source)
    assert [finding.rule_id for finding in result.findings] == ["t:no-print"]
    (failure,) = result.failures
    assert failure.text.startswith("rule t:shouting-comment: ParserSyntaxError: ")


def test_a_method_for_an_unknown_concrete_node_is_refused(shouting_comment) -> None:
    rule = type("Odd", (CstRule,), {"__doc__": shouting_comment.__doc__, "dimension": "clarity"})
    rule.handlers = (("visit_Nonsense", "visit", "Nonsense"),)
    with pytest.raises(ValueError, match="visit_Nonsense names no node of libcst"):
        RuleRunner(catalogue([rule], "t"))


def test_an_entry_without_a_rule_class_is_refused() -> None:
    entry = Rule("t:x", "X", "clarity", Severity.NOTE, "why", "libcst")
    with pytest.raises(TypeError, match="rule t:x: its checker is None"):
        RuleRunner([entry])
    with pytest.raises(TypeError, match="no AstRule or CstRule"):
        RuleRunner([dataclasses.replace(entry, checker=int)])


def test_time_and_hits_are_counted_per_rule_when_asked_for(no_print, shouting_comment) -> None:
    entries = catalogue([no_print, shouting_comment], "t")
    timed, plain = RuleRunner(entries, timed=True), RuleRunner(entries)
    for runner in (timed, plain):
        runner.run(Source("print(1)\nprint(2)\n"))
    assert [(t.rule_id, t.hits, t.sources) for t in timed.timings()] == [
        ("t:no-print", 2, 1),
        ("t:shouting-comment", 0, 0),
    ]
    assert timed.timings()[0].seconds > 0
    assert all((t.seconds, t.hits, t.sources) == (0.0, 0, 0) for t in plain.timings())


def test_a_tree_deeper_than_the_recursion_limit_is_walked(no_print) -> None:
    source = Source("print(1)\n")
    inner = source.tree.body[0].value
    for _ in range(sys.getrecursionlimit() * 2):
        inner = ast.copy_location(ast.Call(func=inner.func, args=[inner], keywords=[]), inner)
    source.tree.body[0].value = inner
    result = RuleRunner(catalogue([no_print], "t")).run(source)
    assert not result.failures
    assert len(result.findings) == sys.getrecursionlimit() * 2 + 1
