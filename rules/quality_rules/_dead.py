"""What never runs, and what is never read."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from quality.rules import ASSIGNMENTS, SCOPES, is_type_checking
from quality_rules._constants import truth
from quality_rules._given import given
from quality_rules._idle import Reads, is_idle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality.model import FunctionNode
    from quality.rules import Facts, Names

#: Names that say that they are not read.
_UNUSED = re.compile(r"^_+$|unused|ignored?")
#: Names that others read out of the frame.
_OF_OTHERS = re.compile(r"__\w+__$|_rich_traceback_(?:omit|guard)$")
#: Builtins that see all locals of a function.
_SEE_LOCALS = frozenset({"locals", "vars", "eval", "exec", "dir"})


def outcome(facts: Facts, node: ast.If) -> bool | None:
    """What a condition always comes to, as it stands or by the local name that the statement before it binds; or None.

    A constant of a module is a switch for whoever edits it.
    """
    if is_type_checking(node.test):
        return False
    if isinstance(node.test, ast.Name) and (facts.function(node) is not None or node.test.id.islower()):
        bound = dict(given(facts.previous(node))).get(node.test.id)
        return truth(bound) if bound is not None else None
    return truth(node.test)


def dead_branch(facts: Facts, node: ast.If) -> list[ast.stmt]:
    """The statements of a condition that never run, because its outcome is fixed."""
    known = outcome(facts, node)
    if known is None:
        return []
    return node.orelse if known else node.body


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

    A read that nothing comes of is none. A name that says that it is not read is meant where the value may come of something
    that is done.
    """
    names = facts.names(function)
    if facts.function(function) is not None or _sees_locals(facts, names):
        return
    reads = Reads(facts, function)
    for name, places in sorted(names.stores.items()):
        if name in names.parameters or _OF_OTHERS.match(name) or reads.is_read(name):
            continue
        values = [_assigned(facts, place) for place in places]
        kept = places
        if _UNUSED.search(name):
            kept = [p for p, value in zip(places, values, strict=True) if value and is_idle(facts, value)]
        if kept and all(values):
            yield name, kept


def _sees_locals(facts: Facts, names: Names) -> bool:
    """Tells whether a function looks at its names as a whole, and does something with them."""
    looks = (use for name in names.loads.keys() & _SEE_LOCALS for use in names.loads[name])
    return any(not isinstance(facts.parent(facts.parent(use) or use), ast.Expr) for use in looks)


def _assigned(facts: Facts, name: ast.Name) -> ast.expr | None:
    """What an assignment gives to a name of a function; None where it is bound otherwise."""
    statement = facts.parent(name)
    scope = next((above for above in facts.ancestors(name) if isinstance(above, SCOPES)), None)
    if isinstance(scope, ast.ClassDef):
        return None
    if isinstance(statement, ASSIGNMENTS):
        return statement.value
    around = facts.parent(statement) if isinstance(statement, ast.Tuple) else None
    whole = around.value if isinstance(around, ast.Assign) else None
    # Of displays on both sides each entry is an assignment.
    if (
        isinstance(whole, ast.Tuple)
        and isinstance(statement, ast.Tuple)
        and len(whole.elts) == len(statement.elts)
    ):
        return whole.elts[statement.elts.index(name)]
    return None
