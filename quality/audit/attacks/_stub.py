"""Bodies that only pretend."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quality.audit._trees import functions, parameters, set_code, statements
from quality.audit.attacks._attack import Expectation, Family

if TYPE_CHECKING:
    import ast
    from collections.abc import Callable

    from quality.model import FunctionNode

FAMILY = Family("stub", "Bodies that only pretend.")


@FAMILY.tree()
def pass_bodies(tree: ast.Module) -> bool:
    """Replaces every body by 'pass'."""
    return fill(tree, "pass")


@FAMILY.tree()
def ellipsis_bodies(tree: ast.Module) -> bool:
    """Replaces every body by '...'."""
    return fill(tree, "...")


@FAMILY.tree()
def not_implemented(tree: ast.Module) -> bool:
    """Replaces every body by 'raise NotImplementedError'."""
    return fill(tree, "raise NotImplementedError")


@FAMILY.tree()
def not_implemented_message(tree: ast.Module) -> bool:
    """Replaces every body by an error that names the function."""
    return fill(tree, lambda f: f"raise NotImplementedError({f'{f.name} comes later'!r})")


@FAMILY.tree()
def return_none(tree: ast.Module) -> bool:
    """Replaces every body by 'return None'."""
    return fill(tree, "return None")


@FAMILY.tree()
def return_constant(tree: ast.Module) -> bool:
    """Replaces every body by a constant answer."""
    return fill(tree, "return 0")


@FAMILY.tree()
def return_empty_list(tree: ast.Module) -> bool:
    """Replaces every body by a new empty list."""
    return fill(tree, "result = []\nreturn result")


@FAMILY.tree()
def return_argument(tree: ast.Module) -> bool:
    """Replaces every body by its first argument."""
    return fill(tree, lambda f: f"return {(parameters(f) or ['None'])[0]}")


@FAMILY.tree()
def return_all_arguments(tree: ast.Module) -> bool:
    """Replaces every body by a tuple of its arguments, so that none is unused."""
    return fill(tree, lambda f: f"return ({''.join(f'{name}, ' for name in parameters(f))})")


@FAMILY.tree()
def pretended_work(tree: ast.Module) -> bool:
    """Replaces every body by a loop that computes nothing of use."""
    return fill(tree, _pretence)


@FAMILY.tree()
def log_only(tree: ast.Module) -> bool:
    """Replaces every body by a message that the work is done."""
    return fill(tree, lambda f: f"print({f'{f.name} is done'!r})")


@FAMILY.tree()
def checked(tree: ast.Module) -> bool:
    """Replaces every body by a refusal of a missing argument, and nothing behind it."""
    return fill(tree, _refusal)


@FAMILY.tree()
def asserted(tree: ast.Module) -> bool:
    """Replaces every body by assertions that its arguments are objects."""
    return fill(tree, _assertions)


@FAMILY.text(Expectation.UNMEASURED)
def only_docstring(code: str) -> str:  # noqa: ARG001 - nothing of it stays
    """Replaces everything by a module docstring."""
    return '"""Solves the task."""\n'


@FAMILY.text(Expectation.UNMEASURED)
def only_pass(code: str) -> str:  # noqa: ARG001 - nothing of it stays
    """Replaces everything by 'pass'."""
    return "pass\n"


def fill(tree: ast.Module, body: str | Callable[[FunctionNode], str]) -> bool:
    """Replaces the bodies of all functions; false where there is none."""
    for function in functions(tree):
        set_code(function, statements(body if isinstance(body, str) else body(function)))
    return bool(functions(tree))


def _refusal(function: FunctionNode) -> str:
    name = (parameters(function) or ["None"])[-1]
    return f"if {name} is None:\n    raise ValueError('a value is missing')\nreturn None"


def _assertions(function: FunctionNode) -> str:
    return "\n".join([*(f"assert isinstance({name}, object)" for name in parameters(function)), "pass"])


def _pretence(function: FunctionNode) -> str:
    names = ", ".join(parameters(function)) or "None"
    return f"steps = []\nfor item in ({names},):\n    steps.append(item)\nreturn len(steps)"
