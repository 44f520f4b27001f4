"""Containers that are made anew, and the functions that make them."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quality.rules import Facts

#: What makes a container that can be changed.
DISPLAYS = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp)


def makes_container(facts: Facts, call: ast.Call) -> bool:
    """Tells whether a call is one of a function of the module, all of whose answers are such containers."""
    name = call.func.id if isinstance(call.func, ast.Name) else ""
    made = [each for each in facts.of(ast.FunctionDef) if each.name == name and facts.is_of_module(each)]
    if len(made) != 1 or made[0].decorator_list:
        return False
    answers = [
        each.value
        for each in facts.within(made[0])
        if isinstance(each, ast.Return) and facts.function(each) is made[0]
    ]
    return bool(answers) and all(
        answer is not None and isinstance(facts.display(answer), DISPLAYS) for answer in answers
    )
