"""The bounds say what pylint and astroid say, wherever those would end soon."""

from __future__ import annotations

import astroid
import pytest
from astroid import nodes
from pylint.checkers import utils, variables

from quality_pylint._bounds import forget_lines, has_locals_call_after, is_reassigned
from quality_pylint._fence import fence

TEXT = """
x = 1
def f(a, b=lambda y: y):
    x = a
    if a:
        x = b
        locals()
    def x(): pass
    class C:
        x = 2
        def f(self): self.f = x
    for x in a: print(x)
    return [x for x in b]
class x: pass
def g():
    import os
    y = 1
    def locals(): pass
    return lambda: locals()
"""


def test_names_are_reassigned_where_pylint_says_so():
    module = astroid.parse(TEXT)
    forget_lines()
    asked = 0
    for node in module.nodes_of_class(nodes.NodeNG):
        for name in ("x", "f", "y", "C", "nobody"):
            for before in (True, False):
                asked += 1
                theirs = utils._is_reassigned_relative_to_current(node, name, before)
                assert is_reassigned(node, name, before) == theirs
    assert asked > 500


def test_locals_are_called_where_pylint_says_so():
    module = astroid.parse(TEXT)
    forget_lines()
    answers = [
        (has_locals_call_after(node, scope), variables._has_locals_call_after_node(node, scope))
        for scope in module.nodes_of_class(nodes.FunctionDef)
        for node in module.nodes_of_class(nodes.Assign)
    ]
    assert {ours for ours, _ in answers} == {True, False}
    assert all(ours == theirs for ours, theirs in answers)


@pytest.mark.parametrize(
    ("expression", "length"),
    [("[1] * 300", 300), ("(1, 2) + (3,)", 3), ("[0] * 10**6", 1), ("([0] * 9999) * 9999", 1)],
)
def test_sequences_are_computed_up_to_a_bound(expression, length):
    with fence():
        assert len(astroid.extract_node(expression).inferred()[0].elts) == length


def test_a_sum_beyond_the_bound_is_unknown():
    with fence():
        (inferred,) = astroid.extract_node("[0] * 9999 + [0] * 9999").inferred()
    assert inferred is astroid.Uninferable


def test_a_string_beyond_the_bound_is_unknown():
    with fence():
        (inferred,) = astroid.extract_node('f\'{"a" * 9999}{"b" * 9999}\'').inferred()
    assert inferred is astroid.Uninferable


@pytest.mark.parametrize(
    ("expression", "value"),
    [("7 ** 9 * 2", 7**9 * 2), ("(1 << 9000) * 5", 5 << 9000), ("'ab' * 3", "ababab")],
)
def test_constants_are_computed(expression, value):
    with fence():
        assert astroid.extract_node(expression).inferred()[0].value == value


def test_what_huge_numbers_come_to_is_unknown():
    with fence():
        (inferred,) = astroid.extract_node("(1 << 20_000) * (1 << 20_000)").inferred()
    assert inferred is astroid.Uninferable
