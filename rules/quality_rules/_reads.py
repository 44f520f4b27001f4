"""Where names are read, in a whole source: one look for all rules."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quality.rules import Facts


def reads_of(facts: Facts) -> dict[str, list[ast.Name]]:
    """Name → the places that read it, in order; kept with ``facts.derived(reads_of)``."""
    found: dict[str, list[ast.Name]] = {}
    for node in facts.of(ast.Name):
        if isinstance(node.ctx, ast.Load):
            found.setdefault(node.id, []).append(node)
    return found
