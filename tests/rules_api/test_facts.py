from __future__ import annotations

import ast

import pytest

from quality.model import Source
from quality.rules import (
    Facts,
    dotted_name,
    is_literal,
    is_text,
    last_word,
    parameters,
    shorten,
    sides_of,
    with_defaults,
)

TEXT = '''\
import a.b
import numpy as np
from .pkg import thing as other

class C:
    if a:
        def method(self, x, *rest, y=1, **more):
            total = x
            total += 1
            def inner():
                nonlocal total
                return unknown
            return inner

def outside():
    # first
    return """
    # not a comment
    """  # trailing
'''


def _facts(text: str = TEXT) -> Facts:
    return Facts(Source(text))


def test_nodes_are_in_the_order_of_the_text_with_their_depth() -> None:
    facts = _facts("f(x)\ny = 1\n")
    assert [type(node).__name__ for node in facts.nodes] == [
        *("Module", "Expr", "Call", "Name", "Name", "Assign", "Name", "Constant"),
    ]
    assert facts.depths == [0, 1, 2, 3, 3, 1, 2, 2]


def test_parents_functions_and_classes_are_known() -> None:
    facts = _facts()
    method, inner, outside = facts.functions
    assert facts.class_of(method) is facts.of(ast.ClassDef)[0]
    assert facts.class_of(inner) is facts.class_of(outside) is None
    assert facts.function(inner) is method
    assert facts.function(method) is None
    assert facts.parent(facts.source.tree) is None
    total = facts.names(method).stores["total"][0]
    assert facts.statement(total) is method.body[0]
    assert facts.statement(method) is method


def test_the_nodes_within_one_are_itself_and_all_below_it() -> None:
    facts = _facts()
    for function in facts.functions:
        assert set(facts.within(function)) == {
            node for node in ast.walk(function) if node in set(facts.nodes)
        }
        assert facts.contains(function, function.body[0])
        assert not facts.contains(function.body[0], function)


def test_the_names_of_a_function_are_sorted_by_use() -> None:
    facts = _facts()
    names = facts.names(facts.functions[0])
    assert names.parameters == ("self", "x", "rest", "y", "more")
    assert list(names.stores) == ["total"]
    uses = {name: len(places) for name, places in names.loads.items()}
    assert uses == {"x": 1, "total": 1, "unknown": 1, "inner": 1}
    assert names.shared == {"total"}
    assert parameters(facts.functions[2]) == ()


def test_imports_are_resolved_to_dotted_names() -> None:
    facts = _facts()
    assert facts.imports == {"a": "a", "np": "numpy", "other": ".pkg.thing"}
    call = ast.parse("np.linalg.norm", mode="eval").body
    assert facts.origin(call) == "numpy.linalg.norm"
    assert facts.origin(ast.parse("f().g", mode="eval").body) == ""


def test_a_name_that_the_source_binds_is_no_builtin() -> None:
    facts = _facts("def print(x): ...\nprint(len(x))\n")
    called, argument = (call.func for call in facts.of(ast.Call))
    assert not facts.is_builtin(called, "print")
    assert facts.is_builtin(argument, "len")


def test_comments_are_those_on_lines_of_their_own_outside_of_strings() -> None:
    (comment,) = _facts().comments
    assert (comment.text, comment.line, comment.column, comment.end_column) == (" first", 16, 5, 12)


def test_the_rest_of_a_block_follows_a_statement() -> None:
    facts = _facts("if x:\n    a\n    b\nelse:\n    c\n    d\n    e\nf\n")
    rest = {
        ast.unparse(node): [ast.unparse(other) for other in facts.rest(node)] for node in facts.of(ast.Expr)
    }
    assert rest == {"a": ["b"], "b": [], "c": ["d", "e"], "d": ["e"], "e": [], "f": []}


def test_literals_and_texts_are_told_from_what_is_computed() -> None:
    def expression(text: str) -> ast.expr:
        return ast.parse(text, mode="eval").body

    assert all(is_literal(expression(text)) for text in ("1", "-1", "[1, {'a': (2,)}]", "{1}"))
    assert not any(is_literal(expression(text)) for text in ("x", "[x]", "f()", "{**a}", "not 1"))
    assert all(is_text(expression(text)) for text in ("'a'", "f'{x}'", "'a' + x", "', '.join(x)", "str(x)"))
    assert not any(is_text(expression(text)) for text in ("x", "1", "b'a'", "x + y", "'a'.split()"))


def test_a_long_text_is_cut_for_a_message() -> None:
    assert shorten("a\n  b") == "a b"
    assert shorten("x" * 50, 10) == "x" * 9 + "…"


