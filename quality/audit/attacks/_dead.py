"""Code that never runs, or that is made never to run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quality.audit._trees import code_of, functions, indented, set_code, statements
from quality.audit.attacks import _filler as filler
from quality.audit.attacks._attack import Family
from quality.audit.attacks._pad import PADDING

if TYPE_CHECKING:
    import ast

FAMILY = Family("dead", "Code that never runs, or that is made never to run.")


@FAMILY.tree()
def early_return(tree: ast.Module) -> bool:
    """Returns before everything else in every function."""
    for function in functions(tree):
        set_code(function, [*statements("return None"), *code_of(function)])
    return bool(functions(tree))


@FAMILY.tree()
def code_after_return(tree: ast.Module) -> bool:
    """Adds simple statements that are never reached."""
    for function in functions(tree):
        tail = statements("return None\n" + "\n".join(f"spare_{n} = {n}" for n in range(12)))
        set_code(function, [*code_of(function), *tail])
    return bool(functions(tree))


@FAMILY.tree()
def bodies_below_false(tree: ast.Module) -> bool:
    """Puts every body below a condition that never holds."""
    return _below(tree, "if False:\n    pass")


@FAMILY.tree()
def bodies_below_zero(tree: ast.Module) -> bool:
    """Puts every body into a loop that never runs."""
    return _below(tree, "while 0:\n    pass")


@FAMILY.tree()
def bodies_below_empty_loop(tree: ast.Module) -> bool:
    """Puts every body into a loop over nothing."""
    return _below(tree, "for _ in ():\n    pass")


@FAMILY.tree()
def bodies_below_debug(tree: ast.Module) -> bool:
    """Puts every body below a condition that never holds and is hard to see through."""
    return _below(tree, "if not __debug__ and __debug__:\n    pass")


@FAMILY.text()
def everything_below_false(code: str) -> str | None:
    """Puts the whole code below 'if False:'."""
    return None if "__future__" in code else f"if False:\n{indented(code)}"


@FAMILY.text()
def stubs_beside_dead_code(code: str) -> str | None:
    """Keeps the code below 'if False:' and adds clean functions that take its place."""
    if "__future__" in code:
        return None
    return f"if False:\n{indented(code)}\n\n{filler.trivial_functions(3)}"


@FAMILY.text(bound=PADDING)
def clean_code_below_false(code: str) -> str:
    """Adds clean code below 'if False:'."""
    return f"{code}\n\nif False:\n{indented(filler.distinct_functions())}"


@FAMILY.text(bound=PADDING)
def unused_lambdas(code: str) -> str:
    """Adds 40 lambdas that nobody calls."""
    return code + "\n\n" + "".join(f"HANDLERS_{n} = (lambda value: value + {n})\n" for n in range(40))


def _below(tree: ast.Module, text: str) -> bool:
    for function in functions(tree):
        outer = statements(text)[0]
        outer.body = code_of(function) or statements("pass")  # type: ignore[attr-defined]
        set_code(function, [outer])
    return bool(functions(tree))
