"""What handlers of exceptions catch, and what they do."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.rules import is_placeholder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality.rules import Facts

#: Classes that every error is one of.
_ALL = frozenset({"Exception", "BaseException"})


def catches_all(facts: Facts, error: ast.expr | None) -> bool:
    """Tells whether a handler that names this, or nothing, catches every error: ``Exception``, alone or among others."""
    if error is None:
        return True
    named = facts.origins.value(error)
    entries = named.elts if isinstance(named, ast.Tuple) else [error]
    return any(facts.origin(entry) in _ALL for entry in entries)


def guards(facts: Facts, node: ast.AST) -> Iterator[ast.Try]:
    """The ``try`` statements whose handlers come to know what goes wrong at a node, the innermost first."""
    below = node
    for above in facts.ancestors(node):
        if isinstance(above, ast.Try) and below in above.body and above.handlers:
            yield above
        below = above


def asks_for_name(node: ast.AST) -> bool:
    """Tells whether a ``try`` has an answer to a name that is not there."""
    if not isinstance(node, ast.Try | ast.TryStar):
        return False
    types = [handler.type for handler in node.handlers]
    each = [part for kind in types for part in (kind.elts if isinstance(kind, ast.Tuple) else [kind])]
    return any(isinstance(kind, ast.Name) and kind.id == "NameError" for kind in each)


def has_another_way(attempt: ast.Try) -> bool:
    """Tells whether a handler does something besides leaving with an error."""
    handling = (statement for handler in attempt.handlers for statement in handler.body)
    return not all(isinstance(each, ast.Raise) or is_placeholder(each) for each in handling)
