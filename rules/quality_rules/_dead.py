"""What never runs, and what is never read."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from quality.rules import SCOPES
from quality_rules._constants import is_type_checking, truth

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality.model import FunctionNode
    from quality.rules import Facts

#: Names that say that they are not read.
_UNUSED = re.compile(r"^_+$|^__\w+__$|unused|ignored?")
#: Builtins that see all locals of a function.
_SEE_LOCALS = frozenset({"locals", "vars", "eval", "exec", "dir"})


def outcome(facts: Facts, node: ast.If) -> bool | None:
    """What a condition always comes to, as it stands or by the local name that the statement before it binds; or None.

    A module's name is a switch for whoever edits it.
    """
    if is_type_checking(node.test):
        return False
    match node.test, facts.previous(node):
        case ast.Name(id=asked), ast.Assign(targets=[ast.Name(id=bound)], value=value) if (
            asked == bound and facts.function(node) is not None
        ):
            return truth(value)
    return truth(node.test)


def dead_branch(facts: Facts, node: ast.If) -> list[ast.stmt]:
    """The statements of a condition that never run, because its outcome is fixed."""
    known = outcome(facts, node)
    return node.body if known is False else node.orelse if known else []


def is_unreachable(facts: Facts, node: ast.AST) -> bool:
    """Tells whether a node is in a branch that never runs."""
    place = facts.span(node)[0]
    for above in facts.ancestors(node):
        dead = dead_branch(facts, above) if isinstance(above, ast.If) else ()
        if dead and facts.span(dead[0])[0] <= place < facts.span(dead[-1])[1]:
            return True
    return False


def never_read(facts: Facts, function: FunctionNode) -> Iterator[tuple[str, list[ast.Name]]]:
    """Yields the local names of an outermost function that assignments bind and nothing reads, with the places.

    To delete a name is not to read it.
    """
    names = facts.names(function)
    if names.loads.keys() & _SEE_LOCALS or facts.function(function) is not None:
        return
    for name, places in sorted(names.stores.items()):
        read = any(not isinstance(use.ctx, ast.Del) for use in names.loads.get(name, ()))
        known = read or name in names.shared or name in names.parameters
        if not known and not _UNUSED.search(name) and all(_is_assigned(facts, place) for place in places):
            yield name, places


def _is_assigned(facts: Facts, name: ast.Name) -> bool:
    """Tells whether a name is bound by an assignment of its own, in a function."""
    statement = facts.parent(name)
    scope = next((above for above in facts.ancestors(name) if isinstance(above, SCOPES)), None)
    plain = isinstance(statement, ast.Assign) or (
        isinstance(statement, ast.AnnAssign) and statement.value is not None
    )
    return plain and not isinstance(scope, ast.ClassDef)
