"""Runs loops."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality_rules._constants import is_empty, truth
from quality_rules._substance._branches import only_refuses
from quality_rules._substance._nature import Nature

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quality_rules._substance._body import Body
    from quality_rules._substance._statements import Runs


def _while(body: Body, statement: ast.While) -> bool:
    body.effects(statement.test)
    known = truth(statement.test)
    if known is False:
        return body.block(statement.orelse)
    if only_refuses(body, statement):
        return False
    test = body.condition(statement.test)
    endless = known is True and not _ends(body, statement.body)
    _turns(body, test, statement.body, counted=test > Nature.FIXED or (known is True and not endless))
    body.block(statement.orelse)
    return False


def _ends(body: Body, block: Sequence[ast.stmt]) -> bool:
    """Tells whether something in the block of a loop leaves it, on which depends how often it runs."""
    return any(
        isinstance(node, ast.Break | ast.Return | ast.Raise)
        for each in block
        for node in body.facts.within(each)
    )


def _for(body: Body, statement: ast.For | ast.AsyncFor) -> bool:
    body.effects(statement.iter)
    if is_empty(statement.iter) or (body.is_barren(statement.iter) and not body.is_own(statement.iter)):
        return body.block(statement.orelse)
    target, container = body.counted(statement.target, statement.iter)
    nature = Nature.WORK if isinstance(statement, ast.AsyncFor) else body.element(container)
    if nature is Nature.ECHO and isinstance(target, ast.Tuple | ast.List):
        nature = Nature.FORM  # it is taken apart
    body.bind_target(target, nature, container)
    if nature is Nature.ECHO and isinstance(target, ast.Name):
        body.elements.add(target.id)
    spread, body.spread = body.spread, body.spread or body.is_packed(statement.iter)
    _turns(body, Nature.FIXED, statement.body, counted=body.size(statement.iter) > Nature.FIXED)
    body.spread = spread
    body.block(statement.orelse)
    return False


def _turns(body: Body, test: Nature, block: Sequence[ast.stmt], *, counted: bool) -> None:
    """Runs the block of a loop.

    Args:
        body: The function.
        test: The nature of the condition under which there is another turn.
        block: What each turn does.
        counted: Whether how often it runs depends on something.
    """
    body.has_loop = True
    outer = (body.looped, body.turns)
    entered, body.entered = body.entered, body.control if body.entered is None else body.entered
    if counted and not body.looped:
        body.looped, body.turns = True, (body.facts.span(block[0])[0], body.facts.span(block[-1])[1])
    # What ends a loop early decides whether there is a later turn, and how much of everything is there behind it.
    left = _left_by(body, block)
    body.below(max(test, left), block)
    body.looped, body.turns = outer
    body.entered = entered
    body.control = max(body.control, left, _left_by(body, block))


def _left_by(body: Body, block: Sequence[ast.stmt]) -> Nature:
    """The nature of the conditions under which the block of a loop breaks out of it."""
    found = Nature.NOTHING
    for statement in block:
        if isinstance(statement, ast.If):
            branches = [*statement.body, *statement.orelse]
            if any(isinstance(each, ast.Break) for each in branches):
                found = max(found, body.condition(statement.test))
            found = max(found, _left_by(body, branches))
    return found


RUNS: Runs = {ast.While: _while, ast.For: _for, ast.AsyncFor: _for}
