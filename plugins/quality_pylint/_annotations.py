"""What is there for type checkers, and Python never works out."""

from __future__ import annotations

from typing import Any

from astroid import nodes

from quality_pylint._decorators import last_name
from quality_pylint._index import once_a_text


def is_only_written(node: Any) -> bool:
    """Tells whether something is in an annotation that is not worked out: of a local, or of a text that asks for none to be.

    Args:
        node: What pylint reports.
    """
    below, above = node, node.parent
    while above is not None and not isinstance(above, nodes.AnnAssign | nodes.Arguments | nodes.FunctionDef):
        if above.is_statement:
            return False
        below, above = above, above.parent
    if isinstance(above, nodes.AnnAssign) and below is above.annotation:
        return isinstance(above.frame(), nodes.FunctionDef) or _puts_off(node.root())
    if isinstance(above, nodes.Arguments):
        return below not in _defaults(above) and _puts_off(node.root())
    return isinstance(above, nodes.FunctionDef) and below is above.returns and _puts_off(node.root())


def is_written_in_a_function(name: Any) -> bool:
    """Tells whether a name of the module is in the annotation of a function in a function: it is worked out when the outer one runs.

    Args:
        name: What pylint reports.
    """
    above: Any = name.parent
    below = name
    while above is not None and not above.is_statement:
        below, above = above, above.parent
    if not isinstance(above, nodes.FunctionDef) or (below is not above.returns and below is not above.args):
        return False
    around: Any = above.parent
    outer = around.frame()
    return isinstance(outer, nodes.FunctionDef) and getattr(name, "name", "") not in outer.locals


def is_for_type_checkers(node: Any) -> bool:
    """Tells whether something is under ``if TYPE_CHECKING``, which never runs.

    Args:
        node: What pylint reports.
    """
    below, above = node, node.parent
    while above is not None:
        if isinstance(above, nodes.If) and last_name(above.test) == "TYPE_CHECKING" and below in above.body:
            return True
        below, above = above, above.parent
    return False


def _defaults(parameters: Any) -> list[Any]:
    return [*(parameters.defaults or ()), *(parameters.kw_defaults or ())]


def _puts_off(module: Any) -> bool:
    """Tells whether a text says ``from __future__ import annotations``."""
    return bool(once_a_text("puts-off", lambda: _says_so(module), module))


def _says_so(module: Any) -> bool:
    imports = (each for each in module.body if isinstance(each, nodes.ImportFrom))
    return any(
        each.modname == "__future__" and any(name == "annotations" for name, _ in each.names)
        for each in imports
    )
