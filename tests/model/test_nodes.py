"""The nodes of a syntax tree."""

from __future__ import annotations

import ast

from quality.model import children


def test_children_are_the_nodes_right_below_in_the_order_of_the_text():
    (statement,) = ast.parse("x = f(1, *a) + -b").body
    target, value = children(statement)
    assert isinstance(target, ast.Name)
    assert [ast.unparse(child) for child in children(value)] == ["f(1, *a)", "-b"]


def test_contexts_operators_and_what_is_no_node_are_no_children():
    nodes = list(ast.walk(ast.parse("def f(a, b=1):\n    global c\n    return a and not b < c\n")))
    below = [child for node in nodes for child in children(node)]
    wanted = [
        node
        for node in nodes[1:]
        if not isinstance(node, ast.expr_context | ast.boolop | ast.unaryop | ast.cmpop)
    ]
    assert sorted(map(id, below)) == sorted(map(id, wanted))
