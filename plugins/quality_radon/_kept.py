"""The statements of a constructor that only keep what it is given."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.rules import parameters

if TYPE_CHECKING:
    from quality.model import Unit


def kept_parameters(unit: Unit) -> int:
    """Counts the statements of a constructor that put one of its parameters into a field of the object, as it came.

    They say the list of parameters once more, as the fields of a dataclass do, whose constructor nobody writes.
    """
    node = unit.node
    if isinstance(node, ast.Module) or node.name != "__init__":
        return 0
    own, *given = parameters(node) or ("",)
    return sum(_keeps(statement, own, given) for statement in node.body)


def _keeps(statement: ast.stmt, own: str, given: list[str]) -> bool:
    match statement:
        case ast.Assign(targets=[ast.Attribute(value=ast.Name(id=name))], value=ast.Name(id=value)):
            return name == own and value in given
        case ast.AnnAssign(target=ast.Attribute(value=ast.Name(id=name)), value=ast.Name(id=value)):
            return name == own and value in given
        case _:
            return False
