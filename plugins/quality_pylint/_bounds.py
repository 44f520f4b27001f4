"""Bounds on what astroid and pylint would compute about a text at any cost.

The functions stand in for theirs while the fence is up. What they say is the same wherever theirs would end soon.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from astroid import nodes, protocols, util
from pylint.checkers import utils

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Longest list, tuple or f-string that is computed; astroid's own bound is a hundred million or none.
_LONGEST = 10_000
#: Most bits of two whole numbers that are computed with: some ten thousand digits.
_MOST_BITS = 33_000

_multiply: Any = protocols._multiply_seq_by_int  # noqa: SLF001
_operate: Any = protocols.tl_infer_binary_op
_compute: Any = protocols.const_infer_binary_op
_join: Any = nodes.JoinedStr._infer_with_values  # noqa: SLF001
#: What pylint does not look into for calls of ``locals``.
_APART = (nodes.FunctionDef, nodes.ClassDef, nodes.Import, nodes.ImportFrom)
_BINDINGS = (nodes.AssignName, nodes.ClassDef, nodes.FunctionDef)

#: Scope → name → first and last line that binds it there. Emptied with every text, as is the next.
bound_lines: dict[Any, dict[str, list[int]]] = {}
#: Function → last line that calls ``locals``, or 0.
locals_lines: dict[Any, int] = {}


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


def compute(self: Any, opnode: Any, operator: str, other: Any, context: Any, method: Any) -> Iterator[Any]:
    """Computes with two constants; what two numbers of very many digits come to is unknown."""
    if isinstance(other, nodes.Const) and _bits(self.value) + _bits(other.value) > _MOST_BITS:
        return iter((util.Uninferable,))
    found: Iterator[Any] = _compute(self, opnode, operator, other, context, method)
    return found


def _bits(value: object) -> int:
    return value.bit_length() if isinstance(value, int) else 0


def join_string(self: Any, context: Any = None) -> Iterator[Any]:
    """Computes an f-string; one that would be too long is unknown."""
    for inferred in _join(self, context):
        long = isinstance(inferred, nodes.Const) and len(inferred.value) > _LONGEST
        yield util.Uninferable if long else inferred


def is_reassigned(node: Any, varname: str, before: bool) -> bool:  # noqa: FBT001 - pylint's signature
    """Tells whether a name is bound in the node's scope before or after it; walks each scope once."""
    scope = node.parent.scope() if isinstance(node, nodes.Lambda) and node.parent else node.scope()
    if node.lineno is None:
        return False
    if scope not in bound_lines:
        bound_lines[scope] = _lines_of(scope)
    lines = bound_lines[scope].get(varname, [])
    return any(line < node.lineno if before else line > node.lineno for line in lines)


def forget_lines() -> None:
    """Forgets the text."""
    bound_lines.clear()
    locals_lines.clear()


def _lines_of(scope: Any) -> dict[str, list[int]]:
    lines: dict[str, list[int]] = defaultdict(list)
    for binding in scope.nodes_of_class(_BINDINGS):
        home = binding.parent if isinstance(binding, nodes.ClassDef | nodes.FunctionDef) else binding
        if binding.lineno is not None and home is not None and home.scope() is scope:
            lines[binding.name].append(binding.lineno)
    return {name: [min(each), max(each)] for name, each in lines.items()}


def has_locals_call_after(stmt: Any, scope: Any) -> bool:
    """Tells whether a function calls ``locals`` below a statement; walks each function once."""
    if scope not in locals_lines:
        locals_lines[scope] = max(
            map(_line_of_locals, scope.nodes_of_class(nodes.Call, skip_klass=_APART)), default=0
        )
    return bool(stmt.lineno < locals_lines[scope])


def _line_of_locals(call: Any) -> int:
    inferred: Any = utils.safe_infer(call.func)
    named = utils.is_builtin_object(inferred) and getattr(inferred, "name", None) == "locals"
    return int(call.lineno) if named else 0
