"""The same code more than once."""

from __future__ import annotations

import ast
import copy
from typing import TYPE_CHECKING

from quality.audit._trees import functions, is_plain, rewritten
from quality.audit.attacks._attack import Family
from quality.audit.attacks._rename import meaningless

if TYPE_CHECKING:
    import random

FAMILY = Family("copy", "The same code more than once.")


@FAMILY.tree()
def twice(tree: ast.Module) -> bool:
    """Repeats every top-level function under another name."""
    return _repeat(tree, 1)


@FAMILY.tree()
def ten_times(tree: ast.Module) -> bool:
    """Repeats every top-level function under ten other names."""
    return _repeat(tree, 10)


@FAMILY.text()
def with_other_names(code: str) -> str | None:
    """Repeats every function with other names inside."""
    other = meaningless(code)
    if other is None:
        return None
    tree = ast.parse(code)
    copies = [node for node in ast.parse(other).body if isinstance(node, ast.FunctionDef)]
    for node in copies:
        node.name = f"{node.name}_again"
    tree.body += copies
    return rewritten(tree) if copies else None


@FAMILY.tree()
def best_function(tree: ast.Module) -> bool:
    """Repeats the shortest function twenty times, so that it outweighs the others."""
    candidates = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    if not candidates:
        return False
    shortest = min(candidates, key=lambda node: len(list(ast.walk(node))))
    for number in range(20):
        clone = copy.deepcopy(shortest)
        clone.name = f"{clone.name}_{number}"
        clone.body.insert(0, ast.Assign([ast.Name("number", ast.Store())], ast.Constant(number)))
        tree.body.append(clone)
    return True


@FAMILY.seeded()
def in_branches(code: str, rng: random.Random) -> str | None:
    """Repeats the body of a function in both branches of a condition."""
    tree = ast.parse(code)
    candidates = [node for node in functions(tree) if is_plain(node)]
    if not candidates:
        return None
    function = rng.choice(candidates)
    test = ast.parse("__debug__", mode="eval").body
    function.body = [ast.If(test, function.body, copy.deepcopy(function.body))]
    return rewritten(tree)


def _repeat(tree: ast.Module, times: int) -> bool:
    originals = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    for number in range(times):
        for node in originals:
            clone = copy.deepcopy(node)
            clone.name = f"{node.name}_{number}"
            tree.body.append(clone)
    return bool(originals)
