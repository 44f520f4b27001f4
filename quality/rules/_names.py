"""The names of a function: its parameters, and where names are bound and read in it."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quality.rules._syntax import positional_of

if TYPE_CHECKING:
    from quality.model import FunctionNode
    from quality.rules._facts import Facts


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a function, nested functions included.

    Attributes:
        parameters: Its parameters in order, ``self`` or ``cls`` of a method included.
        stores: Name → the places that bind it, in order.
        loads: Name → the places that read, delete or add to it, in order.
        shared: Names declared ``global`` or ``nonlocal``.
    """

    parameters: tuple[str, ...]
    stores: dict[str, list[ast.Name]]
    loads: dict[str, list[ast.Name]]
    shared: frozenset[str]


def names_of(facts: Facts, function: FunctionNode) -> Names:
    """The names of a function; ``Facts.names`` keeps them."""
    stores: dict[str, list[ast.Name]] = {}
    loads: dict[str, list[ast.Name]] = {}
    for node in facts.inside(function, ast.Name):
        stored = type(node.ctx) is ast.Store and type(facts.parent(node)) is not ast.AugAssign
        (stores if stored else loads).setdefault(node.id, []).append(node)
    shared = [name for node in facts.inside(function, ast.Global) for name in node.names]
    shared += [name for node in facts.inside(function, ast.Nonlocal) for name in node.names]
    return Names(parameters(function), stores, loads, frozenset(shared))


def parameters(function: FunctionNode | ast.Lambda) -> tuple[str, ...]:
    """Names of all parameters of a function, in the order of the text."""
    arguments = function.args
    every = [*positional_of(arguments), arguments.vararg, *arguments.kwonlyargs, arguments.kwarg]
    return tuple(argument.arg for argument in every if argument is not None)
