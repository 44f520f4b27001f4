"""Where a node stands: shorter ways to what astroid climbs up the tree for again and again, with the same outcome."""

from __future__ import annotations

from typing import Any

from astroid import constraint, nodes
from astroid.nodes.node_ng import NodeNG
from pylint.checkers import utils

from quality_pylint._index import once_a_node

_constraints: Any = constraint.get_constraints
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


#: (Owner, name, what stands in for it).
OF_PLACES: tuple[tuple[Any, str, Any], ...] = (
    (constraint, "get_constraints", constraints_of),
    (utils, "get_node_first_ancestor_of_type", first_above),
    (NodeNG, "parent_of", parent_of),
    *((NodeNG, name, once_a_node(getattr(NodeNG, name))) for name in ("frame", "root", "scope", "statement")),
)