@pytest.mark.parametrize(
    ("code", "dotted", "last"),
    [("a", "a", "a"), ("a.b.c", "a.b.c", "c"), ("f(x).b", "", "b"), ("a['b']", "", ""), ("f()", "", "")],
)
def test_the_last_word_of_a_name_is_known_whatever_it_belongs_to(code: str, dotted: str, last: str) -> None:
    node = ast.parse(code, mode="eval").body
    assert (dotted_name(node), last_word(node)) == (dotted, last)


def test_parameters_stand_beside_their_defaults() -> None:
    (function,) = _facts("def f(a, /, b, c=1, *rest, d, e=None, **more): pass").functions
    pairs = [(place.arg, default and ast.unparse(default)) for place, default in with_defaults(function.args)]
    assert pairs == [("a", None), ("b", None), ("c", "1"), ("d", None), ("e", "None")]


def test_an_assignment_is_known_however_it_is_written() -> None:
    facts = _facts("a = b = 1\nc: int = 2\nd: int\nif (e := 3):\n    f, *g = h, i = 4, 5\n")
    found = [
        ([ast.unparse(target) for target in targets], ast.unparse(value))
        for _, targets, value in facts.assignments
    ]
    assert found == [
        (["a", "b"], "1"),
        (["(f, *g)", "(h, i)"], "(4, 5)"),
        (["h"], "4"),
        (["i"], "5"),
        (["c"], "2"),
        (["e"], "3"),
    ]


@pytest.mark.parametrize(
    ("bound", "known"),
    [
        ("x = 1", ["1"]),
        ("x: int = 1", ["1"]),
        ("x: int\n    x = 1", ["1"]),
        ("x, y = 1, 2", ["1"]),
        ("x, *y = 1, 2", [None]),
        ("x, y = pair", [None]),
        ("use(x := 1)", ["1"]),
        ("for x in rows: pass", [None]),
    ],
)
def test_what_a_function_binds_a_name_to_is_known(bound: str, known: list[str | None]) -> None:
    facts = _facts(f"def f(rows, pair):\n    {bound}\n    return x\n")
    values = facts.values(facts.of(ast.Return)[0], "x")
    assert [value and ast.unparse(value) for value in values] == known


def test_a_name_of_the_module_is_followed_in_the_module_only() -> None:
    facts = _facts("SIZE = 1\nuse(SIZE)\ndef f():\n    use(SIZE)\n")
    inside, outside = (call.args[0] for call in reversed(facts.of(ast.Call)))
    assert ast.unparse(facts.only_value(outside)) == "1"
    assert facts.only_value(inside) is inside


@pytest.mark.parametrize(
    ("written", "display"),
    [
        ("list()", "[]"),
        ("dict(a=1, b=2)", "{'a': 1, 'b': 2}"),
        ("dict()", "{}"),
        ("dict(pairs)", "dict(pairs)"),
        ("dict(**more)", "dict(**more)"),
        ("tuple()", "tuple()"),
        ("{'a': 1}", "{'a': 1}"),
    ],
)
def test_a_call_that_makes_a_display_is_known_as_one(written: str, display: str) -> None:
    facts = _facts(f"x = {written}\nuse(x)\n")
    assert ast.unparse(facts.display(facts.of(ast.Call)[-1].args[0])) == display


def test_the_statements_of_the_module_are_those_in_its_blocks_too() -> None:
    facts = _facts(
        "if a:\n    def f():\n        b()\nelse:\n    try:\n        c()\n    except E:\n        d()\nclass A:\n    e()\n"
    )
    found = [ast.unparse(each).partition("\n")[0] for each in facts.module_statements]
    assert found == ["if a:", "def f():", "try:", "c()", "d()", "class A:"]


@pytest.mark.parametrize(
    ("comparison", "sides"),
    [("a == 1", ["a", "1"]), ("1 != a", ["a", "1"]), ("1 < a", ["1", "a"]), ("a == b", ["a", "b"])],
)
def test_a_constant_is_the_second_side_of_an_equation(comparison: str, sides: list[str]) -> None:
    facts = _facts(comparison)
    assert [ast.unparse(side) for side in sides_of(facts.of(ast.Compare)[0])] == sides


def test_the_vocabulary_has_what_is_mentioned_imported_named_and_called_by_a_detour() -> None:
    text = 'import os.path as p\nfrom a.b import c as d\nf(x.y, k=1)\nrun = getattr(p, "sys" + "tem")\nrun("text")\n'
    facts = Facts(Source(text))
    mentioned, imported = {"f", "x", "y", "run", "getattr", "p"}, {"os", "path", "a", "b", "c"}
    assert facts.vocabulary == mentioned | imported | {"k"} | {"system"}
