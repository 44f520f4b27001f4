"""What expressions are made of."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality_rules._flow._run import Run

#: What is true of addresses that a client has no business with.
INTERNAL = frozenset(
    {"is_private", "is_loopback", "is_reserved", "is_link_local", "is_multicast", "is_unspecified"}
)
#: Attributes of a URL or address that stand for the whole.
URL_PARTS = frozenset({"netloc", "hostname", "scheme", "is_global"} | INTERNAL)
#: More parts of a text, and names in an expression, are not looked at.
_MOST_PARTS = 60
_MOST_NAMES = 24


def parts_of(node: ast.expr) -> Iterator[ast.expr]:
    """What a text is put together of where it is written, in order; not more than a few dozen parts."""
    pending = [node]
    for _ in range(_MOST_PARTS):
        if not pending:
            return
        part = pending.pop()
        inside: list[ast.expr] = []
        if isinstance(part, ast.BinOp):
            inside = [part.left, part.right]
        elif isinstance(part, ast.JoinedStr):
            inside = part.values
        elif isinstance(part, ast.FormattedValue):
            inside = [part.value]
        elif isinstance(part, ast.Tuple | ast.List):
            inside = part.elts
        elif isinstance(part, ast.Call) and getattr(part.func, "attr", "") == "format":
            inside = [*part.args, *(keyword.value for keyword in part.keywords)]
        elif not isinstance(part, ast.Constant):
            yield part
        pending.extend(reversed(inside))


def whole_of(node: ast.expr) -> ast.expr:
    """``parts`` of ``parts.hostname``; any other expression itself."""
    while isinstance(node, ast.Attribute) and node.attr in URL_PARTS:
        node = node.value
    return node


def names_in(run: Run, node: ast.expr) -> Iterator[str]:
    """The names that an expression is made of, and those that they were made of."""
    pending: list[ast.AST] = [node]
    for _ in range(_MOST_NAMES):
        if not pending:
            return
        part = pending.pop()
        if isinstance(part, ast.Attribute) and part.attr in URL_PARTS:
            part = part.value
        key = run.key(part)
        if key:
            yield from _with_basis(run, key)
        elif isinstance(part, ast.Call):
            owner = [part.func.value] if isinstance(part.func, ast.Attribute) else []
            pending.extend([*part.args, *owner])
        elif isinstance(part, ast.Attribute | ast.Starred):
            pending.append(part.value)
        elif isinstance(part, ast.List | ast.Tuple):
            pending.extend(part.elts)
        elif isinstance(part, ast.BoolOp):
            pending.extend(part.values)
        elif isinstance(part, ast.BinOp):
            pending.extend([part.left, part.right])


def _with_basis(run: Run, key: str) -> Iterator[str]:
    """A name and all that it was derived from."""
    found = [key]
    for name in found:
        yield name
        value = run.state.get(name)
        if value is not None and len(found) < _MOST_NAMES:
            found.extend(before for before in value.basis if before not in found)
