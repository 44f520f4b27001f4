"""The nodes of a syntax tree in the order of the text, found in one walk that the host and all rules share."""

from __future__ import annotations

import ast
from collections import defaultdict
from dataclasses import dataclass

#: Fields that hold no nodes, or nodes that the parser shares between places and that mean nothing alone.
_LEAF_FIELDS = frozenset(
    {"ctx", "op", "ops", "id", "attr", "kind", "type_comment", "level", "simple", "is_async", "conversion"}
)


@dataclass(frozen=True, slots=True)
class Nodes:
    """What one walk finds.

    Attributes:
        order: The nodes, parents before children; contexts and operators aside.
        depths: How many nodes are above each.
        parents: Node → the node that holds it.
        kinds: Type → its nodes, in the same order.
    """

    order: list[ast.AST]
    depths: list[int]
    parents: dict[ast.AST, ast.AST]
    kinds: dict[type[ast.AST], list[ast.AST]]


def walk(tree: ast.AST) -> Nodes:
    """Finds the nodes of a tree, without recursion."""
    nodes = Nodes([], [], {}, defaultdict(list))
    order, depths, parents, kinds = nodes.order, nodes.depths, nodes.parents, nodes.kinds
    fields_of, node_type = _FIELDS_FROM_LAST, ast.AST
    pending: list[tuple[ast.AST, int]] = [(tree, 0)]
    while pending:
        node, depth = pending.pop()
        kind = type(node)
        order.append(node)
        depths.append(depth)
        kinds[kind].append(node)
        depth += 1
        for name in fields_of[kind]:
            value = getattr(node, name, None)
            if isinstance(value, node_type):
                parents[value] = node
                pending.append((value, depth))
            elif value and type(value) is list:
                for child in reversed(value):
                    if isinstance(child, node_type):
                        parents[child] = node
                        pending.append((child, depth))
    return nodes


def children(node: ast.AST) -> list[ast.AST]:
    """The nodes right below a node, in the order of the text; contexts and operators aside."""
    found: list[ast.AST] = []
    for name in _CHILD_FIELDS[type(node)]:
        value = getattr(node, name, None)
        if isinstance(value, ast.AST):
            found.append(value)
        elif value and type(value) is list:
            found += [each for each in value if isinstance(each, ast.AST)]
    return found


class _ChildFields(dict[type[ast.AST], tuple[str, ...]]):
    """Node type → its fields that may hold nodes worth a visit."""

    def __missing__(self, kind: type[ast.AST]) -> tuple[str, ...]:
        fields = () if kind is ast.Constant else tuple(n for n in kind._fields if n not in _LEAF_FIELDS)
        self[kind] = fields
        return fields


class _FieldsFromLast(dict[type[ast.AST], tuple[str, ...]]):
    """The same, last first, as what is put on a stack is taken off it."""

    def __missing__(self, kind: type[ast.AST]) -> tuple[str, ...]:
        fields = self[kind] = _CHILD_FIELDS[kind][::-1]
        return fields


_CHILD_FIELDS = _ChildFields()
_FIELDS_FROM_LAST = _FieldsFromLast()
