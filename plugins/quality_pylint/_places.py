"""Where a node stands: shorter ways to what astroid climbs up the tree for again and again, with the same outcome."""

from __future__ import annotations

from typing import Any

import astroid
from astroid import constraint, nodes
from astroid.nodes._base_nodes import Statement
from astroid.nodes.node_ng import NodeNG
from pylint.checkers import utils

from quality_pylint._index import is_at_hand, once_a_node, once_a_text

_constraints: Any = constraint.get_constraints
_exclusive: Any = nodes.are_exclusive
_located: Any = NodeNG.locate_child
_next: Any = Statement.next_sibling
#: What has branches of which one is run.
_BRANCHING = (nodes.If, nodes.Try)
#: What has conditions on a name in it.
_CONDITIONAL = frozenset(
    [
        *(nodes.If, nodes.IfExp, nodes.Comprehension),
        *(nodes.ListComp, nodes.SetComp, nodes.DictComp, nodes.GeneratorExp),
    ]
)


def first_above(node: Any, ancestor_type: Any) -> Any:
    """The innermost node of a class that holds a node, or None."""
    above = node.parent
    while above is not None and not isinstance(above, ancestor_type):
        above = above.parent
    return above


def parent_of(self: Any, node: Any) -> bool:
    """Tells whether a node is in another."""
    above = node.parent
    while above is not None and above is not self:
        above = above.parent
    return above is not None


def constraints_of(expr: Any, frame: Any) -> Any:
    """What the conditions around a name say of it: nothing, where no condition is around it."""
    below, above = expr, expr.parent
    while below is not frame and above is not None:
        if type(above) in _CONDITIONAL:
            return _constraints(expr, frame)
        below, above = above, above.parent
    return {}


def are_exclusive(stmt1: Any, stmt2: Any, exceptions: Any = None) -> Any:
    """Tells whether of two nodes only one is run: not where the innermost node around both has no branches."""
    if stmt1.parent is stmt2.parent and not isinstance(stmt1.parent, _BRANCHING):
        return False
    if first_above(stmt1, _BRANCHING) is None or first_above(stmt2, _BRANCHING) is None:
        return False
    return _exclusive(stmt1, stmt2, exceptions)


def locate_child(self: Any, child: Any) -> Any:
    """The field of a node that holds another, and what stands in it."""
    found = _children(self).get(child) if is_at_hand(self) else None
    return _located(self, child) if found is None else found[:2]


def next_sibling(self: Any) -> Any:
    """The statement behind one in its block, or None."""
    found = _children(self.parent).get(self) if is_at_hand(self) else None
    if found is None:
        return _next(self)
    _, block, place = found
    return block[place + 1] if isinstance(block, list) and place + 1 < len(block) else None


def _children(node: Any) -> dict[Any, tuple[str, Any, int]]:
    """What is right below a node → the field that holds it, what stands in that, and the place in it."""
    known: dict[Any, tuple[str, Any, int]] = once_a_text("children", lambda: _find_children(node), node)
    return known


def _find_children(node: Any) -> dict[Any, tuple[str, Any, int]]:
    found: dict[Any, tuple[str, Any, int]] = {}
    for field in reversed(node._astroid_fields):  # noqa: SLF001 - there is no public way
        value = getattr(node, field)
        if isinstance(value, list):
            found.update((child, (field, value, place)) for place, child in enumerate(value))
        elif isinstance(value, NodeNG):
            found[value] = (field, value, 0)
    return found


#: (Owner, name, what stands in for it).
OF_PLACES: tuple[tuple[Any, str, Any], ...] = (
    (constraint, "get_constraints", constraints_of),
    (utils, "get_node_first_ancestor_of_type", first_above),
    (nodes, "are_exclusive", are_exclusive),
    (astroid, "are_exclusive", are_exclusive),
    (NodeNG, "parent_of", parent_of),
    (NodeNG, "locate_child", locate_child),
    (Statement, "next_sibling", next_sibling),
    *((NodeNG, name, once_a_node(getattr(NodeNG, name))) for name in ("frame", "root", "scope", "statement")),
)
