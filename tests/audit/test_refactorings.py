from __future__ import annotations

import ast

from quality.audit.sets import taught_refactorings


def test_both_sides_of_each_pair_are_code_and_differ():
    pairs = taught_refactorings()
    assert len(pairs) >= 25
    for pair in pairs:
        assert ast.dump(ast.parse(pair.bad)) != ast.dump(ast.parse(pair.good)), pair.id
