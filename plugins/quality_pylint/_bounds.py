"""Bounds on what astroid and pylint would compute about a text at any cost.

The functions stand in for theirs while the fence is up. What they say is the same wherever theirs would end soon.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from astroid import nodes, protocols, util

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Longest list or tuple that is computed; astroid's own bound is a hundred million.
_LONGEST = 10_000

_multiply: Any = protocols._multiply_seq_by_int  # noqa: SLF001
_operate: Any = protocols.tl_infer_binary_op
_BINDINGS = (nodes.AssignName, nodes.ClassDef, nodes.FunctionDef)

#: Scope → name → lines that bind it there. Emptied with every text.
bound_lines: dict[Any, dict[str, list[int]]] = {}


def multiply_sequence(self: Any, opnode: Any, value: int, context: Any) -> Any:
    """Repeats a list or tuple; one that would be too long has unknown elements."""
    if value > 0 and len(self.elts) * value > _LONGEST:
        node = self.__class__(parent=opnode)
        node.elts = [util.Uninferable]
        return node
    return _multiply(self, opnode, value, context)


def operate_on_sequence(
    self: Any, opnode: Any, operator: str, other: Any, context: Any, method: Any
) -> Iterator[Any]:
    """Adds to a list or tuple or repeats it; a sum that would be too long is unknown."""
    if operator == "+" and isinstance(other, self.__class__) and len(self.elts) + len(other.elts) > _LONGEST:
        return iter((util.Uninferable,))
    found: Iterator[Any] = _operate(self, opnode, operator, other, context, method)
    return found


def is_reassigned(node: Any, varname: str, before: bool) -> bool:  # noqa: FBT001 - pylint's signature
    """Tells whether a name is bound in the node's scope before or after it; walks each scope once."""
    scope = node.parent.scope() if isinstance(node, nodes.Lambda) and node.parent else node.scope()
    if node.lineno is None:
        return False
    if scope not in bound_lines:
        bound_lines[scope] = _lines_of(scope)
    lines = bound_lines[scope].get(varname, [])
    return any(line < node.lineno if before else line > node.lineno for line in lines)


def _lines_of(scope: Any) -> dict[str, list[int]]:
    lines: dict[str, list[int]] = defaultdict(list)
    for binding in scope.nodes_of_class(_BINDINGS):
        home = binding.parent if isinstance(binding, nodes.ClassDef | nodes.FunctionDef) else binding
        if binding.lineno is not None and home is not None and home.scope() is scope:
            lines[binding.name].append(binding.lineno)
    return {name: [min(each), max(each)] for name, each in lines.items()}
