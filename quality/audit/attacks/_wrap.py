"""Something around the code."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.audit._trees import code_of, compiles, functions, indented, insert_top, set_code, statements
from quality.audit.attacks._attack import Family

if TYPE_CHECKING:
    from collections.abc import Iterable

FAMILY = Family("wrap", "Something around the code.")


@FAMILY.text()
def bare_try(code: str) -> str | None:
    """Puts everything into a 'try' with a bare 'except'."""
    return None if "__future__" in code else f"try:\n{indented(code)}\nexcept:\n    pass\n"


@FAMILY.tree()
def try_in_each_function(tree: ast.Module) -> bool:
    """Swallows all exceptions in every function."""
    return _around(tree, "try:\n    pass\nexcept Exception:\n    pass")


@FAMILY.tree()
def try_and_log(tree: ast.Module) -> bool:
    """Logs and swallows all exceptions in every function."""
    insert_top(tree, statements("import logging"))
    return _around(tree, "try:\n    pass\nexcept Exception:\n    logging.exception('it did not work')")


@FAMILY.tree()
def try_and_reraise(tree: ast.Module) -> bool:
    """Catches and raises again in every function."""
    return _around(tree, "try:\n    pass\nexcept ValueError:\n    raise")


@FAMILY.tree()
def suppressed(tree: ast.Module) -> bool:
    """Swallows all exceptions by a context manager."""
    insert_top(tree, statements("import contextlib"))
    return _around(tree, "with contextlib.suppress(Exception):\n    pass")


@FAMILY.tree()
def own_context(tree: ast.Module) -> bool:
    """Swallows all exceptions by a context manager of the module."""
    text = "class Quiet:\n    def __enter__(self):\n        return self\n\n    def __exit__(self, *details):\n        return True"
    changed = _around(tree, "with Quiet():\n    pass")
    insert_top(tree, statements(text))
    return changed


@FAMILY.tree()
def run_once_loop(tree: ast.Module) -> bool:
    """Puts every body into a loop that runs once."""
    return compiles(tree) and _around(tree, "for _ in (0,):\n    pass")


@FAMILY.tree()
def true_block(tree: ast.Module) -> bool:
    """Puts every body below a condition that always holds."""
    return _around(tree, "if 1 + 1 == 2:\n    pass")


@FAMILY.tree()
def finally_block(tree: ast.Module) -> bool:
    """Puts every body into a 'try' with an empty 'finally'."""
    return _around(tree, "try:\n    pass\nfinally:\n    del []")


def _around(tree: ast.Module, text: str) -> bool:
    """Replaces the first block of a statement by each function's body."""
    for function in functions(tree):
        outer = statements(text)[0]
        _fill(outer, code_of(function))
        set_code(function, [outer])
    return bool(functions(tree))


def _fill(outer: ast.stmt, body: Iterable[ast.stmt]) -> None:
    if isinstance(outer, ast.Try | ast.With | ast.For | ast.If):
        outer.body = [*body] or outer.body
