"""What assignments bind, and to what."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

from quality.rules._syntax import targets_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


class Assignment(NamedTuple):
    """What binds a name, or another place, to a value of its own; ``x: int`` does not.

    Attributes:
        node: The assignment.
        targets: What it binds, in the order of the text.
        value: What all of them get.
    """

    node: ast.Assign | ast.AnnAssign | ast.NamedExpr
    targets: Sequence[ast.expr]
    value: ast.expr


def assignments_in(nodes: Iterable[ast.Assign | ast.AnnAssign | ast.NamedExpr]) -> Sequence[Assignment]:
    """What nodes bind, in their order: where a display is taken apart, each pair follows the whole."""
    found: list[Assignment] = []
    for node in nodes:
        if node.value is not None:
            targets = targets_of(node)
            found.append(Assignment(node, targets, node.value))
            pairs = (pair for target in targets for pair in pairs_of(target, node.value))
            found += [Assignment(node, [place], value) for place, value in pairs]
    return found


def pairs_of(target: ast.expr, value: ast.expr | None) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Each place of a display with what it gets of another, ``a, b = 1, 2``, where no star moves them."""
    if isinstance(target, (ast.Tuple, ast.List)) and isinstance(value, (ast.Tuple, ast.List)):
        both = [*target.elts, *value.elts]
        if len(target.elts) == len(value.elts) and not any(isinstance(each, ast.Starred) for each in both):
            yield from zip(target.elts, value.elts, strict=True)
