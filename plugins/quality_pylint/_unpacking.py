"""How many values there are to unpack."""

from __future__ import annotations

from typing import Any

from astroid import nodes
from pylint.checkers import utils

from quality_pylint._asked import was_asked
from quality_pylint._definitions import is_filled


def may_be_longer(node: Any) -> bool:
    """A list or set is as long as what was put into it since, and ``*args`` as what was given; or the text asked."""
    value = node.value if isinstance(node, nodes.Assign) else None
    value = value.value if isinstance(value, nodes.Subscript) else value
    if isinstance(value, nodes.Attribute):
        return isinstance(utils.safe_infer(value), nodes.List | nodes.Tuple)
    if isinstance(value, nodes.Call):
        made: Any = utils.safe_infer(value)
        kept = made.parent.targets[0] if isinstance(getattr(made, "parent", None), nodes.Assign) else None
        return (
            isinstance(made, nodes.List | nodes.Set)
            and isinstance(kept, nodes.AssignName)
            and is_filled(kept)
        )
    if not isinstance(value, nodes.Name):
        return False
    return is_filled(value) or _takes_several(value) or was_asked(node, value.name)


def is_of_a_table(node: Any) -> bool:
    """``(only,) = table.values()``: a dictionary is as long as what was put into it since."""
    value = node.value if isinstance(node, nodes.Assign) else None
    table = value.func if isinstance(value, nodes.Call) else value
    table = table.expr if isinstance(table, nodes.Attribute) else table
    return isinstance(table, nodes.Name) and (is_filled(table) or was_asked(node, table.name))


def _takes_several(name: Any) -> bool:
    """Tells whether a name is that of all arguments by place."""
    function = name.lookup(name.name)[0]
    return isinstance(function, nodes.FunctionDef) and function.args.vararg == name.name
