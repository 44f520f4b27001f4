"""Statements that others only stand around."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality_rules._constants import truth

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def unwrapped(body: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements of a body, those in place of a block that are run once, first, whatever happens.

    Such blocks are ``with``, ``try``, ``if 1 + 1 == 2`` and a loop over one written element.
    """
    pending = [*reversed(body)]
    while pending:
        statement = pending.pop()
        inner = _run_once(statement)
        pending += reversed(inner)
        if not inner:
            yield statement


def _run_once(statement: ast.stmt) -> Sequence[ast.stmt]:
    """What a statement runs once, whatever happens; empty where that depends."""
    match statement:
        case ast.With(body=body) | ast.AsyncWith(body=body):
            return body
        case ast.Try(body=body, orelse=otherwise, finalbody=last):
            return [*body, *otherwise, *last]
        case ast.If(test=test, body=body) if truth(test) is True:
            return body
        case ast.For(iter=ast.List(elts=[_]) | ast.Tuple(elts=[_]), body=body):
            return body
    return ()
