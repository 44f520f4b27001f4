from __future__ import annotations

import ast

import pytest

from quality.audit.sets import taught_algorithms, taught_refactorings


@pytest.mark.parametrize(("read", "least"), [(taught_refactorings, 25), (taught_algorithms, 40)])
def test_both_sides_of_each_pair_are_code_and_differ(read, least):
    pairs = read()
    assert len(pairs) >= least
    for pair in pairs:
        assert ast.dump(ast.parse(pair.bad)) != ast.dump(ast.parse(pair.good)), pair.id


@pytest.mark.parametrize("pair", taught_algorithms(), ids=lambda pair: pair.id)
def test_both_algorithms_are_called_alike(pair):
    """What the better side offers the worse side offers by the same names: they are solutions of one task."""
    bad, good = (_offered(text) for text in (pair.bad, pair.good))
    assert bad & good


def _offered(text: str) -> set[str]:
    """The public functions and methods of a text."""
    functions = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef))
    return {function.name for function in functions if not function.name.startswith("_")}
