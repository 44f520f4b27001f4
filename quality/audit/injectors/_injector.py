"""What a smell's injector is."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quality.audit._trees import (
    code_of,
    functions,
    is_plain,
    parameters,
    rewritten,
    set_code,
    statements,
)
from quality.model import parsed

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    from quality.model import FunctionNode

    Change = Callable[[ast.Module, FunctionNode], bool]


@dataclass(frozen=True, slots=True)
class Injector:
    """Puts one known smell into clean code.

    Attributes:
        id: ``dimension:name``.
        dimension: Where the smell belongs.
        description: What is put in.
        change: Changes a tree at one of its functions, and tells whether it did.
    """

    id: str
    dimension: str
    description: str
    change: Change = field(compare=False, repr=False)

    def apply(self, code: str, rng: random.Random) -> str | None:
        """Injects the smell.

        Args:
            code: Python source.
            rng: Chooses the function.

        Returns:
            The changed code; None when it has no function that takes a parameter, or the smell has no place.
        """
        tree = parsed(code)
        places = [each for each in functions(tree) if _is_place(each)] if tree else []
        if tree is None or not places:
            return None
        return rewritten(tree) if self.change(tree, rng.choice(places)) else None


def inserted(dimension: str, name: str, description: str, text: str) -> Injector:
    """A smell as statements at the start of a function; ``{name}`` is its first parameter."""

    def change(_tree: ast.Module, function: FunctionNode) -> bool:
        new = statements(text.replace("{name}", subject(function)))
        set_code(function, [*new, *code_of(function)])
        return True

    return Injector(f"{dimension}:{name}", dimension, description, change)


def appended(dimension: str, name: str, description: str, text: str) -> Injector:
    """A smell as statements at the end of the module."""

    def change(tree: ast.Module, _function: FunctionNode) -> bool:
        tree.body += statements(text)
        return True

    return Injector(f"{dimension}:{name}", dimension, description, change)


def wrapped(dimension: str, name: str, description: str, text: str) -> Injector:
    """A smell as a statement around a function's body, which takes the place of its innermost ``pass``."""

    def change(_tree: ast.Module, function: FunctionNode) -> bool:
        (outer,) = statements(text.replace("{name}", subject(function)))
        _fill_pass(outer, code_of(function))
        set_code(function, [outer])
        return True

    return Injector(f"{dimension}:{name}", dimension, description, change)


def changed(dimension: str, name: str, description: str, change: Change) -> Injector:
    """A smell as a change of the tree."""
    return Injector(f"{dimension}:{name}", dimension, description, change)


def subject(function: FunctionNode) -> str:
    """The first parameter that is no 'self'."""
    return next(name for name in parameters(function) if name not in {"self", "cls"})


def _is_place(function: FunctionNode) -> bool:
    named = [name for name in parameters(function) if name not in {"self", "cls"}]
    return bool(named) and is_plain(function) and bool(code_of(function))


def _fill_pass(outer: ast.stmt, body: list[ast.stmt]) -> None:
    """Replaces the first block that is only ``pass``."""
    for node in ast.walk(outer):
        block = getattr(node, "body", None)
        if isinstance(block, list) and len(block) == 1 and isinstance(block[0], ast.Pass):
            block[:] = body
            return
